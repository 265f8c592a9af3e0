"""The timeline for people and machines: nothing lost, nothing calculated, nothing steered."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from breachdesk.errors import RefusedError
from breachdesk.exchange.markdown import escape
from breachdesk.exchange.timeline import FORMATS, write_timeline
from breachdesk.language import Speaker, clean
from breachdesk.message import say
from breachdesk.terms import ClockState, Duty, Fidelity, RiskLevel
from tests.exchange.cases import AWARE, a_case, a_clock, a_dispatch, a_document, a_line

OSLO = ZoneInfo("Europe/Oslo")
ENGLISH = Speaker("en", OSLO)
BOKMAL = Speaker("nb", OSLO)
WHEN = "Fri 20 Nov 2026 16:30"
RECORDED = "recorded Fri 20 Nov 2026 16:41 by Kari Nordmann"
HOSTILE = [
    "[@click=app.quit]",
    '<img src="file:///a/local/file">',
    "=1+1",
    "\x1b[2Jgone\x9b1m",
    "\u202egnp.exe\u200b",
    "| a | b |\n|---|---|",
    "# heading\n- item\n1. one",
    "[link](javascript:alert(1)) ![x](http://a.b/c) <http://a.b>",
    "https://evil.example/x www.evil.example kari@firma.no evil.no #12 &lt;b&gt;",
    "`code` ```fence``` ~~~ *a* _b_ $x$ ~~c~~ \\",
    "quote \" and ; and , and ' apostrophe",
    "\ud800 lone",
]
ANY_TEXT = st.one_of(
    st.text(alphabet=st.characters(codec=None)),
    st.lists(st.sampled_from(HOSTILE + list("=+-@\t\r\n`<>[]()#*_&:/. a1"))).map("".join),
)


def people_rows(text: str, speaker: Speaker = ENGLISH) -> list[list[str]]:
    written = write_timeline(a_case(a_line(text)), "csv", speaker=speaker).decode("utf-8-sig")
    delimiter = "," if speaker.lang == "en" else ";"
    return list(csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, strict=True))


def test_a_spreadsheet_for_people_has_local_time_words_and_headings_in_their_language() -> None:
    case = a_case(a_line("Ringte", kind="first_sign", fidelity=Fidelity.HOUR, source="telefon"))
    written = write_timeline(case, "csv", speaker=BOKMAL)
    assert written.startswith(b"\xef\xbb\xbf")
    header, row = written.decode("utf-8-sig").splitlines()
    assert header.split(";")[:2] == ["Sak", "Tidspunkt (Europe/Oslo)"]
    assert row.split(";") == [
        "BD-2026-007",
        "2026-11-20 16:30:00",
        "2026-11-20T15:30:00+00:00",
        "på timen",
        "første tegn",
        "Ringte",
        "telefon",
        "2026-11-20 16:41:07",
        "Kari Nordmann",
    ]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+47 22", "-1", "@x", "\t=1+1", "\r=1+1", " =1+1", "\n\n=1", "＝1", "\tx", "−1"],
)
def test_no_cell_can_start_a_formula(text: str) -> None:
    assert people_rows(text)[1][5] == "'" + clean(text, lines=True)


def test_quotes_delimiters_and_lines_stay_in_their_cell() -> None:
    text = 'a "b"; c, d\ne'
    for speaker in (ENGLISH, BOKMAL):
        assert people_rows(text, speaker)[1][5] == text


@settings(deadline=None)
@given(text=ANY_TEXT)
def test_any_text_stays_one_harmless_cell(text: str) -> None:
    rows = people_rows(text, BOKMAL)
    assert [len(row) for row in rows] == [9, 9]
    assert rows[1][5] in {clean(text, lines=True), f"'{clean(text, lines=True)}"}
    assert not rows[1][5].lstrip().startswith(("=", "+", "-", "@"))


def test_json_gives_code_words_and_times_in_utc() -> None:
    case = a_case(a_line(say("Risk assessed: {risk}", risk=RiskLevel.RISK), kind="assessed"))
    written = write_timeline(case, "json", speaker=ENGLISH)
    assert json.loads(written) == [
        {
            "ref": "BD-2026-007",
            "id": "r1",
            "occurred_at": "2026-11-20T15:30:00+00:00",
            "fidelity": "minute",
            "recorded_at": "2026-11-20T15:41:07+00:00",
            "kind": "assessed",
            "text": "Risk assessed: risk",
            "source": None,
            "by": "Kari Nordmann",
        }
    ]


@settings(deadline=None)
@given(text=ANY_TEXT)
def test_machines_get_any_text_untouched_and_terminals_nothing_that_steers(text: str) -> None:
    case = a_case(a_line(text, source=text))
    for form in ("json", "jsonl", "timesketch"):
        written = write_timeline(case, form, speaker=ENGLISH).decode()
        row = json.loads(written)[0] if form == "json" else json.loads(written)
        assert row["message" if form == "timesketch" else "text"] == text
        assert row["source"] == (text if form == "timesketch" else text or None)
        assert clean(written, lines=True) == written
        assert form == "json" or written.count("\n") == 1


def timesketch(*lines: str, **case: object) -> list[dict[str, object]]:
    made = a_case(*[a_line(kind=kind, row=kind) for kind in lines], **case)  # type: ignore[arg-type]
    written = write_timeline(made, "timesketch", speaker=ENGLISH).decode()
    return [json.loads(line) for line in written.splitlines()]


def test_timesketch_gets_every_column_it_needs() -> None:
    (row,) = timesketch("information", is_drill=True)
    assert row == {
        "message": "Something happened",
        "datetime": "2026-11-20T15:30:00+00:00",
        "timestamp": 1795188600000000,
        "timestamp_desc": "Occurred",
        "data_type": "breachdesk:event",
        "case_ref": "BD-2026-007",
        "event_kind": "information",
        "actor": "Kari Nordmann",
        "source": "",
        "evidence_sha256": "",
        "time_fidelity": "minute",
        "recorded_at": "2026-11-20T15:41:07+00:00",
        "tag": ["information", "drill"],
    }
    moment = datetime.fromtimestamp(1795188600, UTC)
    assert moment == AWARE


@pytest.mark.parametrize(
    ("kind", "meaning"),
    [
        ("occurred", "Occurred"),
        ("action", "Occurred"),
        ("first_sign", "Detected"),
        ("aware", "Controller aware"),
        ("decision", "Decision"),
        ("logged", "Recorded"),
        ("corrected", "Recorded"),
        ("unsent", "Recorded"),
        ("sent", "Recorded"),
    ],
)
def test_timesketch_learns_what_each_time_means(kind: str, meaning: str) -> None:
    assert timesketch(kind)[0]["timestamp_desc"] == meaning


@pytest.mark.parametrize(
    ("duty", "meaning"),
    [
        (Duty.NOTIFY_AUTHORITY, "Notified authority"),
        (Duty.INFORM_SUBJECTS, "Notified data subjects"),
        (Duty.NOTIFY_CONTROLLER, "Notified controller"),
        (Duty.RECORD, "Recorded"),
    ],
)
def test_timesketch_learns_who_was_told(duty: Duty, meaning: str) -> None:
    assert timesketch("sent", dispatches=[a_dispatch(duty, "sent")])[0]["timestamp_desc"] == meaning


def test_an_issued_paper_carries_its_hash() -> None:
    line = a_line(kind="issued", row="doc1")
    written = write_timeline(a_case(line, documents=[a_document()]), "timesketch", speaker=ENGLISH)
    assert json.loads(written)["evidence_sha256"] == "ab" * 32


def test_a_message_too_long_for_the_index_is_cut_between_characters() -> None:
    case = a_case(a_line("a" + "å" * 20_000))
    for suffix in (".jsonl", ".csv"):
        written = write_timeline(case, "timesketch", speaker=ENGLISH, suffix=suffix).decode()
        message = "a" + "å" * 16_382
        assert len(message.encode()) == 32_765
        assert message in written
        assert message + "å" not in written


def test_timesketch_csv_is_plain_and_its_text_untouched() -> None:
    text = '=1+1 "q", \x1b[2J\nsecond'
    case = a_case(a_line(text, kind="aware"), a_line("b"))
    written = write_timeline(case, "timesketch", speaker=BOKMAL, suffix=".CSV")
    assert written.startswith(b"message,datetime,timestamp,timestamp_desc,data_type,")
    rows = list(csv.DictReader(io.StringIO(written.decode(), newline=""), strict=True))
    assert [row["message"] for row in rows] == [text, "b"]
    assert json.loads(rows[0]["tag"]) == ["aware"]
    assert rows[0]["timestamp"] == "1795188600000000"


@settings(deadline=None)
@given(text=st.text())
def test_timesketch_csv_brings_any_text_through(text: str) -> None:
    written = write_timeline(a_case(a_line(text)), "timesketch", speaker=ENGLISH, suffix=".csv")
    (row,) = csv.DictReader(io.StringIO(written.decode(), newline=""), strict=True)
    assert row["message"] == text


def test_a_lone_surrogate_does_not_stop_the_csv() -> None:
    case = a_case(a_line("\ud800"))
    written = write_timeline(case, "timesketch", speaker=ENGLISH, suffix=".csv")
    assert b"\\ud800" in written


def test_markdown_shows_case_clocks_and_every_entry_on_one_line() -> None:
    case = a_case(
        a_line("First\nsecond", fidelity=Fidelity.ESTIMATE, source="phone"),
        a_line("Next", kind="aware"),
        is_drill=True,
    )
    text = write_timeline(case, "md", speaker=ENGLISH).decode()
    assert text.splitlines() == [
        "# BD-2026-007: Payroll list to wrong recipient",
        "",
        "**This is a drill.**",
        "",
        "- notify the authority: running, deadline Mon 23 Nov 2026 16:30",
        "- tell the data subjects: running",
        "",
        "## Timeline (times in Europe/Oslo)",
        "",
        f"- **{WHEN} (estimated)** · information · First ¶ second (source: phone; {RECORDED})",
        f"- **{WHEN}** · aware · Next ({RECORDED})",
    ]


READER = MarkdownIt("gfm-like")


def shown(text: str) -> str:
    """Return what a viewer shows of one escaped text, tables and self-made links included."""
    (_, inline, _) = READER.parse(f"- x {escape(text)}")[2:5]
    kinds = {child.type for child in inline.children or ()}
    assert kinds <= {"text", "code_inline", "text_special"}
    return "".join(child.content for child in inline.children or ())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_markdown(text: str) -> None:
    assert shown(text) == f"x {clean(text)}".rstrip()


WORDS = st.lists(
    st.one_of(
        st.sampled_from(" ".join(HOSTILE).split()),
        st.text(alphabet="`*_[]()<>#&!|~\\.:/@-+=a1å", min_size=1),
    )
).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(text=WORDS)
def test_any_text_stays_text_in_markdown(text: str) -> None:
    assert shown(text).split() == f"x {clean(text)}".split()


def test_markdown_links_nothing_by_itself() -> None:
    assert escape("see http://a.b and kari@firma.no") == "see `http://a.b` and `kari@firma.no`"
    assert escape("a`b@c") == "`` a`b@c ``"
    assert escape("firma.no <b>") == "firma\\.no \\<b\\>"


def test_an_unknown_format_is_refused_and_the_known_ones_named() -> None:
    with pytest.raises(RefusedError, match="no timeline format") as caught:
        write_timeline(a_case(), "xlsx", speaker=ENGLISH)
    assert "csv, json, jsonl, timesketch, md, pdf" in str(caught.value.next_step)


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_timeline_is_written_all_the_same(form: str) -> None:
    assert write_timeline(a_case(), form, speaker=BOKMAL) is not None


def test_the_order_of_the_case_is_kept() -> None:
    lines = [a_line(str(number), at=AWARE + timedelta(minutes=number)) for number in range(5)]
    written = json.loads(write_timeline(a_case(*lines), "json", speaker=ENGLISH))
    assert [row["text"] for row in written] == ["0", "1", "2", "3", "4"]


def test_a_duty_not_owed_has_no_deadline_in_words() -> None:
    clock = replace(a_clock(), state=ClockState.NOT_OWED)
    said = write_timeline(a_case(clocks=[clock]), "md", speaker=ENGLISH).decode()
    assert "not owed" in said
    assert "deadline" not in said
