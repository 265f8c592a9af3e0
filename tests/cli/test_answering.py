import re
import tomllib
from pathlib import Path

import pytest

from tests.cli.runner import Cli

SHEET = """
[answers]
cause = "internal-accidental"
people_basis = "exact"
people_number = 212
data_types = ["basic", "economic"]
told_at = 2026-11-20T12:00:00
period_estimated = false

[unknown]
data_location_now = { owner = "Ola", due = "tomorrow 12:00" }
systems = true
"""


@pytest.fixture
def sheet(cli: Cli) -> Path:
    path = cli.home.parent / "answers.toml"
    path.write_text(SHEET, encoding="utf-8")
    return path


def value(cli: Cli, case: str, question: str) -> object:
    return cli("show", case, "--json").json["facts"].get(question, {}).get("value")


def test_a_file_is_taken_whole(cli: Cli, case: str, sheet: Path) -> None:
    said = cli("answer", case, "facts", "--file", str(sheet), "--json").json
    assert set(said["accepted"]) == {
        "cause", "people_basis", "people_number", "data_types", "told_at", "period_estimated",
        "data_location_now", "systems",
    }  # fmt: skip
    assert "cause" not in said["missing"]
    assert "occurred_from" in said["missing"]
    assert said["problems"] == []
    shown = cli("show", case, "--json").json
    assert shown["facts"]["told_at"]["value"] == "2026-11-20T11:00:00+00:00"
    assert shown["facts"]["data_types"]["edpb"] == [70]
    first = next(one for one in shown["unknown"] if one["id"] == "data_location_now")
    assert (first["owner"], first["due"]) == ("Ola", "2026-11-21T11:00:00+00:00")


def test_flags_answer_too_and_commas_split_only_multiple_choice(cli: Cli, case: str) -> None:
    long = cli.home.parent / "long.txt"
    long.write_text("Line one, with a comma\nline two\n", encoding="utf-8")
    cli(
        "answer", case, "facts", "--set", "data_types=economic,basic",
        "--set", f"description=@{long}", "--set", "people_basis=exact", "--set", "police=nei",
        "--unknown", "cause", "--owner", "Per", "--due", "in 2 h",
    )  # fmt: skip
    assert value(cli, case, "data_types") == ["basic", "economic"]
    assert value(cli, case, "description") == "Line one, with a comma\nline two"
    assert value(cli, case, "police") is False
    cli("answer", case, "facts", "--clear", "police")
    assert value(cli, case, "police") is None


def test_a_text_may_come_from_standard_input_once(cli: Cli, case: str) -> None:
    cli("answer", case, "facts", "--set", "description=-", stdin=b"From a pipe\n")
    assert value(cli, case, "description") == "From a pipe"
    twice = ("--set", "description=-", "--set", "how_it_happened=-")
    assert "read already" in cli.refused("answer", case, "facts", *twice, stdin=b"x")


def test_one_wrong_answer_writes_none_and_lists_every_problem(cli: Cli, case: str) -> None:
    wrong = ("cause=magic", "people_number=-3", "nope=1", "became_aware_at=14:00")
    settings = [word for one in (*wrong, "police=yes") for word in ("--set", one)]
    arguments = (*settings, "--unknown", "nature")
    said = cli("answer", case, "facts", *arguments, "--json", code=2).json
    assert set(said) >= {"accepted", "missing", "problems"}
    assert (said["accepted"], said["missing"]) == ([], [])
    problems = {one["id"]: one["problem"] for one in said["problems"]}
    assert set(problems) == {"cause", "people_number", "nope", "nature", "became_aware_at"}
    assert "breachdesk aware" in problems["became_aware_at"]
    assert value(cli, case, "police") is None
    plain = cli("answer", case, "facts", *arguments, code=2)
    assert "cause: “magic” is not an option" in plain.out
    assert plain.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[answers]\ncause = ", "is not TOML"),
        ("cause = 'x'", "“cause” is not known there"),
        ("[answer]\ncause = 'x'", "“answer” is not known there"),
        ("", "No answer was handed in"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(cli: Cli, case: str, text: str, told: str) -> None:
    path = cli.home.parent / "broken.toml"
    path.write_text(text, encoding="utf-8")
    assert told in cli.refused("answer", case, "facts", "--file", str(path))


@pytest.mark.parametrize(
    "line",
    ['cause = "Ola"', 'cause = { who = "Ola" }', "cause = { owner = 7 }", "cause = 3",
     'cause = { due = "yesterday 12:00" }', "cause = { due = 12 }"],
)  # fmt: skip
def test_an_unknown_that_is_written_wrong_is_a_problem_of_that_question(
    cli: Cli, case: str, line: str
) -> None:
    text = f"[unknown]\n{line}\n".encode()
    said = cli("answer", case, "facts", "--file", "-", "--json", code=2, stdin=text).json
    assert [one["id"] for one in said["problems"]] == ["cause"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nosuch", "--set", "a=b"], "There is no form “nosuch”"),
        (["facts", "--set", "cause"], "Write it as --set ID=VALUE"),
        (["facts"], "No answer was handed in"),
        (["facts", "--file", "/nowhere.toml"], "cannot be read"),
    ],
)
def test_what_is_no_answer_is_refused(cli: Cli, case: str, arguments: list[str], told: str) -> None:
    assert told in cli.refused("answer", case, *arguments)


def test_a_text_larger_than_a_paper_holds_is_refused(cli: Cli, case: str) -> None:
    big = cli.home.parent / "big.txt"
    big.write_text("x" * 200_001, encoding="utf-8")
    assert "larger than" in cli.refused("answer", case, "facts", "--set", f"description=@{big}")
    big.write_text("x" * 20_001, encoding="utf-8")
    cli("answer", case, "facts", "--set", f"description=@{big}", code=2)


def test_forms_are_listed_and_shown_with_options_conditions_and_sources(cli: Cli) -> None:
    assert [one["id"] for one in cli("form", "list", "--json").json] == ["facts", "other", "risk"]
    assert "questions, version" in cli("form", "list").out
    form = cli("form", "show", "risk", "--json", "--lang", "nb").json
    assert {"id", "version", "questions"} <= set(form)
    for question in form["questions"]:
        assert {"id", "text", "kind", "options", "asked_if", "cites"} <= set(question)
        assert question["cites"]
        assert all(set(one) >= {"id", "text"} for one in question["options"])
    assert "asked if" in cli("form", "show", "facts").out
    assert "There is no form" in cli.refused("form", "show", "nosuch")


def test_the_shipped_forms_hold_together_and_a_broken_one_is_a_finding(cli: Cli) -> None:
    whole = cli("form", "check", "--json").json
    assert (whole["ok"], whole["findings"]) == (True, [])
    listed = {one["id"]: one["names"] for one in whole["unverified"]}
    assert "Creditsafe" in listed["identity-number"]
    assert "Creditsafe" in cli("form", "check").err
    own = cli.home / "forms" / "no"
    own.mkdir(parents=True)
    (own / "facts.toml").write_text("id = 'facts'\nversion = 3", encoding="utf-8")
    said = cli("form", "check", "--json", code=1).json
    assert not said["ok"]
    assert said["findings"][0]["file"].endswith("facts.toml")
    assert cli("form", "check", code=1).out


def test_a_case_may_take_the_newest_forms(cli: Cli, case: str) -> None:
    said = cli("form", "upgrade", case, "--json").json
    assert [one["id"] for one in said["forms"]] == ["facts", "other", "risk"]


def test_first_values_of_the_case_s_own_facts_are_answers_and_their_reading_is_echoed(
    cli: Cli,
) -> None:
    ref = cli("new", "Laptop lost").ref
    own = cli.home.parent / "own.toml"
    own.write_text('[answers]\nnature = ["c", "a"]\ndetected_at = "i går kl. 20"\n')
    cli("answer", ref, "facts", "--file", str(own))
    said = cli("answer", ref, "facts", "--set", "occurred_from=i går kl 18")
    assert "“i går kl 18” = Thu 19 Nov 2026 18:00" in said.err
    shown = cli("show", ref, "--json").json
    assert shown["nature"] == ["confidentiality", "availability"]
    assert shown["detected_at"] == "2026-11-19T19:00:00+00:00"
    assert shown["occurred_from"] == "2026-11-19T17:00:00+00:00"
    told = cli("answer", ref, "facts", "--set", "nature=i", code=2)
    assert "breachdesk correct REF nature VALUE --because" in told.out


def test_a_day_is_enough_where_a_date_is_asked_and_only_there(cli: Cli, case: str) -> None:
    cli("answer", case, "facts", "--set", "told_on=20.11.2026", "--set", "planned_on=i morgen")
    facts = cli("show", case, "--json", "--lang", "nb").json["facts"]
    assert facts["told_on"]["text"] == "fredag 20. november 2026"
    assert facts["planned_on"]["text"] == "lørdag 21. november 2026"
    assert facts["told_on"]["value"] == "2026-11-19T23:00:00+00:00"
    told = cli("answer", case, "facts", "--set", "told_at=20.11.2026", code=2).out
    assert "Add the time, like “20.11.2026 16:30”" in told


@pytest.mark.parametrize("lang", ["en", "nb"])
@pytest.mark.parametrize("form", ["facts", "risk"])
def test_the_sample_is_a_file_that_can_be_filled_in(cli: Cli, lang: str, form: str) -> None:
    sample = cli("form", "show", form, "--sample", "--lang", lang).out
    assert tomllib.loads(sample) == {"answers": {}, "unknown": {}}
    filled = "\n".join(
        line[2:] if re.match(r"# [a-z_0-9]+ = ", line) else line for line in sample.splitlines()
    )
    tables = tomllib.loads(filled)
    asked = cli("form", "show", form, "--json").json["questions"]
    assert set(tables["answers"]) == {one["id"] for one in asked} - {"became_aware_at"}
    unknown = tables["unknown"].popitem()[0]
    path = cli.home.parent / "filled.toml"
    path.write_text(filled.replace(f"\n{unknown} = ", f"\n# {unknown} = ", 1), encoding="utf-8")
    ref = cli("new", "Sample").ref
    taken = cli("answer", ref, form, "--file", str(path), "--json", "--lang", lang).json
    assert taken["problems"] == []
    assert unknown in taken["accepted"]


def test_a_form_says_why_it_asks_and_where_that_is_written(cli: Cli) -> None:
    said = cli("form", "show", "facts").out
    assert "This is when it happened, not when it was noticed." in said
    assert "[GDPR Art. 33(3)(a)" in said
    assert "exclude each other" in cli.refused("form", "show", "facts", "--sample", "--json")


def test_the_same_answer_again_changes_nothing_and_says_so(cli: Cli, case: str) -> None:
    given = ("answer", case, "facts", "--set", "cause=unknown", "--set", "nature=c")
    del cli.environ["BREACHDESK_ACTOR"]
    first = cli(*given)
    assert "One answer taken. Unchanged: 1." in first.out
    assert "Recorded as" in first.err
    entries = cli("verify", "--json").json["entries"]
    again = cli(*given)
    assert "Nothing changed: it stood so already." in again.out
    assert "Recorded as" not in again.err
    said = cli(*given, "--json").json
    assert (said["accepted"], said["unchanged"]) == (["cause", "nature"], ["cause", "nature"])
    assert cli("verify", "--json").json["entries"] == entries
    cli("answer", case, "facts", "--unknown", "systems", "--clear", "police")
    said = cli("answer", case, "facts", "--unknown", "systems", "--clear", "police", "--json").json
    assert said["unchanged"] == ["systems", "police"]


def test_what_is_kept_but_not_asked_for_is_named(cli: Cli, case: str) -> None:
    given = ("answer", case, "facts", "--set", "dpo_name=Ola", "--set", "dpo=no")
    assert cli(*given, "--json").json["not_asked"] == ["dpo_name"]
    assert "Kept, but not asked for as things stand: dpo_name." in cli(*given).out


def test_what_the_profile_says_is_confirmed_one_by_one_or_all(cli: Cli, profile: Path) -> None:
    cli("organisation", "import", str(profile))
    first = cli("organisation", "show", "--json").json["processing"][0]["id"]
    ref = cli("new", "Prefilled", "--aware", "now", "--processing", first).ref

    def waiting() -> list[str]:
        return [one["id"] for one in cli("show", ref, "--json").json["to_confirm"]]

    before = waiting()
    value_before = value(cli, ref, "data_types")
    assert "data_types" in before
    cli("answer", ref, "facts", "--confirm", "data_types")
    assert waiting() == [one for one in before if one != "data_types"]
    assert value(cli, ref, "data_types") == value_before
    said = cli("answer", ref, "facts", "--confirm", "all", "--json").json
    assert set(said["accepted"]) == set(before) - {"data_types"}
    assert waiting() == []
    again = cli("answer", ref, "facts", "--confirm", "data_types", "--confirm", "all")
    assert "Nothing changed" in again.out
    wrong = ("--confirm", "cause", "--confirm", "nope")
    said = cli("answer", ref, "facts", *wrong, "--json", code=2).json
    problems = {one["id"]: one["problem"] for one in said["problems"]}
    assert set(problems) == {"cause", "nope"}
    assert "no answer yet" in problems["cause"]


def test_a_due_time_that_cannot_be_read_is_a_problem_of_each_question(cli: Cli, case: str) -> None:
    given = ("--unknown", "cause", "--unknown", "systems", "--due", "yesterday 12:00")
    said = cli("answer", case, "facts", *given, "--json", code=2).json
    assert [one["id"] for one in said["problems"]] == ["cause", "systems"]
    told = cli.refused("answer", case, "facts", "--set", "cause=unknown", "--owner", "Ola")
    assert "--unknown ID" in told


@pytest.mark.parametrize(
    "arguments",
    [["zap", "--set", "a=b"], ["facts", "--set", "cause"], ["facts"], ["facts", "--file", "/no"],
     ["facts", "--owner", "Ola", "--set", "cause=unknown"]],
)  # fmt: skip
def test_whatever_is_refused_json_stays_json(cli: Cli, case: str, arguments: list[str]) -> None:
    said = cli("answer", case, *arguments, "--json", code=2)
    assert said.json["accepted"] == []
    (one,) = said.json["problems"]
    assert one["problem"] in said.err


def test_a_time_that_has_been_cannot_lie_ahead_but_a_plan_can(cli: Cli, case: str) -> None:
    told = cli("answer", case, "facts", "--set", "told_at=tomorrow 12:00", "--json", code=2).json
    assert "lies ahead" in told["problems"][0]["problem"]
    cli("answer", case, "facts", "--set", "planned_on=tomorrow 12:00")
