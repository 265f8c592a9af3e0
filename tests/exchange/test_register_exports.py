"""The register of Art. 33(5): facts, effects, remedial action; drills left out."""

import csv
import io
import json
from zoneinfo import ZoneInfo

import pytest

from breachdesk.casefile import CaseFile
from breachdesk.errors import RefusedError
from breachdesk.exchange.facts import value_text
from breachdesk.exchange.register import write_register
from breachdesk.language import Speaker
from breachdesk.terms import Duty, RiskLevel
from tests.exchange.cases import FORM, LOGGED, a_case, a_clock, a_decision, an_answer, at

ENGLISH = Speaker("en", ZoneInfo("Europe/Oslo"))
BOKMAL = Speaker("nb", ZoneInfo("Europe/Oslo"))


def a_full_case() -> CaseFile:
    return a_case(
        summary="A list was sent",
        answers=[
            an_answer("description", "=HYPERLINK(1)"),
            an_answer("people_number", 212),
            an_answer("data_subjects", ("customers", "employees"), is_confirmed=False),
            an_answer("data_subjects_text", "and their families"),
            an_answer("impacts", None),
        ],
        decisions=[a_decision()],
        clocks=[a_clock(met_at=LOGGED), a_clock(Duty.INFORM_SUBJECTS)],
        risk=RiskLevel.HIGH_RISK,
    )


def as_table(*cases: CaseFile, speaker: Speaker = ENGLISH) -> list[dict[str, str]]:
    written = write_register(cases, "csv", speaker=speaker).decode("utf-8-sig")
    delimiter = "," if speaker.lang == "en" else ";"
    return list(csv.DictReader(io.StringIO(written, newline=""), delimiter=delimiter, strict=True))


def test_a_case_is_one_line_with_facts_effects_and_action() -> None:
    (row,) = as_table(a_full_case())
    assert row["Case"] == "BD-2026-007"
    assert row["Became aware"] == "2026-11-20 16:30"
    assert row["Nature"] == "confidentiality, integrity"
    assert row["What happened"] == "'=HYPERLINK(1)"
    assert row["Number of people"] == "212"
    assert row["Data subjects"] == "customers, employees (to be confirmed): and their families"
    assert row["Effects on people"] == "not known yet"
    assert row["Risk"] == "high risk"
    decided = row["Decided: tell the data subjects"]
    assert decided.startswith("no (the data were unintelligible (Art. 34(3)(a))): The list")
    assert row["Done: notify the authority"] == "2026-11-20 16:41"
    assert row["Done: tell the data subjects"] == ""
    assert row["Done: notify the controller"] == ""


def test_it_is_said_in_the_readers_language() -> None:
    (row,) = as_table(a_full_case(), speaker=BOKMAL)
    assert row["Sak"] == "BD-2026-007"
    assert "kunder, ansatte (må bekreftes): and their families" in row.values()
    assert "høy risiko" in row.values()


def test_an_empty_case_leaves_its_cells_empty() -> None:
    (row,) = as_table(a_case())
    assert (row["Risk"], row["What happened"], row["Happened from"]) == ("", "", "")


def test_drills_are_left_out_and_numbers_sort_as_numbers() -> None:
    cases = [at(a_case(), 1000), at(a_case(), 999), a_case(number=2, is_drill=True)]
    assert [row["Case"] for row in as_table(*cases)] == ["BD-2026-999", "BD-2026-1000"]
    written = json.loads(write_register(cases, "json", speaker=ENGLISH))
    assert [row["ref"] for row in written] == ["BD-2026-999", "BD-2026-1000"]


def test_machines_get_code_words_and_exact_text() -> None:
    (row,) = json.loads(write_register([a_full_case()], "json", speaker=BOKMAL))
    assert row["role"] == "controller"
    assert row["risk"] == "high_risk"
    assert row["occurred_from"] is None
    assert row["became_aware_at"] == "2026-11-20T15:30:00+00:00"
    assert row["facts"]["description"]["value"] == "=HYPERLINK(1)"
    assert row["facts"]["data_subjects"] == {
        "value": ["customers", "employees"],
        "text": "kunder, ansatte (må bekreftes)",
        "is_confirmed": False,
        "by": "Kari Nordmann",
        "at": "2026-11-20T15:41:07+00:00",
    }
    assert row["facts"]["impacts"]["value"] is None
    assert row["decisions"][0]["ground"] == "34.3.a"
    assert row["duties"][0] == {
        "duty": "notify_authority",
        "state": "met",
        "deadline": "2026-11-23T15:30:00+00:00",
        "met_at": "2026-11-20T15:41:07+00:00",
    }


def test_values_of_every_kind_have_words() -> None:
    ask = FORM.question
    assert value_text(ask("police"), value=True, speaker=ENGLISH) == "yes"
    assert value_text(ask("told_on"), "2026-11-20T15:30:00+00:00", ENGLISH) == (
        "Fri 20 Nov 2026 16:30"
    )
    assert value_text(ask("told_on"), "soon", ENGLISH) == "soon"
    assert value_text(ask("data_subjects"), ("gone",), ENGLISH) == "gone"
    assert value_text(None, None, ENGLISH) == ""


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(RefusedError, match="no register format"):
        write_register([], "ods", speaker=ENGLISH)
