import io
import sys

import pytest
from sqlalchemy import text

from breachdesk.cli.main import main
from breachdesk.store.engine import make_engine
from tests.cli.runner import Cli


def tamper(cli: Cli, statement: str) -> None:
    """Change the database behind the desk's back, as somebody with the key could."""
    from breachdesk.cli.door import DeskDoor
    from breachdesk.settings import read_settings

    door = DeskDoor(cli.stage(), read_settings({}, cli.environ))
    engine = make_engine(cli.home / "desk.db", door.key(seconds=0.1).key)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_an_untouched_desk_verifies_whole_and_by_case(cli: Cli, case: str) -> None:
    report = cli("verify", "--json").json
    assert set(report) >= {"ok", "entries", "head", "findings"}
    assert (report["ok"], report["findings"], len(report["head"])) == (True, [], 64)
    assert cli("verify", case, "--json").json["entries"] < report["entries"]
    assert "nothing wrong" in cli("verify").out


def test_a_changed_row_is_a_finding_that_names_it(cli: Cli, case: str) -> None:
    cli("note", case, "As it was")
    tamper(cli, "UPDATE note SET text = 'As it never was'")
    report = cli("verify", "--json", code=1).json
    (finding,) = report["findings"]
    assert set(finding) == {"kind", "seq", "subject"}
    assert (finding["kind"], finding["subject"][:4]) == ("row_changed", "nte-")
    told = cli("verify", code=1).out
    assert "a row was changed" in told
    assert cli("verify", case, code=1).out == told.replace(report["head"], report["head"])


def test_a_cut_tail_is_said_at_every_opening(cli: Cli, case: str) -> None:
    cli("note", case, "The last line")
    tamper(cli, "DELETE FROM note")
    tamper(cli, "DELETE FROM auditentry WHERE seq = (SELECT max(seq) FROM auditentry)")
    assert "breachdesk verify" in cli("list").err
    kinds = [one["kind"] for one in cli("verify", "--json", code=1).json["findings"]]
    assert "cut_tail" in kinds


def test_the_decided_examples_agree(cli: Cli) -> None:
    report = cli("selftest", "--json").json
    assert set(report) == {"cases", "agreed", "rows"}
    assert report["cases"] == report["agreed"] == len(report["rows"]) >= 24
    assert cli("selftest").out.rstrip().endswith("agree.")


def test_the_selftest_needs_no_desk(bare: Cli) -> None:
    assert bare("selftest", "--json").json["cases"]


def test_a_disagreeing_example_is_a_finding(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from breachdesk.rules import selftest

    run = selftest.run

    def one_off(*given: object, **named: object) -> object:
        first, *rest = run(*given, **named)  # type: ignore[arg-type]
        return (replace(first, agreed=False), *rest)

    monkeypatch.setattr(selftest, "run", one_off)
    assert "DIFFERS" in cli("selftest", code=1).out


def test_the_doctor_finds_nothing_wrong_with_a_fresh_desk(cli: Cli) -> None:
    report = cli("doctor", "--json").json
    assert report["ok"], report
    assert {one["id"] for one in report["checks"]} >= {
        "program", "terminal", "clock", "zone", "passphrase_file", "disk", "rights", "forms",
        "fonts", "desk", "chain", "clock_and_record", "record_times",
    }  # fmt: skip
    assert "LOOK" not in cli("doctor").out


def test_the_doctor_names_what_is_wrong(cli: Cli, case: str) -> None:
    del case
    (cli.home / "desk.db").chmod(0o644)
    cli.clock.move(days=-900)
    report = cli("doctor", "--json", code=1).json
    wrong = {one["id"] for one in report["checks"] if not one["ok"]}
    assert wrong == {"rights", "clock", "clock_and_record"}
    told = cli("doctor", code=1)
    assert "LOOK" in told.out
    assert "chmod 600" in told.err


def test_the_doctor_sees_a_missing_desk_and_a_missing_keyring(bare: Cli) -> None:
    checks = {one["id"]: one for one in bare("doctor", "--json", code=1).json["checks"]}
    assert not checks["desk"]["ok"]
    assert checks["keyring"]["ok"]
    bare.environ["BREACHDESK_PASSPHRASE_FILE"] = "/nowhere"
    assert "passphrase file" in bare("doctor", code=1).out


@pytest.mark.parametrize(
    "change",
    ["UPDATE register_row SET title = 'Nothing happened'", "DELETE FROM register_row",
     "DELETE FROM case_text"],
)  # fmt: skip
def test_the_doctor_names_a_list_apart_from_the_rows_and_makes_it_again(
    cli: Cli, case: str, change: str
) -> None:
    assert case
    tamper(cli, change)
    checks = {one["id"]: one for one in cli("doctor", "--json", code=1).json["checks"]}
    assert [name for name, one in checks.items() if not one["ok"]] == ["list"]
    assert "doctor --rebuild" in checks["list"]["remedy"]
    assert cli("doctor", "--rebuild", "--json").json["ok"]


def test_the_list_can_be_made_again(cli: Cli, case: str) -> None:
    before = cli("list", "--json").json
    tamper(cli, "DELETE FROM register_row")
    assert cli("list", "--json").json == []
    assert cli("doctor", "--rebuild", "--json").json["rebuilt"] == 1
    assert cli("list", "--json").json == before
    assert case in cli("list").out


def test_locate_says_where_things_are_and_where_settings_came_from(cli: Cli) -> None:
    said = cli("locate", "--json").json
    assert said["home"] == str(cli.home)
    assert said["database"].endswith("desk.db")
    sources = {one["name"]: one["source"] for one in said["settings"]}
    assert sources["actor"] == "BREACHDESK_ACTOR"
    assert sources["zone"] == "default"
    assert str(cli.home) in cli("locate").out


def test_doctor_and_locate_speak_the_reader_s_language(cli: Cli) -> None:
    said = cli("doctor", "--lang", "nb").out
    assert [line.split("  ")[1] for line in said.splitlines()][:4] == [
        "programmet", "terminalen", "maskinens klokke", "tidssone",
    ]  # fmt: skip
    places = cli("locate", "--lang", "nb").out
    assert "(standard)" in places
    assert not {"default", "database ", "own_forms"} & set(places.split())
    assert str(cli.home / "desk.db") in places


class Terminal(io.StringIO):
    """Somebody looks at it."""

    def isatty(self) -> bool:
        return True


def test_verify_tells_how_far_it_is_at_a_terminal_only(
    cli: Cli, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("verify", case).err == ""
    seen = Terminal()
    monkeypatch.setattr(sys, "stderr", seen)
    assert main(["verify"], cli.stage()) == 0
    assert "Verifying … 0 %" in seen.getvalue()
    assert "Verifying … 100 %" in seen.getvalue()
    assert seen.getvalue().endswith("\r\x1b[K")


def test_no_result_is_broken_inside_a_word_at_a_terminal(
    cli: Cli, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert case
    monkeypatch.setenv("COLUMNS", "80")
    words = cli("anchor", "--check", cli("anchor").out).out.split()
    anchor = cli("anchor").out
    seen = Terminal()
    monkeypatch.setattr(sys, "stdout", seen)
    assert main(["anchor", "--check", anchor], cli.stage()) == 0
    assert seen.getvalue().split() == words
    assert max(map(len, seen.getvalue().splitlines())) <= 80
    looked = Terminal()
    monkeypatch.setattr(sys, "stdout", looked)
    main(["doctor", "--lang", "nb"], cli.stage())
    assert "…" not in looked.getvalue().replace("…/", "")
    assert max(map(len, looked.getvalue().splitlines())) <= 80 + len(str(cli.home))


def test_the_newest_entry_of_an_empty_desk_is_no_dash(cli: Cli) -> None:
    assert "ingenting er ført ennå" in cli("doctor", "--lang", "nb").out
