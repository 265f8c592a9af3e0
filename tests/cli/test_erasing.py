from tests.cli.runner import Cli

KEPT = """
[organisation]
name = "Regnskap AS"
[desk]
case_retention = "5 years"
[[contract]]
with = "Insurer"
hours = 24
"""


def test_a_case_is_erased_and_what_is_out_of_reach_is_said(cli: Cli, case: str) -> None:
    cli("note", case, "Ringte Kari Kunde")
    backup = cli.home.parent / "desk.backup"
    cli("backup", str(backup))
    said = cli("erase", case, "--because", "Five years have passed", "--json").json
    assert said["title"] == case
    assert said["status"] == "closed"
    assert any(str(backup) in line for line in said["erased"]["out_of_reach"])
    shown = cli("show", case).out
    assert "Kunde" not in shown
    assert "This case was erased" in shown
    assert cli("verify", "--json").json["ok"] is True
    assert cli("export", case, "--out", str(backup) + ".json", code=2).out == ""


def test_somebody_at_the_terminal_types_the_reference(cli: Cli, case: str) -> None:
    cli.typed = ["no"]
    assert "Nothing was erased" in cli.refused("erase", case, "--because", "Five years")
    cli.typed = [case.lower()]
    assert "Rows erased: 1." in cli("erase", case, "--because", "Five years").out


def test_what_is_kept_for_a_decision_is_named_by_its_matter(cli: Cli, case: str) -> None:
    assert "not MATTER=TEXT" in cli.refused("erase", case, "--because", "x y", "--keep", "Lønn")
    assert "nothing that --keep can be" in cli.refused(
        "erase", case, "--because", "x y", "--keep", "risk=Lønn"
    )


def test_what_speaks_for_waiting_is_told_before_anything_is_asked(cli: Cli, case: str) -> None:
    profile = cli.home.parent / "profile.toml"
    profile.write_text(KEPT, encoding="utf-8")
    cli("organisation", "import", str(profile))
    cli("note", case, "Ringte Kari Kunde")
    backup = cli.home.parent / "desk.backup"
    cli("backup", str(backup))
    cli.typed = ["no"]
    early = " ".join(cli("erase", case, "--because", "Too early", code=2).err.split())
    assert "The case is open" in early
    assert "Insurer, notice, to Insurer" in early or "to Insurer" in early
    assert str(backup) in early, "what stays is known before it is decided"
    cli("close", case, "--because", "Done")
    early = " ".join(cli("erase", case, "--because", "Too early", code=2).err.split())
    assert "To be kept until" in early
    assert "The case is open" not in early


def test_a_contract_that_runs_is_due_until_it_is_met_even_in_a_closed_or_erased_case(
    cli: Cli, case: str
) -> None:
    profile = cli.home.parent / "profile.toml"
    profile.write_text(KEPT, encoding="utf-8")
    cli("organisation", "import", str(profile))
    cli("new", "Another", "--aware", "1 h ago")
    cli("answer", case, "other", "--unknown", "nis_effect", "--owner", "Ida", "--due", "in 5 h")

    def kinds() -> list[str]:
        return [one["kind"] for one in cli("due", "--json").json if one["ref"] == case]

    assert "promised" in kinds()
    cli("close", case, "--because", "Done")
    assert "contract" in kinds()
    assert "promised" not in kinds(), "nobody outside waits for it"
    assert cli("due", "--format", "ics").out.count("Insurer") > 0
    cli("erase", case, "--because", "Done")
    assert "contract" in kinds()
    cli("reopen", case, "--because", "Told late")
    cli("answer", case, "other", "--set", "contracts_told=Insurer, by phone 10:20")
    assert "contract" not in kinds()


def test_duties_that_still_run_are_told_before_anything_is_asked(cli: Cli, case: str) -> None:
    cli.typed = ["no"]
    said = cli("erase", case, "--because", "Five years", code=2).err
    assert "Duties still run, and erasing does not end them" in " ".join(said.split())
    cli.typed = [case]
    done = cli("erase", case, "--because", "Five years", "--json")
    assert done.json["erased"]["running"] == ["notify_authority", "inform_subjects"]
    assert len(cli("due", "--json").json) == 2
    cli("sent", case, "--duty", "notify_authority", "--to", "Datatilsynet", "--channel", "Altinn")
    assert [one["duty"] for one in cli("due", "--json").json] == ["inform_subjects"]


def test_show_lists_what_is_out_of_reach_when_there_is_nothing_left_to_erase(
    cli: Cli, case: str
) -> None:
    paper = cli.home.parent / "paper.pdf"
    cli("issue", case, "register-entry", "--out", str(paper))
    assert "Out of reach" not in cli("show", case).out
    cli("erase", case, "--because", "Five years have passed")
    assert "what is out of reach" in cli.refused("erase", case, "--because", "Once more")
    assert "version 1, outside the desk" in " ".join(cli("show", case).out.split())
