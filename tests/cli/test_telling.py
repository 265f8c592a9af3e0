import csv
import io
import json
from pathlib import Path

import pytest

from breachdesk.forms import find_forms, load
from breachdesk.language.words import WORDS
from breachdesk.terms import Lang
from tests.cli.runner import Cli


def test_a_line_is_written_with_its_own_time_and_kind(cli: Cli, case: str) -> None:
    said = cli(
        "note", case, "The recipient deleted it", "--at", "16:05", "--kind", "action",
        "--fidelity", "hour", "--source", "phone", "--json",
    ).json  # fmt: skip
    line = next(one for one in said["timeline"] if one["kind"] == "action")
    assert set(line) == {
        "id", "occurred_at", "fidelity", "recorded_at", "kind", "text", "source", "by",
    }  # fmt: skip
    assert line["occurred_at"] == "2026-11-20T15:05:00+00:00"
    assert line["recorded_at"] == "2026-11-20T15:30:00+00:00"
    assert (line["text"], line["source"]) == ("The recipient deleted it", "phone")
    assert (line["fidelity"], line["by"]) == ("hour", "Kari Nordmann")


def test_a_line_may_come_from_a_pipe(cli: Cli, case: str) -> None:
    said = cli("note", case, "-", "--json", stdin="To linjer\nfra en logg æøå\n".encode()).json
    assert said["timeline"][-1]["text"] == "To linjer\nfra en logg æøå"
    assert cli.refused("note", case, "-", stdin=b"") == "“text” is empty. Fill it in."
    assert "not UTF-8" in cli.refused("note", case, "-", stdin=b"caf\xe9")
    assert "no character" in cli.refused("note", case, "-", stdin=b"a\0b")


@pytest.mark.parametrize(
    "arguments", [["--kind", "poem"], ["--fidelity", "vague"], ["--at", "tomorrow 12:00"]]
)
def test_a_line_that_cannot_be_taken_is_refused(cli: Cli, case: str, arguments: list[str]) -> None:
    cli.refused("note", case, "Text", *arguments)
    assert len(cli("show", case, "--json").json["timeline"]) == 2


def test_the_timeline_is_given_in_every_text_format(cli: Cli, case: str) -> None:
    rows = list(csv.reader(io.StringIO(cli("timeline", case, "--format", "csv").out)))
    assert len(rows) == 3
    assert len(json.loads(cli("timeline", case, "--format", "json").out)) == 2
    for form in ("jsonl", "timesketch"):
        lines = cli("timeline", case, "--format", form).out.splitlines()
        assert [json.loads(line) for line in lines]
    assert cli("timeline", case, "--format", "md").out.startswith("# BD-2026-001")
    semicolons = cli("timeline", case, "--format", "csv", "--lang", "nb").out
    assert semicolons.splitlines()[0].count(";") == len(rows[0]) - 1


def test_a_csv_file_makes_timesketch_its_csv(cli: Cli, case: str) -> None:
    path = cli.home.parent / "timeline.csv"
    said = cli("timeline", case, "--format", "timesketch", "--out", str(path))
    assert (said.out, str(path) in said.err) == ("", True)
    assert path.read_text(encoding="utf-8").startswith("message,datetime,")


@pytest.mark.parametrize("command", [["timeline", "1"], ["register"]], ids=" ".join)
def test_a_pdf_goes_to_a_file_only(cli: Cli, case: str, command: list[str]) -> None:
    del case
    path = cli.home.parent / "out.pdf"
    assert "Say where it goes" in cli.refused(*command, "--format", "pdf")
    cli(*command, "--format", "pdf", "--out", str(path))
    assert path.read_bytes().startswith(b"%PDF-")
    assert "there already" in cli.refused(*command, "--format", "pdf", "--out", str(path))


@pytest.mark.parametrize("command", [["timeline", "1"], ["register"]], ids=" ".join)
def test_a_format_that_is_not_known_is_refused(cli: Cli, case: str, command: list[str]) -> None:
    del case
    assert "Choose one of: csv, json" in cli.refused(*command, "--format", "xlsx")


def test_the_register_leaves_drills_out(cli: Cli, case: str) -> None:
    cli("new", "A drill", "--drill", "--aware", "now")
    told = cli("register").out
    assert "Payroll list" in told
    assert "A drill" not in told
    entries = json.loads(cli("register", "--format", "json").out)
    assert [one["ref"] for one in entries] == [case]
    assert json.loads(cli("register", "--format", "json", "--year", "2025").out) == []
    cli.refused("register", "--year", "this")


def test_a_file_is_whole_or_not_there(cli: Cli, case: str, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    target = folder / "link"
    target.symlink_to(tmp_path / "nowhere" / "x")
    cli("timeline", case, "--format", "md", "--out", str(target), "--force")
    assert not target.is_symlink()
    assert [one.name for one in folder.iterdir()] == ["link"]


def test_without_a_format_the_timeline_is_lines_to_read(cli: Cli, case: str) -> None:
    said = cli("timeline", case).out.splitlines()
    assert said[0] == "BD-2026-001  Payroll list"
    assert said[-1].strip() == "Fri 20 Nov 2026 16:30  Logged: Payroll list"


def test_json_is_a_format_of_timeline_and_register(cli: Cli, case: str) -> None:
    for command in (["timeline", case], ["register"]):
        asked = cli(*command, "--format", "json").out
        assert json.loads(asked)
        assert cli(*command, "--json").out == asked
        assert cli("--json", *command, "--format", "JSON").out == asked
        told = cli.refused(*command, "--json", "--format", "csv")
        assert told == "--json and --format csv exclude each other. Choose one."


def test_a_file_for_the_timeline_needs_a_format(cli: Cli, case: str) -> None:
    path = cli.home.parent / "timeline.txt"
    assert "Add --format: csv, json" in cli.refused("timeline", case, "--out", str(path))
    assert not path.exists()


def test_a_text_that_looks_like_an_option_stands_after_two_hyphens(cli: Cli, case: str) -> None:
    assert "after --, like: -- “-1”" in cli.refused("note", case, "-1")
    cli("note", case, "--", "-1")
    assert cli("show", case, "--json").json["timeline"][-1]["text"] == "-1"


def test_the_timeline_paper_knows_every_kind_of_line(cli: Cli, case: str, tmp_path: Path) -> None:
    file = tmp_path / "log.txt"
    file.write_text("a line", encoding="utf-8")
    piece = cli("evidence", "add", case, str(file)).ref
    cli("evidence", "export", piece, "--out", str(tmp_path / "copy.txt"), "--purpose", "Inquiry",
        "--to", "Police")  # fmt: skip
    for lang in ("nb", "en"):
        out = tmp_path / f"timeline.{lang}.pdf"
        cli("timeline", case, "--format", "pdf", "--lang", lang, "--out", str(out))
        assert out.read_bytes().startswith(b"%PDF")
        texts = load(find_forms()).wording("timeline", Lang(lang)).texts
        assert {f"kind.{one}" for one in WORDS["TimelineKind"]} <= set(texts)
