"""What a pack says of its case in words: the papers by their names, and an account made with it."""

from collections.abc import Iterator

from breachdesk.casefile import CaseFile
from breachdesk.desk.office import Office
from breachdesk.documents import text
from breachdesk.documents.compose import compose
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.records import Document
from breachdesk.terms import DocumentKind, Lang

_ACCOUNT = (DocumentKind.TIMELINE, DocumentKind.REGISTER_ENTRY)


def account(office: Office, case: CaseFile, lang: str) -> Iterator[tuple[str, bytes]]:
    """Yield the timeline and the register entry as text, by name; nothing of it is issued."""
    for kind in _ACCOUNT:
        wording = office.forms.wording(kind.value, Lang(lang))
        draft = compose(case, kind, wording=wording, lang=Lang(lang))
        yield f"account/{kind.value}-{lang}.txt", text.render(draft, None).encode()


def paper_stem(case: CaseFile, paper: Document) -> str:
    """Return a paper's name in a pack, without its ending: kind, group, version, language, id."""
    numbers = list(dict.fromkeys(one.group_id for one in case.group_log))
    group = f"-group-{numbers.index(paper.group_id) + 1}" if paper.group_id in numbers else ""
    return f"papers/{paper.kind.value}{group}-{paper.version:02d}-{paper.lang.value}-{paper.id}"


def named_papers(case: CaseFile, speaker: Speaker) -> tuple[Message, ...]:
    """Return each paper in a sentence: title, for which group, language, version, and when."""
    return tuple(_named(case, one, speaker) for one in case.documents)


def _named(case: CaseFile, paper: Document, speaker: Speaker) -> Message:
    group = case.group_name(paper.group_id)
    lang = speaker.word(paper.lang)
    title: str | Message = paper.title
    if group:
        title = say("{title}, for the group “{group}”", title=paper.title, group=group)
    said = say(
        "{file}: {title}; {lang}, version {version}, issued {moment}",
        file=paper_stem(case, paper).removeprefix("papers/"),
        title=title,
        lang=lang,
        version=paper.version,
        moment=paper.recorded_at,
    )
    first = _same_state(case, paper)
    if first is None:
        return said
    return say(
        "{paper}; the case had not changed since version {version} in {lang}",
        paper=said,
        version=first.version,
        lang=speaker.word(first.lang),
    )


def _same_state(case: CaseFile, paper: Document) -> Document | None:
    """Return the paper of which this one is a translation: nothing changed in the case between."""
    earlier = [
        one
        for one in case.documents
        if one.seq < paper.seq
        and (one.kind, one.group_id, one.phase) == (paper.kind, paper.group_id, paper.phase)
        and one.lang is not paper.lang
    ]
    if not earlier:
        return None
    changed = any(earlier[-1].seq < seq < paper.seq for seq in _changes(case))
    return None if changed else earlier[-1]


def _changes(case: CaseFile) -> Iterator[int]:
    """Yield the entries after which a paper may say something else."""
    rows = (
        case.answer_log, case.snapshots, case.assessments, case.decisions, case.dispatches,
        case.group_log, case.notes, case.tasks, case.mailings, case.deliveries, case.evidence,
    )  # fmt: skip
    yield from (one.seq for some in rows for one in some)
