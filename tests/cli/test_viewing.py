"""Evidence on the terminal: looked at with a purpose, and what stayed at another desk."""

import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import breachdesk.tui.viewer
from tests.cli.runner import Cli, Said

MAIL = b"From: kari@example.no\n"
WHY = "Hvem er rammet"


@pytest.fixture(autouse=True)
def no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


def taken_in(cli: Cli, case: str, folder: Path, *more: str, name: str = "mail.eml") -> str:
    path = folder / name
    path.write_bytes(MAIL)
    return cli("evidence", "add", case, str(path), *more).ref


def look(cli: Cli, piece: str, done: Callable[[], str], *more: str, code: int = 0) -> Said:
    """Look at a piece; `done` is called when the program asks whether the person is done."""
    there = cli.stage()
    cli.patch.setattr(cli, "stage", lambda: replace(there, ask=lambda _: done()))
    return cli("evidence", "view", piece, "--purpose", WHY, *more, code=code)


def copies(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("evd-*") if path.parent.name.startswith("view-")]


def test_the_copy_is_there_until_enter_and_the_look_is_recorded(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    piece = taken_in(cli, case, tmp_path)
    seen: list[bytes] = []

    def done() -> str:
        (copy,) = copies(cli.home / "viewing")
        seen.append(copy.read_bytes())
        return ""

    said = look(cli, piece, done)
    assert seen == [MAIL]
    assert copies(cli.home) == []
    assert f"{piece}.eml" in said.out
    assert all(MAIL not in path.read_bytes() for path in cli.home.rglob("*") if path.is_file())
    (use,) = cli("evidence", "list", case, "--json").json[0]["uses"]
    assert (use["kind"], use["purpose"], use["place"]) == ("viewed", WHY, None)
    assert "was viewed by" in cli("evidence", "list", case).out
    paper = tmp_path / "timeline.pdf"
    cli("timeline", case, "--format", "pdf", "--lang", "nn", "--out", str(paper))
    assert paper.read_bytes().startswith(b"%PDF")
    assert cli("verify", "--json").json["ok"] is True


def test_the_copy_lies_in_the_private_runtime_folder_where_there_is_one(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    piece, found = taken_in(cli, case, tmp_path), []
    cli.environ["XDG_RUNTIME_DIR"] = str(runtime)
    look(cli, piece, lambda: found.extend(copies(runtime / "breachdesk")) or "")
    assert [path.name for path in found] == [f"{piece}.eml"]
    assert copies(tmp_path) == []
    runtime.chmod(0o755)
    assert cli("locate", "--json").json["viewing"] == str(cli.home / "viewing")


def test_a_viewer_is_given_the_path_and_nothing_else(
    cli: Cli, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, Path]] = []
    monkeypatch.setattr(breachdesk.tui.viewer, "system_viewer", lambda: "viewer")
    monkeypatch.setattr(breachdesk.tui.viewer, "show_file", lambda *args: opened.append(args))
    piece = taken_in(cli, case, tmp_path, name="Kari Li.html")
    look(cli, piece, lambda: "")
    look(cli, taken_in(cli, case, tmp_path, name="x.pdf.exe"), lambda: "")
    ((viewer, path),) = opened
    assert (viewer, path.name) == ("viewer", f"{piece}.txt")


def test_with_nobody_at_the_terminal_it_is_refused_and_says_what_to_do(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    piece = taken_in(cli, case, tmp_path)
    assert "evidence export" in cli.refused("evidence", "view", piece, "--purpose", WHY)
    assert cli("evidence", "list", case, "--json").json[0]["uses"] == []
    assert not (cli.home / "viewing").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_closed_terminal_takes_the_copy_with_it(
    cli: Cli, case: str, tmp_path: Path, number: signal.Signals
) -> None:
    piece, there = taken_in(cli, case, tmp_path), signal.getsignal(number)

    def done() -> str:
        assert len(copies(cli.home)) == 1
        os.kill(os.getpid(), number)
        return "not reached"

    with pytest.raises(SystemExit) as ended:
        look(cli, piece, done)
    assert ended.value.code == 128 + number
    assert copies(cli.home) == []
    assert signal.getsignal(number) is there


def test_the_end_of_input_counts_as_done(cli: Cli, case: str, tmp_path: Path) -> None:
    def done() -> str:
        raise EOFError

    look(cli, taken_in(cli, case, tmp_path), done)
    assert copies(cli.home) == []


def test_a_piece_by_reference_says_whether_it_is_the_same(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    piece = taken_in(cli, case, tmp_path, "--reference")
    assert "is as it was taken in" in look(cli, piece, lambda: "never asked").out
    (tmp_path / "mail.eml").write_bytes(b"another")
    assert "CHANGED" in look(cli, piece, lambda: "never asked", code=1).out
    assert [use["kind"] for use in cli("evidence", "list", case, "--json").json[0]["uses"]] == [
        "viewed", "viewed",
    ]  # fmt: skip


def left_behind(cli: Cli) -> Path:
    folder = cli.home / "viewing" / "view-left"
    folder.mkdir(parents=True)
    (folder / "evd-x.txt").write_bytes(MAIL)
    return folder


def test_what_a_crash_left_goes_at_the_next_start_and_is_named(cli: Cli, case: str) -> None:
    left = left_behind(cli)
    said = cli("list")
    assert str(left) in said.err
    assert case in said.out
    assert not left.exists()
    assert str(left) not in cli("list").err


def test_doctor_removes_it_even_if_the_desk_does_not_open(cli: Cli, case: str) -> None:
    del case
    left = left_behind(cli)
    del cli.environ["BREACHDESK_PASSPHRASE_FILE"]
    checks = json.loads(cli("doctor", "--json", code=1).out)["checks"]
    found = {one["id"]: one for one in checks}
    assert not found["desk"]["ok"]
    assert found["copies"]["ok"]
    assert str(left) in found["copies"]["found"]
    assert not left.exists()


def test_what_stayed_at_another_desk_is_no_fault_and_is_said(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    taken_in(cli, case, tmp_path)
    out = tmp_path / "case.json"
    cli("export", case, "--out", str(out))
    there = cli("import", str(out)).ref
    checked = cli("evidence", "check", "--json").json
    assert checked["ok"] is True
    assert [one["state"] for one in checked["checked"]] == ["same", "elsewhere"]
    told = cli("evidence", "check").out
    assert "stayed at the desk it came from" in told
    assert "Checked 1, wrong 0." in told
    assert cli("verify", "--json").json["ok"] is True
    (piece,) = cli("evidence", "list", there, "--json").json
    assert piece["keeping"] == "elsewhere"
    assert "not here: it stayed at the desk it came from" in cli("evidence", "list", there).out
    assert "ikke her" in cli("evidence", "list", there, "--lang", "nb").out
    assert "stayed at the desk" in cli("timeline", there, "--format", "md").out
    refusal = cli.refused(
        "evidence", "export", piece["id"], "--out", str(tmp_path / "o"), "--to", "A",
        "--purpose", "B",
    )  # fmt: skip
    assert "stayed at the desk it came from" in refusal or "pack" in refusal


def test_exported_again_it_stays_the_same(cli: Cli, case: str, tmp_path: Path) -> None:
    taken_in(cli, case, tmp_path)
    files = [tmp_path / f"{one}.json" for one in range(3)]
    ref = case
    for file in files:
        cli("export", ref, "--out", str(file))
        ref = cli("import", str(file)).ref
    _, second, third = (json.loads(file.read_text())["rows"]["evidence"][0] for file in files)
    for one in (second, third):
        del one["id"], one["incident_id"]
    assert second == third
