import pytest

from tests.cli.runner import Cli

OUTSIDER = {
    "exposure": "obtained", "protection": "none", "holder": "few-known", "intent": "mistake",
    "deletion": "asked", "insight": "ordinary", "implied": "nothing",
    "identifiability": "directly", "repeats": "single", "rest": "alike",
    "data_types": "basic,economic,identification-number",
}  # fmt: skip
WHY = "Identity numbers and salaries reached an outsider"


def settings(answers: dict[str, str]) -> list[str]:
    return [word for key, value in answers.items() for word in ("--set", f"{key}={value}")]


@pytest.fixture
def assessed(cli: Cli, case: str) -> str:
    cli("answer", case, "risk", *settings(OUTSIDER))
    cli("assess", case)
    return case


def test_assessing_gives_risk_score_rules_advice_and_flips(cli: Cli, assessed: str) -> None:
    said = cli("assess", assessed, "--json").json
    assert {"risk", "severity", "rules", "advice", "flips", "problems"} <= set(said)
    assert said["risk"] == "high_risk"
    assert {"method", "score", "level", "trace"} <= set(said["severity"])
    assert isinstance(said["severity"]["score"], float)
    owed = {one["duty"]: one["owed"] for one in said["advice"]}
    assert owed == {"record": "yes", "notify_authority": "yes", "inform_subjects": "yes"}
    for one in said["advice"]:
        assert {"duty", "owed", "because", "cites"} <= set(one)
        assert one["because"]
        assert one["cites"]
    for one in said["rules"]:
        assert {"id", "effect", "because", "cites"} <= set(one)
    for one in said["flips"]:
        assert {"question", "answer", "would_change"} <= set(one)


def test_unknown_facts_give_a_span_of_scores_and_name_what_decides(cli: Cli, case: str) -> None:
    known = {key: value for key, value in OUTSIDER.items() if key != "holder"}
    cli("answer", case, "risk", *settings(known), "--unknown", "holder")
    said = cli("assess", case, "--json").json
    assert said["risk"] == "undetermined"
    assert set(said["severity"]["score"]) == {"min", "max"}
    advice = {one["duty"]: one for one in said["advice"]}
    assert advice["inform_subjects"]["owed"] == "undetermined"
    assert "holder" in advice["inform_subjects"]["deciding"]


def test_an_assessment_is_kept_and_told_in_words(cli: Cli, assessed: str) -> None:
    shown = cli("show", assessed, "--json").json
    assert shown["assessment"]["risk"] == "high_risk"
    assert shown["assessment"]["by"] == "Kari Nordmann"
    told = cli("assess", assessed, "--lang", "nb").out
    assert "høy risiko" in told
    assert "Personvernforordningen" in told or "artikkel" in told
    assert cli("list", "--json").json[0]["risk"] == "high_risk"


def test_a_decision_keeps_its_reasons_and_the_advice_as_shown(cli: Cli, assessed: str) -> None:
    case = cli(
        "decide", assessed, "notify-authority", "--outcome", "yes", "--because", WHY, "--json"
    ).json
    decision = case["decisions"][0]
    assert set(decision) >= {"id", "matter", "outcome", "ground", "because", "by", "at", "advice"}
    assert (decision["matter"], decision["outcome"]) == ("notify_authority", "yes")
    assert (decision["because"], decision["ground"]) == (WHY, None)
    assert decision["advice"]["owed"] == "yes"
    assert decision["advice"]["because"]


def test_against_a_firm_advice_the_reason_has_at_least_forty_characters(
    cli: Cli, assessed: str
) -> None:
    refuse = ("decide", assessed, "notify_authority", "--outcome", "no", "--because")
    assert "at least 40 characters" in cli.refused(*refuse, "No.")
    said = cli(*refuse, f"{WHY}, yet the list turned out to be made up")
    assert "going against the desk's advice" in said.out
    assert cli("clock", assessed, "--json").json[0]["state"] == "not_owed"
    cli("decide", assessed, "notify_authority", "--outcome", "yes", "--because", "Real after all")
    assert cli("clock", assessed, "--json").json[0]["state"] == "running"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["moon", "--outcome", "yes"], "Choose one of: is_breach, notify_authority"),
        (["is_breach", "--outcome", "perhaps"], "Choose one of: yes, no, not_yet"),
        (["is_breach", "--outcome", "no", "--ground", "weather"], "Choose one of: 34.3.a"),
        (["is_breach", "--outcome", "no", "--ground", "34.3.a"], "does not fit"),
        (["is_breach", "--outcome", "yes", "--ground", "other"], "belongs to a “no”"),
        (["notify_controller", "--outcome", "yes"], "Only a processor"),
    ],
)
def test_what_is_no_decision_is_refused(
    cli: Cli, case: str, arguments: list[str], told: str
) -> None:
    assert told in cli.refused("decide", case, *arguments, "--because", WHY)
    assert cli("show", case, "--json").json["decisions"] == []


def test_reasons_may_come_from_standard_input_and_are_needed(cli: Cli, case: str) -> None:
    cli("decide", case, "is_breach", "--outcome", "not_yet", "--because", "-", stdin=b"Wait\n")
    assert cli("show", case, "--json").json["decisions"][0]["because"] == "Wait"
    cli.refused("decide", case, "is_breach", "--outcome", "yes", "--because", "")


def test_a_short_no_while_the_risk_is_open_is_warned_of(cli: Cli, case: str) -> None:
    short = ["decide", case, "inform_subjects", "--outcome", "no", "--because", "We think not"]
    assert "Look at this: Decided not to tell the people" in cli(*short).err
    assert "Look at this: Decided not to tell the people" in cli("show", case).err
    assert len(cli("show", case, "--json").json["warnings"]) == 1
    assert "Look at this" in cli("close", case, "--because", "Done").err
    fuller = "The log shows that nobody opened the file before it was taken down again"
    assert "Look at this" not in cli(*short[:-1], fuller).err
