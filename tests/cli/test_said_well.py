"""What a stranger stumbled over: help that lists, words that are taken, warnings that are read."""

import pytest

from breachdesk.forms import find_forms, load
from breachdesk.terms import DocumentKind, Duty, Ground, Matter, Phase
from tests.cli.runner import Cli


@pytest.mark.parametrize(
    ("command", "lists"),
    [
        ("decide", (*Matter, *Ground)),
        ("issue", (*DocumentKind, *Phase)),
        ("draft", (*DocumentKind, *Phase)),
        ("sent", tuple(one for one in Duty if one is not Duty.RECORD)),
    ],
)
def test_help_lists_every_word_that_is_taken_with_its_meaning(
    bare: Cli, command: str, lists: tuple[str, ...]
) -> None:
    page = bare(command, "--help", "--lang", "nb").out
    for value in lists:
        row = next(line for line in page.splitlines() if line.startswith(f"  {value} "))
        assert row.split(maxsplit=1)[1]


def test_help_of_deciding_tells_the_length_that_the_law_as_data_asks(cli: Cli) -> None:
    regime = load(find_forms()).regime_for(None, cli.clock())
    page = " ".join(cli("decide", "--help").out.split())
    assert f"at least {regime.rationale_against_advice} characters" in page


def test_help_lists_first_what_the_first_hour_needs_and_every_command_once(bare: Cli) -> None:
    from breachdesk.cli.app import command_line

    page = bare("--help").out.partition("When something has happened:")[2]
    listed = [
        line.split()[0] for line in page.splitlines() if line[:2] == "  " and line[2:3].isalpha()
    ]
    assert sorted(listed) == sorted(command_line().commands)
    assert listed[0] == "new"
    assert "\nCommands:" not in page, "a command stands under no heading"
    assert listed.index("decide") < listed.index("sent") < listed.index("demo")


def test_under_which_name_is_said_only_once_something_was_recorded(cli: Cli, case: str) -> None:
    del cli.environ["BREACHDESK_ACTOR"]
    decide = ("decide", case, "is_breach", "--outcome")
    refused = cli(*decide, "no", "--ground", "34.3.a", "--because", "x", code=2)
    assert "Recorded as" not in refused.err
    assert "Recorded as" not in cli("answer", case, "facts", "--set", "cause=magic", code=2).err
    assert cli(*decide, "yes", "--because", "x").err.count("Recorded as") == 1


def test_a_no_without_ground_under_open_advice_is_warned_of_by_name(cli: Cli, case: str) -> None:
    words = ("decide", case, "inform_subjects", "--outcome", "no", "--because", "fordi")
    said = cli(*words, "--lang", "nb").err
    assert said.startswith("ADVARSEL, «underrette de registrerte»")
    assert "WARNING" not in cli(*words, "--ground", "other").err


@pytest.mark.parametrize(
    ("setting", "kept"),
    [
        ("people_basis=Et OMTRENTLIG antall", None),
        ("people_basis=Omtrentlig antall er kjent", "approximate"),
        ("people_basis=an approximate number is known", "approximate"),
        ("nature=konfidensialitet", ["confidentiality"]),
        ("nature=Availability,konfidensialitet", ["confidentiality", "availability"]),
        (
            "data_types=Kontaktopplysninger (adresse, telefon, e-post),basic",
            ["basic", "contact"],
        ),
    ],
)
def test_an_option_is_named_by_id_or_by_its_label(
    cli: Cli, setting: str, kept: str | list[str] | None
) -> None:
    case = cli("new", "Lost list", "--aware", "40 min ago").ref
    cli("answer", case, "facts", "--set", setting, code=0 if kept else 2)
    fact = cli("show", case, "--json").json["facts"].get(setting.partition("=")[0])
    assert (fact and fact["value"]) == kept


def test_nature_is_named_in_norwegian_too(cli: Cli) -> None:
    case = cli("new", "Lost list", "--aware", "now", "--nature", "konfidensialitet").ref
    cli("correct", case, "nature", "tilgjengelighet,integritet", "--because", "From the log")
    kept = cli("show", case, "--json").json["facts"]["nature"]["value"]
    assert set(kept) == {"integrity", "availability"}


def test_refusals_list_ids_with_labels_and_say_how_an_estimate_is_written(
    cli: Cli, case: str
) -> None:
    said = cli("answer", case, "facts", "--set", "people_basis=ca", "--lang", "nb", code=2).out
    assert "approximate (Omtrentlig antall er kjent)" in said
    said = cli("answer", case, "facts", "--set", "people_number=ca 40", code=2).out
    assert "people_basis=approximate" in said


def test_warnings_are_in_the_readers_language_and_the_paper_in_its_own(cli: Cli, case: str) -> None:
    no = ("--outcome", "no", "--ground", "risk_unlikely", "--because", "Nobody opened it " * 4)
    cli("decide", case, "notify_authority", *no)
    cli.environ["BREACHDESK_PAPER_LANG"] = "nb"
    drafted = cli("draft", case, "notification", "--json").json
    assert drafted["lang"] == "nb"
    english = cli("draft", case, "notification", "--lang", "en", "--json").json
    assert drafted["warnings"] == english["warnings"] != []
    assert drafted["title"] != english["title"]
    out = str(cli.home.parent / "paper.pdf")
    issued = cli("issue", case, "notification", "--out", out, "--json").json
    assert (issued["lang"], issued["warnings"]) == ("nb", english["warnings"])


def test_fields_and_times_are_told_in_norwegian(cli: Cli) -> None:
    assert "«tittel» er tom" in cli.refused("new", "", "--lang", "nb")
    said = cli("new", "Tapt liste", "--aware", "for 40 min siden", "--lang", "nb").err
    assert said.startswith("«for 40 min siden» = ")


def test_figures_count_each_year_without_drills(cli: Cli, case: str) -> None:
    cli("new", "Exercise", "--aware", "now", "--drill")
    cli("answer", case, "facts", "--set", "people_basis=exact", "--set", "people_number=12")
    cli("sent", case, "--duty", "notify_authority", "--to", "Datatilsynet", "--channel", "Altinn")
    cli("new", "No breach", "--aware", "now")
    cli("decide", "3", "is_breach", "--outcome", "no", "--because", "A test file with no people")
    (year,) = cli("figures", "--json").json
    assert {key: year[key] for key in ("year", "cases", "open", "no_breach", "notified")} == {
        "year": 2026, "cases": 2, "open": 2, "no_breach": 1, "notified": 1,
    }  # fmt: skip
    assert (year["people"], year["people_unknown"], year["notified_late"]) == (12, 1, 0)
    assert year["risk"]["not_assessed"] == 2
    assert cli("figures", "--year", "2025", "--json").json == []
    table = cli("figures", "--lang", "nb").out.splitlines()
    assert table[0].lstrip("\ufeff").startswith("År;Saker;Åpne")
    assert table[1].startswith("2026;2;2")
