"""The timeline in any of its formats but paper, which is composed in `documents`."""

from collections.abc import Callable, Mapping

from breachdesk.casefile import CaseFile
from breachdesk.errors import RefusedError
from breachdesk.exchange.markdown import timeline_md
from breachdesk.exchange.timeline_csv import timeline_csv
from breachdesk.exchange.timeline_json import timeline_json, timeline_jsonl
from breachdesk.exchange.timesketch import timesketch_csv, timesketch_jsonl
from breachdesk.language import Speaker
from breachdesk.message import say

Writer = Callable[[CaseFile, Speaker], bytes]

FORMATS: Mapping[str, Writer] = {
    "csv": timeline_csv,
    "json": timeline_json,
    "jsonl": timeline_jsonl,
    "timesketch": timesketch_jsonl,
    "md": timeline_md,
}


def write_timeline(case: CaseFile, form: str, *, speaker: Speaker, suffix: str = "") -> bytes:
    """Return the timeline in one format, UTF-8.

    Args:
        case: Whose timeline.
        form: A key of `FORMATS`.
        speaker: The reader's language and zone.
        suffix: Of the file it goes to; ``.csv`` makes the timesketch format its CSV.

    Raises:
        RefusedError: There is no such format.
    """
    if form == "timesketch" and suffix.lower() == ".csv":
        return timesketch_csv(case, speaker)
    if form not in FORMATS:
        raise RefusedError(
            say("There is no timeline format “{form}”.", form=form),
            say("Choose one of: {forms}.", forms=", ".join([*FORMATS, "pdf"])),
        )
    return FORMATS[form](case, speaker)
