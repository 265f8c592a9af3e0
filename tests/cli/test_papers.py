import errno
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from breachdesk.casefile import CaseFile
from breachdesk.desk.office import Office
from breachdesk.records import Incident
from breachdesk.store.reading import Reading
from tests.cli.runner import Cli


@pytest.fixture
def out(cli: Cli) -> Path:
    return cli.home.parent / "paper.pdf"


def test_a_draft_is_text_on_stdout_and_keeps_nothing(cli: Cli, case: str) -> None:
    said = cli("draft", case, "notification")
    assert "Payroll list" in said.out
    assert "missing" in said.err
    plain = cli("draft", case, "notification", "--lang", "en", "--json").json
    assert {"missing", "sections"} <= set(plain)
    assert plain["missing"]
    assert {"item", "text", "owner", "due"} == set(plain["missing"][0])
    assert all(set(one) == {"id", "heading", "blocks"} for one in plain["sections"])
    assert cli("show", case, "--json").json["documents"] == []


def test_a_draft_opens_its_case_once(cli: Cli, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    open_case = Office.case

    def counted(office: Office, reading: Reading, incident: Incident) -> CaseFile:
        opened.append(incident.ref)
        return open_case(office, reading, incident)

    monkeypatch.setattr(Office, "case", counted)
    assert "The paper is in" in cli("draft", case, "notification").err
    assert opened == [case]


@pytest.mark.parametrize(
    "kind", ["notification", "communication", "processor-notice", "register_entry", "timeline"]
)
@pytest.mark.parametrize("lang", ["en", "nb", "nn"])
def test_no_kind_is_refused_for_role_or_missing_answers(
    cli: Cli, case: str, kind: str, lang: str
) -> None:
    assert cli("draft", case, kind, "--lang", lang, "--json").json["lang"] == lang


def test_an_issued_paper_is_a_pdf_frozen_in_the_desk(cli: Cli, case: str, out: Path) -> None:
    before = cli("verify", "--json").json["head"]
    said = cli("issue", case, "notification", "--out", str(out), "--json").json
    assert {"document", "sha256", "audit_head", "path", "missing"} <= set(said)
    content = out.read_bytes()
    assert content.startswith(b"%PDF-")
    assert said["sha256"] == hashlib.sha256(content).hexdigest()
    assert (said["path"], said["audit_head"]) == (str(out), before)
    assert out.stat().st_mode & 0o077 == 0
    (kept,) = cli("show", case, "--json").json["documents"]
    assert set(kept) >= {"document", "kind", "phase", "lang", "sha256", "issued_at"}
    assert (kept["document"], kept["phase"]) == (said["document"], "initial")


def test_a_file_that_is_there_is_not_written_over_without_force(
    cli: Cli, case: str, out: Path
) -> None:
    out.write_text("mine", encoding="utf-8")
    assert "--force" in cli.refused("issue", case, "timeline", "--out", str(out))
    assert out.read_text(encoding="utf-8") == "mine"
    assert cli("show", case, "--json").json["documents"] == []
    cli("issue", case, "timeline", "--out", str(out), "--force")
    assert out.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["notification"], "--out is missing"),
        (["novel", "--out", "x.pdf"], "Choose one of: notification"),
        (["notification", "--out", "/nowhere/x.pdf"], "There is no folder"),
        (["notification", "--out", "/"], "is a folder"),
        (["notification", "--out", "{out}", "--phase", "third"], "Choose one of: initial"),
        (["notification", "--out", "{out}", "--phase", "final"], "needs a reason"),
    ],
)
def test_what_cannot_be_issued_is_refused(
    cli: Cli, case: str, out: Path, arguments: list[str], told: str
) -> None:
    assert told in cli.refused("issue", case, *(one.format(out=out) for one in arguments))
    assert not out.exists()


def test_a_final_paper_with_gaps_and_a_reason_is_issued(cli: Cli, case: str, out: Path) -> None:
    said = cli(
        "issue", case, "notification", "--phase", "final", "--because", "Nothing more can be found",
        "--out", str(out),
    )  # fmt: skip
    assert "missing" in said.out


def test_a_sending_of_a_paper_meets_its_duty_and_stops_the_clock(
    cli: Cli, case: str, out: Path
) -> None:
    document = cli("issue", case, "notification", "--out", str(out)).ref
    said = cli("sent", document, "--to", "Datatilsynet", "--channel", "Altinn",
               "--receipt", "AR1", "--at", "5 min ago", "--json").json  # fmt: skip
    (sending,) = said["dispatches"]
    assert set(sending) >= {
        "id", "document", "duty", "to", "channel", "receipt", "sent_at", "corrected_by",
    }  # fmt: skip
    assert (sending["document"], sending["duty"]) == (document, "notify_authority")
    assert (sending["receipt"], sending["corrected_by"]) == ("AR1", None)
    assert said["clock"][0]["state"] == "met"
    assert said["clock"][0]["met_at"] == "2026-11-20T15:25:00+00:00"


def test_a_sending_without_a_paper_names_case_and_duty(cli: Cli, case: str) -> None:
    whole = ("--to", "Datatilsynet", "--channel", "Altinn")
    assert "Which duty does it meet?" in cli.refused("sent", case, *whole)
    assert "Which duty" in cli.refused("sent", case, *whole, "--duty", "record")
    assert "notify_authority" in cli.refused("sent", case, *whole, "--duty", "sleep")
    said = cli("sent", "1", *whole, "--duty", "notify_authority").out
    assert "met, 71 h 20 min before the deadline" in said


def test_a_late_sending_is_met_late(cli: Cli, case: str) -> None:
    cli.clock.move(hours=80)
    whole = ("--to", "Datatilsynet", "--channel", "Altinn", "--duty", "notify_authority")
    assert cli("sent", case, *whole, "--json").json["clock"][0]["state"] == "met_late"
    assert "after the deadline" in cli("clock", case).out


def test_a_mistaken_sending_is_taken_back_and_the_duty_runs_again(cli: Cli, case: str) -> None:
    whole = ("--to", "Datatilsynet", "--channel", "Altinn", "--duty", "notify_authority")
    sent = cli("sent", case, *whole, "--json").json["dispatches"][0]["id"]
    case_ = cli("unsent", sent, "--because", "It was another case", "--json").json
    (kept,) = case_["dispatches"]
    assert kept["corrected_by"]
    assert kept["corrected_because"] == "It was another case"
    assert case_["clock"][0]["state"] == "running"
    assert "taken back already" in cli.refused("unsent", sent, "--because", "Again")


@pytest.mark.parametrize(
    "arguments",
    [
        ["sent", "doc-none", "--to", "x", "--channel", "y"],
        ["sent", "7", "--duty", "notify_authority", "--to", "x", "--channel", "y"],
        ["sent", "1", "--duty", "notify_authority", "--to", "", "--channel", "y"],
        [
            "sent",
            "1",
            "--duty",
            "notify_authority",
            "--to",
            "x",
            "--channel",
            "y",
            "--at",
            "in 2 h",
        ],
        ["unsent", "dsp-none", "--because", "x"],
    ],
    ids=" ".join,
)
def test_what_was_not_sent_is_refused(cli: Cli, case: str, arguments: list[str]) -> None:
    cli.refused(*arguments)
    assert cli("show", case, "--json").json["dispatches"] == []


def test_a_paper_that_cannot_be_written_stays_in_the_desk_and_leaves_no_half_file(
    cli: Cli, case: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    monkeypatch.setattr("breachdesk.store.files.os.fsync", full, raising=False)
    said = cli("issue", case, "timeline", "--out", str(out), code=2)
    monkeypatch.undo()
    assert "kept in the desk as doc-" in said.err
    assert "cannot be written: the disk is full." in said.err
    assert not [one for one in out.parent.iterdir() if "paper.pdf" in one.name]


def test_a_case_is_told_with_its_papers_and_a_late_sending(cli: Cli, case: str, out: Path) -> None:
    cli.clock.move(hours=80)
    document = cli("issue", case, "notification", "--out", str(out)).ref
    said = cli("sent", document, "--to", "Datatilsynet", "--channel", "Altinn")
    assert "met, but 8 h 40 min after the deadline" in said.out
    sent = cli("show", case, "--json").json["dispatches"][0]["id"]
    cli("unsent", sent, "--because", "Another case")
    told = cli("show", case).out
    assert f"  {document}  " in told
    assert f"takes back {sent}" in told
    assert "8 h 40 min late" in told


def test_a_drill_says_so(cli: Cli) -> None:
    cli("new", "Fire drill", "--drill", "--summary", "Only a drill")
    told = cli("show", "1").out
    assert "· drill" in told
    assert "Only a drill" in told


def test_issuing_says_what_to_look_at_as_the_draft_does(cli: Cli, case: str, out: Path) -> None:
    cli("answer", case, "facts", "--set", "description=Ring 99 88 77 66 eller skriv ola@e.example")
    drafted = cli("draft", case, "notification").err
    told = [line for line in drafted.splitlines() if line.startswith("Look at this: ")]
    issued = cli("issue", case, "notification", "--out", str(out), "--force")
    assert len(told) >= 2
    assert set(told) <= set(issued.err.splitlines())
    given = cli("issue", case, "notification", "--out", str(out), "--force", "--json")
    assert [f"Look at this: {one}" for one in given.json["warnings"]] == told


def test_a_paper_never_goes_to_a_file_named_like_standard_output(
    cli: Cli, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(cli.home.parent)
    assert "not to standard output" in cli.refused("issue", case, "notification", "--out", "-")
    assert "cannot be shown" in cli.refused("register", "--format", "pdf", "--out", "-")
    assert not Path("-").exists()
    assert cli("show", case, "--json").json["documents"] == []


def test_a_sending_is_named_when_recorded_and_when_a_case_is_given_instead(
    cli: Cli, case: str
) -> None:
    assert "has no sending to take back" in cli.refused("unsent", case, "--because", "x")
    said = cli("sent", case, "--duty", "notify_authority", "--to", "x", "--channel", "y").out
    sending = cli("show", case, "--json").json["dispatches"][0]["id"]
    assert f"Recorded as {sending}" in said
    told = cli.refused("unsent", "1", "--because", "x")
    assert "its id begins with dsp-" in told
    assert sending in told
    assert "“breachdesk show REF” lists" in cli.refused("unsent", "99", "--because", "x")
    assert "There is no recorded sending" in cli.refused("unsent", "dsp-none", "--because", "x")


def test_what_a_paper_lacks_is_null_in_json(cli: Cli, case: str) -> None:
    def empty(value: object) -> bool:
        if isinstance(value, dict):
            return any(map(empty, value.values()))
        return any(map(empty, value)) if isinstance(value, list) else value == ""

    given = cli("draft", case, "notification", "--json").json
    assert not empty(given)
    fields = [one for section in given["sections"] for one in section["blocks"] if "rows" in one]
    assert {row["note"] for one in fields for row in one["rows"] if isinstance(row, dict)} >= {None}


def test_a_duty_that_is_not_owed_has_no_deadline_in_words(cli: Cli, case: str) -> None:
    reason = "Nobody outside the house can have read it, the log shows"
    cli("decide", case, "notify_authority", "--outcome", "no", "--because", reason)
    assert "notify the authority: not owed\n" in cli("show", case).out
    assert cli("clock", case, "--json").json[0]["deadline"] is not None


def test_a_sending_just_after_the_deadline_is_said_in_words(cli: Cli) -> None:
    ref = cli("new", "Late", "--aware", "2026-11-20T10:00:00+01:00").ref
    cli.clock.now = datetime(2026, 11, 23, 9, 0, 30, tzinfo=UTC)
    said = cli("sent", ref, "--duty", "notify_authority", "--to", "x", "--channel", "y").out
    assert "met, but less than a minute after the deadline" in said


def test_an_identity_number_stops_the_issuing_until_it_is_let_pass(
    cli: Cli, case: str, out: Path
) -> None:
    cli("answer", case, "facts", "--set", "description=About 170590 10182 and others")
    said = cli("issue", case, "notification", "--out", str(out), code=2)
    assert "description (" in said.err
    assert "--allow-number description" in said.err
    assert not out.exists()
    whole = ("issue", case, "notification", "--out", str(out), "--allow-number", "description")
    assert "A reason is needed" in cli(*whole, code=2).err
    issued = cli(*whole, "--because", "The authority asked for it", "--json").json
    assert [one["field"] for one in issued["allowed_numbers"]] == ["description"]
    (kept,) = cli("show", case, "--json").json["documents"]
    assert kept["allowed_numbers"] == issued["allowed_numbers"]
    assert kept["because"] == "The authority asked for it"


def test_a_supplementary_notification_gives_the_reason_of_a_change(
    cli: Cli, case: str, out: Path
) -> None:
    first = ("--set", "people_basis=approximate", "--set", "people_number=40")
    cli("answer", case, "facts", *first)
    document = cli("issue", case, "notification", "--out", str(out)).ref
    cli("sent", document, "--to", "Datatilsynet", "--channel", "Altinn")
    cli.clock.move(hours=1)
    cli("answer", case, "facts", "--set", "people_number=212", "--because", "The log shows more")
    drafted = cli("draft", case, "notification", "--lang", "en", "--json").json
    (table,) = (one for one in drafted["sections"] if one["id"] == "changes")
    ((_, before, now, why),) = table["blocks"][0]["rows"]
    assert ("40" in before, "212" in now) == (True, True)
    assert why.startswith("The log shows more\n")


def test_a_paper_meets_the_duty_it_was_made_for_and_no_other(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    document = cli("issue", case, "notification", "--out", str(tmp_path / "n.pdf")).ref
    whom = ("--to", "All", "--channel", "e-mail")
    assert "no other duty" in cli.refused("sent", document, "--duty", "inform_subjects", *whom)
    cli("sent", document, "--duty", "notify_authority", *whom)


@pytest.mark.parametrize(
    "words",
    [["sent", "1", "--duty", "notify_authority", "--to", "x", "--channel", "y", "--attach"],
     ["evidence", "add", "1"], ["import"], ["letters", "1", "--recipients"]],
)  # fmt: skip
def test_a_file_that_is_not_there_is_said_in_the_readers_language(
    cli: Cli, case: str, words: list[str]
) -> None:
    assert case
    told = cli.refused("--lang", "nb", *words, "/no/such/file")
    assert "No such file" not in told
    assert "finnes ikke" in told


def test_a_no_after_the_sending_asks_for_a_withdrawal_and_its_sending_settles_it(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    whom = ("--to", "Datatilsynet", "--channel", "Altinn")
    cli("sent", case, "--duty", "notify_authority", *whom)
    why = ("--because", "The list held made-up names only; the vendor has shown it")
    said = cli("decide", case, "is_breach", "--outcome", "no", *why, "--json").json
    assert said["next_step"]["id"] == "withdraw"
    assert cli("draft", case, "notification", "--json").json["phase"] == "withdrawal"
    assert cli("edpb", case, "--json").json["phase"] == "withdrawal"
    assert [one["what"] for one in cli("due", "--json").json] == ["Withdraw the notification"]
    paper = cli("issue", case, "notification", "--out", str(tmp_path / "w.pdf")).ref
    said = cli("sent", paper, *whom, "--json").json
    assert said["next_step"]["id"] == "close"
    assert cli("due", "--json").json == []


def test_a_no_before_anything_was_sent_owes_no_withdrawal(cli: Cli, case: str) -> None:
    why = ("--because", "The list held made-up names only; the vendor has shown it")
    cli("decide", case, "is_breach", "--outcome", "no", *why)
    said = cli("sent", case, "--duty", "notify_authority", "--to", "DT", "--channel", "Altinn",
               "--json").json  # fmt: skip
    assert said["next_step"]["id"] != "withdraw"


def test_a_paper_says_its_language_and_why(cli: Cli, case: str, profile: Path, out: Path) -> None:
    cli.environ["BREACHDESK_LANG"] = "nb"
    assert "ingen virksomhet er lest inn" in cli("draft", case, "notification").err
    text = profile.read_text(encoding="utf-8").replace('language = "nb"', 'language = "en"')
    english = out.with_name("english.toml")
    english.write_text(text, encoding="utf-8")
    cli("organisation", "import", str(english))
    drafted = cli("draft", case, "notification").err
    assert "språket til virksomheten" in drafted
    assert "«--lang nb»" in drafted
    issued = cli("issue", case, "notification", "--out", str(out))
    assert "språket til virksomheten" in issued.out
    assert "paper_lang" in issued.err
    cli.environ["BREACHDESK_PAPER_LANG"] = "nb"
    drafted = cli("draft", case, "notification").err
    assert "innstillingen paper_lang." in drafted
    assert "«--lang nb»" not in drafted
