"""`edpb`: the payload, its problems with field and place, in both languages."""

from pathlib import Path

import pytest

from tests.cli.runner import Cli

FIELDS = {"ref", "template", "version", "phase", "lang", "complete", "fields", "problems",
          "unconfirmed"}  # fmt: skip
PROBLEM = {"field", "title", "problem", "question", "where"}


def test_the_payload_is_json_with_letters_under_field_numbers(
    cli: Cli, case: str, profile: Path
) -> None:
    cli("organisation", "import", str(profile))
    cli("answer", case, "facts", "--set", "cause=external-malicious", "--set",
        "data_types=basic,health")  # fmt: skip
    said = cli("edpb", case)
    assert set(said.json) == FIELDS
    assert "--check" in said.err
    fields = said.json["fields"]
    assert (fields["3"], fields["4"], fields["7"]) == ("a", "b", case)
    assert (fields["55"], fields["61"], fields["70"]) == (["a"], "d", ["a", "k"])
    assert fields["48"] == "2026-11-20T14:50:00+00:00"
    assert list(fields) == sorted(fields, key=int)


def test_check_lists_each_problem_and_exits_with_one(cli: Cli, case: str) -> None:
    said = cli("edpb", case, "--check", "--json", code=1).json
    assert all(set(one) == PROBLEM for one in said["problems"])
    by_field = {one["field"]: one for one in said["problems"]}
    assert by_field[62]["where"] == f"breachdesk answer {case} facts --set description=…"
    assert by_field[62]["question"] == "description"
    assert by_field[89]["where"] == f"breachdesk assess {case}"
    assert by_field[62]["problem"] == "It must be filled in."


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("3.2  The breach", "62  What happened, and how – It must be filled in.")),
        ("nb", ("3.2  Bruddet", "62  Hva som skjedde, og hvordan – Det må fylles ut.")),
    ],
)
def test_check_is_read_under_the_template_s_headings(
    cli: Cli, case: str, lang: str, words: tuple[str, ...]
) -> None:
    said = cli("edpb", case, "--check", "--lang", lang, code=1)
    for one in words:
        assert one in said.out
    assert f"breachdesk answer {case} facts --set description=…" in said.out


def test_phases_follow_the_sendings_and_the_flag(cli: Cli, case: str) -> None:
    assert cli("edpb", case, "--json").json["phase"] == "initial"
    cli("sent", case, "--duty", "notify_authority", "--to", "DT", "--channel", "Altinn",
        "--receipt", "AR5")  # fmt: skip
    said = cli("edpb", case, "--json").json
    assert (said["phase"], said["fields"]["3"], said["fields"]["6"]) == (
        "supplementary",
        "b",
        "AR5",
    )
    final = cli("edpb", case, "--phase", "final", "--json").json
    assert (final["fields"]["4"], final["complete"]) == ("a", False)
    withdrawn = cli("edpb", case, "--phase", "withdrawal", "--check", code=1)
    assert "Why an earlier notification is withdrawn" in withdrawn.out


def test_what_cannot_be_is_refused_in_one_line(cli: Cli, case: str) -> None:
    assert "There is no case" in cli.refused("edpb", "99")
    assert "Choose one of: initial" in cli.refused("edpb", case, "--phase", "third")


def test_nothing_is_kept(cli: Cli, case: str) -> None:
    before = cli("verify", "--json").json["head"]
    cli("edpb", case)
    assert cli("verify", "--json").json["head"] == before


def test_the_template_s_own_questions_are_asked_once_it_is_chosen(cli: Cli, case: str) -> None:
    def missing(*answers: str) -> set[str]:
        said = cli("answer", case, "facts", *(word for one in answers for word in ("--set", one)),
                   "--json")  # fmt: skip
        return set(said.json["missing"])

    assert "attachments_text" not in missing("attachments=other")
    assert "attachments_text" in missing("use_template=yes")


def test_what_came_from_the_profile_is_named_until_it_is_confirmed(cli: Cli, profile: Path) -> None:
    cli("organisation", "import", str(profile))
    first = cli("organisation", "show", "--json").json["processing"][0]["id"]
    ref = cli("new", "Prefilled", "--aware", "now", "--processing", first).ref
    said = cli("edpb", ref, "--check", "--json", code=1).json
    waiting = {one["field"]: one for one in said["unconfirmed"]}
    assert waiting[70]["question"] == "data_types"
    assert waiting[70]["where"] == f"breachdesk answer {ref} facts --confirm data_types"
    told = cli("edpb", ref, "--check", code=1).out
    assert "not confirmed for this case" in told
    assert f"breachdesk answer {ref} facts --confirm all" in told
    checks = cli("altinn", ref, "--check", "--json", code=1).json["checks"]
    ready = {one["id"]: one for one in checks}
    assert "“Which types of personal data" in ready["confirmed"]["text"]
    cli("answer", ref, "facts", "--confirm", "all")
    assert cli("edpb", ref, "--check", "--json", code=1).json["unconfirmed"] == []
    checks = cli("altinn", ref, "--check", "--json", code=1).json["checks"]
    assert "confirmed" not in {one["id"] for one in checks}
