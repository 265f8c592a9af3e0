"""Sentences, words, times and numbers in the reader's language; foreign text made harmless."""

import inspect
import json
import unicodedata
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachdesk import terms
from breachdesk.language import Speaker, as_json, clean, plain, translations
from breachdesk.language.__main__ import main
from breachdesk.language.words import WORDS
from breachdesk.message import say
from breachdesk.terms import ClockState, Duty, Lang, RiskLevel, Words

OSLO = ZoneInfo("Europe/Oslo")
ENGLISH = Speaker("en", OSLO)
BOKMAL = Speaker("nb", OSLO)
NYNORSK = Speaker("nn", OSLO)
MOMENT = datetime(2026, 11, 20, 15, 30, 59, tzinfo=UTC)


def test_a_sentence_is_said_with_its_values_in_place() -> None:
    message = say("{who} did it {moment}.", who="Kari", moment=MOMENT)
    assert ENGLISH.say(message) == "Kari did it Fri 20 Nov 2026 16:30."
    assert BOKMAL.say(message) == "Kari did it fre. 20. nov. 2026 kl. 16:30."


def test_messages_stand_inside_messages_and_terms_become_words() -> None:
    inner = say("{risk}: {owed}", risk=RiskLevel.HIGH_RISK, owed=True)
    assert ENGLISH.say(say("<{inner}>", inner=inner)) == "<high risk: yes>"
    assert BOKMAL.say(say("<{inner}>", inner=inner)) == "<høy risiko: ja>"


def test_words_of_a_form_are_said_in_the_readers_language() -> None:
    words = Words("Christmas Day", "første juledag")
    assert ENGLISH.say(say("{day}", day=words)) == "Christmas Day"
    assert NYNORSK.of(words) == "første juledag"
    assert str(say("{day}", day=words)) == "Christmas Day"


def test_nothing_is_a_dash_and_an_unfilled_place_stays_a_place() -> None:
    assert ENGLISH.say(say("{a} {b}", a=None)) == "– {b}"


def test_a_value_is_never_read_as_a_pattern() -> None:
    text = "{moment.__class__} {0} %s"
    assert ENGLISH.say(say("{text}|{moment}", text=text, moment=3)) == text + "|3"


def test_case_text_is_made_harmless_in_a_sentence_but_verbatim_for_machines() -> None:
    message = say("It says {text}", text="a\x1b[2J\nb\u202ec")
    assert ENGLISH.say(message) == "It says a‹U+001B›[2J ¶ b‹U+202E›c"
    assert ENGLISH.say(message, lines=True) == "It says a‹U+001B›[2J\nb‹U+202E›c"
    assert ENGLISH.verbatim(message) == "It says a\x1b[2J\nb\u202ec"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec=None)), st.booleans())
def test_nothing_unseen_is_left_after_cleaning(text: str, lines: bool) -> None:  # noqa: FBT001
    visible_formats = {"\u0600", "\u0601", "\u0602", "\u0603", "\u0604", "\u0605", "\u06dd"}
    visible_formats |= {"\u070f", "\u0890", "\u0891", "\u08e2", "\U000110bd", "\U000110cd"}
    left = [
        character
        for character in clean(text, lines=lines)
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        and character not in visible_formats
    ]
    assert set(left) <= ({"\n"} if lines else set())


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    hidden = {"\u115f", "\u1160", "\u3164", "\uffa0", "\ufffc"}
    if not hidden & set(text):
        assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sámi: Č č Đ đ Ŋ ŋ Š š Ŧ ŧ Ž ž, æøå", "Sámi: Č č Đ đ Ŋ ŋ Š š Ŧ ŧ Ž ž, æøå"),
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d\x85e", "a ¶ b ¶ c ¶ d ¶ e"),
        ("\u200bzero\ufeff", "‹U+200B›zero‹U+FEFF›"),
        ("\x9b2J\x7f", "‹U+009B›2J‹U+007F›"),
        ("\U000e0041", "‹U+E0041›"),
        ("[@click=app.quit]", "[@click=app.quit]"),
    ],
)
def test_what_cannot_be_seen_becomes_a_mark(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_the_terminal_gets_whole_lines_and_nothing_that_steers_it() -> None:
    assert plain("a\nb\x1b]0;x\x07") == "a\nb‹U+001B›]0;x‹U+0007›"


@settings(deadline=None)
@given(st.recursive(st.text(alphabet=st.characters(codec=None)), st.lists))
def test_json_is_exact_and_shows_nothing_unseen(value: object) -> None:
    text = as_json(value)
    assert json.loads(text) == value
    assert clean(text, lines=True) == text
    text.encode()


def test_json_keeps_norwegian_letters_readable() -> None:
    assert as_json({"a": "blåbær"}, indent=None) == '{"a": "blåbær"}'


def test_the_hour_that_comes_twice_says_its_offset() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert ENGLISH.moment(first) == "Sun 25 Oct 2026 02:30 (UTC+02:00)"
    assert ENGLISH.moment(first + timedelta(hours=1)) == "Sun 25 Oct 2026 02:30 (UTC+01:00)"
    assert ENGLISH.brief(MOMENT) == "Fri 20 Nov 16:30"
    assert BOKMAL.brief(MOMENT) == "fre. 20. nov. 16:30"


def test_a_day_is_the_local_day() -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert ENGLISH.day(late) == "Saturday 21 November 2026"
    assert BOKMAL.day(date(2026, 11, 21)) == "lørdag 21. november 2026"
    assert NYNORSK.day(late) == "laurdag 21. november 2026"


def test_days_and_spans_stand_inside_a_sentence() -> None:
    message = say("{day}: {span}", day=date(2026, 11, 21), span=timedelta(hours=2))
    assert ENGLISH.say(message) == "Saturday 21 November 2026: 2 h"


def test_years_stand_whole_and_large_numbers_are_grouped() -> None:
    assert ENGLISH.number(2026) == "2026"
    assert ENGLISH.number(12_345) == "12,345"
    assert BOKMAL.number(-12_345_678).replace("\N{MINUS SIGN}", "-") == "-12\xa0345\xa0678"
    assert ENGLISH.say(say("{count} people", count=30_000)) == "30,000 people"


@pytest.mark.parametrize(
    ("span", "english", "bokmal"),
    [
        (timedelta(0), "0 min", "0 min"),
        (timedelta(minutes=59, seconds=59), "59 min", "59 min"),
        (timedelta(hours=2, minutes=14), "2 h 14 min", "2 t 14 min"),
        (timedelta(hours=72), "72 h", "72 t"),
        (timedelta(hours=100), "4 days 4 h", "4 døgn 4 t"),
        (timedelta(days=40, minutes=3), "40 days", "40 døgn"),
        (-timedelta(hours=1, seconds=1), "1 h", "1 t"),
    ],
)
def test_a_span_is_said_in_hours_and_minutes(span: timedelta, english: str, bokmal: str) -> None:
    assert ENGLISH.span(span) == english
    assert BOKMAL.span(span) == bokmal
    assert ENGLISH.say(say("{span}", span=span)) == english


@pytest.mark.parametrize(
    ("remaining", "english", "bokmal"),
    [
        (timedelta(hours=2, minutes=14, seconds=59), "2 h 14 min left", "2 t 14 min igjen"),
        (timedelta(seconds=59), "less than a minute left", "under ett minutt igjen"),
        (timedelta(0), "less than a minute left", "under ett minutt igjen"),
        (timedelta(seconds=-1), "less than a minute late", "under ett minutt over fristen"),
        (timedelta(hours=-3), "3 h late", "3 t over fristen"),
    ],
)
def test_what_is_left_never_says_more_than_there_is(
    remaining: timedelta, english: str, bokmal: str
) -> None:
    assert ENGLISH.left(remaining) == english
    assert BOKMAL.left(remaining) == bokmal


def test_the_same_value_may_be_different_words_in_different_kinds() -> None:
    assert ENGLISH.word(ClockState.DUE_SOON) == "due soon"
    assert BOKMAL.word(Duty.NOTIFY_AUTHORITY) == "melde til tilsynsmyndigheten"
    assert BOKMAL.term("TimelineKind", "first_sign") == "første tegn"
    assert NYNORSK.word(RiskLevel.RISK) == "risiko"
    assert ENGLISH.term("Nothing", "no_such_word") == "no such word"


def test_every_term_of_the_law_has_a_word() -> None:
    kinds = {
        name: {member.value for member in kind}
        for name, kind in inspect.getmembers(terms, inspect.isclass)
        if issubclass(kind, Enum) and kind.__module__ == terms.__name__
    }
    assert {name: set(WORDS.get(name, {})) for name in kinds} == kinds


def test_an_unknown_language_is_spoken_as_english() -> None:
    speaker = Speaker("fr", OSLO)
    assert speaker.word(Lang.NB) == "Norwegian (bokmål)"
    assert speaker.moment(MOMENT) == ENGLISH.moment(MOMENT)


def test_every_sentence_is_said_in_bokmal_with_the_same_places_and_compiled() -> None:
    """Run ``python -m breachdesk.language extract``, translate, ``compile``."""
    assert translations.check() == ()


PACKAGE = {
    "one.py": 'say("Hello {name}.", name=1)\nspeaker.say(say("Inner"))\n',
    "deep/two.py": 'say("Hello {name}.")\nsay(\n    "Split "\n    "sentence"\n)\n',
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name, source in PACKAGE.items():
        path = tmp_path / "house" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    (tmp_path / "locale/nb/parts").mkdir(parents=True)
    return tmp_path / "house"


def parts(package: Path) -> Path:
    return package.parent / "locale/nb/parts"


def extract(package: Path, *only: str) -> tuple[str, ...]:
    return translations.extract(only, package=package, folder=package.parent / "locale")


def findings(package: Path) -> list[str]:
    found = translations.check(package=package, folder=package.parent / "locale")
    return [line for line in found if "words.py" not in line]


def test_each_part_gets_its_own_file_so_that_nobody_edits_anothers(package: Path) -> None:
    assert extract(package) == ()
    assert sorted(path.name for path in parts(package).iterdir()) == [
        "deep.po",
        "one.po",
        "terms.po",
    ]
    assert 'msgid "Split sentence"' in (parts(package) / "deep.po").read_text()
    assert 'msgid "Inner"' in (parts(package) / "one.po").read_text()


def test_extracting_one_part_leaves_the_others_alone(package: Path) -> None:
    extract(package, "one")
    assert [path.name for path in parts(package).iterdir()] == ["one.po"]


def test_a_missing_translation_a_lost_place_and_a_stale_file_are_found(package: Path) -> None:
    extract(package)
    assert "house/one.py: no nb: Inner" in findings(package)
    po = parts(package) / "one.po"
    text = po.read_text().replace('"Inner"\nmsgstr ""', '"Inner"\nmsgstr "Indre"')
    po.write_text(text.replace('name}."\nmsgstr ""', 'name}."\nmsgstr "Hei {navn}."'))
    translations.compile_all(package.parent / "locale")
    assert findings(package) == [
        "house/deep/two.py: places differ in nb: Hello {name}.",
        "house/deep/two.py: no nb: Split sentence",
        "house/one.py: places differ in nb: Hello {name}.",
    ]
    po.write_text(po.read_text().replace("Indre", "Inni"))
    assert "nb: compile again, this is stale: Inner" in findings(package)


def test_two_translations_of_one_sentence_are_found(package: Path) -> None:
    extract(package)
    for name, words in (("one", "Hei {name}."), ("deep", "God dag {name}.")):
        po = parts(package) / f"{name}.po"
        po.write_text(po.read_text().replace('name}."\nmsgstr ""', f'name}}."\nmsgstr "{words}"'))
    assert "nb/one.po: two translations: Hello {name}." in findings(package)


def test_a_sentence_no_longer_said_is_set_aside_and_comes_back(package: Path) -> None:
    extract(package)
    po = parts(package) / "one.po"
    po.write_text(po.read_text().replace('"Inner"\nmsgstr ""', '"Inner"\nmsgstr "Indre"'))
    source = package / "one.py"
    before = source.read_text()
    source.write_text('say("Hello {name}.")\n')
    extract(package)
    assert '#~ msgid "Inner"' in po.read_text()
    source.write_text(before)
    extract(package)
    assert '\nmsgid "Inner"\nmsgstr "Indre"' in po.read_text()
    assert "#~" not in po.read_text()


def test_extracting_twice_changes_nothing(package: Path) -> None:
    extract(package)
    before = {path: path.read_bytes() for path in parts(package).iterdir()}
    extract(package)
    assert {path: path.read_bytes() for path in parts(package).iterdir()} == before


def test_a_sentence_that_is_not_written_out_is_found_and_its_part_left_alone(package: Path) -> None:
    (package / "three.py").write_text("say(text)\n")
    (package / "four.py").write_text("def broken(:\n")
    assert extract(package) == (
        "house/four.py:1: it is not Python yet",
        "house/three.py:1: say() needs its sentence written out in place",
    )
    assert not (parts(package) / "three.po").exists()


def test_the_tool_checks_and_refuses_what_it_does_not_know(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["fix"]) == 2
    assert "extract" in capsys.readouterr().err
    found = len(translations.check())
    assert main(["check"]) == (1 if found else 0)
    assert capsys.readouterr().out.count("\n") == found


def test_nynorsk_is_asked_only_of_what_can_stand_in_a_paper(package: Path) -> None:
    (package.parent / "locale/nn/parts").mkdir(parents=True)
    for name in ("documents/paper.py", "tui/screen.py"):
        path = package.parent / "breachdesk" / name
        path.parent.mkdir(parents=True)
        path.write_text(f'say("In {name}")\n', encoding="utf-8")
    desk, folder = package.parent / "breachdesk", package.parent / "locale"
    assert translations.extract(package=desk, folder=folder) == ()
    assert not (folder / "nn/parts/tui.po").exists()
    found = translations.check(package=desk, folder=folder)
    assert "breachdesk/documents/paper.py: no nn: In documents/paper.py" in found
    assert not any("no nn: In tui" in line for line in found)
    assert "breachdesk/tui/screen.py: no nb: In tui/screen.py" in found


def test_a_screen_in_nynorsk_says_in_bokmal_what_it_lacks() -> None:
    assert NYNORSK.say(say("Find out: {question}", question="x")) == "Finn ut: x"
    assert NYNORSK.say(say("Write en, nb or nn.")) == "Skriv en, nb eller nn."
