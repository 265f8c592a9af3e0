from pathlib import Path

import pytest

from breachdesk.cli import demonstrating
from breachdesk.forms import find_forms, load
from tests.cli.runner import Cli

PAPERS = {
    "notification.pdf", "communication.pdf", "register-entry.pdf", "timeline.pdf", "timeline.csv",
    "timeline.md", "timeline.json", "timesketch.jsonl", "register.csv", "register.json",
    "register.pdf",
}  # fmt: skip


def commands(told: str) -> list[str]:
    return [line.strip()[2:] for line in told.splitlines() if line.strip().startswith("$ ")]


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_the_demo_does_the_whole_job_and_its_desk_can_be_opened(
    bare: Cli, tmp_path: Path, lang: str
) -> None:
    folder = tmp_path / "demo"
    told = bare("demo", "--dir", str(folder), "--lang", lang).out
    assert {one.name for one in (folder / "papers").iterdir()} >= PAPERS
    assert str(folder / "papers") in told
    assert not bare.home.exists()
    bare.environ |= {
        "BREACHDESK_HOME": str(folder / "desk"),
        "BREACHDESK_PASSPHRASE_FILE": str(folder / "passphrase.txt"),
    }
    case = bare("show", "1", "--json").json
    assert [one["state"] for one in case["clock"]] == ["met", "met"]
    assert case["assessment"]["risk"] == "high_risk"
    assert {one["lang"] for one in case["documents"]} == {lang}
    assert [one["id"] for one in case["unknown"]] == ["data_location_now"]
    assert bare("verify", "--json").json["ok"]


def test_what_the_demo_shows_can_be_typed(
    bare: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first commands, word for word, on another desk in the demo's folder."""
    import shlex

    folder = tmp_path / "demo"
    told = bare("demo", "--dir", str(folder)).out
    monkeypatch.chdir(folder)
    bare.environ["BREACHDESK_PASSPHRASE_FILE"] = str(folder / "passphrase.txt")
    bare("init", "--no-recovery")
    typed = [part.strip() for line in commands(told) for part in line.split("&&")]
    for line in typed:
        words = shlex.split(line.removeprefix("breachdesk "))
        if words[0] == "sent":
            words[1:2] = ["1", "--duty", "notify_authority"]
        bare(*words)
    assert bare("show", "1", "--json").json["clock"][0]["state"] == "met"


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(load(find_forms()).sample_profiles()))
def test_every_sample_organisation_can_be_shown(bare: Cli, tmp_path: Path, name: str) -> None:
    bare("demo", "--dir", str(tmp_path / "demo"), "--org", name)


def test_a_folder_with_something_in_it_is_refused(bare: Cli, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert "not empty" in bare.refused("demo", "--dir", str(tmp_path))
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]
    assert "cannot be used" in bare.refused("demo", "--dir", str(tmp_path / "mine.txt"))


def test_an_organisation_that_is_not_there_is_refused(bare: Cli, tmp_path: Path) -> None:
    assert "customer-platform" in bare.refused(
        "demo", "--org", "acme", "--dir", str(tmp_path / "d")
    )
    assert not (tmp_path / "d").exists()


def test_without_a_folder_a_new_one_is_made_here(
    bare: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del bare
    monkeypatch.chdir(tmp_path)
    demonstrating._folder(None)
    demonstrating._folder(None)
    assert {one.name for one in tmp_path.iterdir()} == {"breachdesk-demo", "breachdesk-demo-2"}


def test_where_nothing_can_be_written_the_temporary_folder_is_taken(
    bare: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del bare
    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setattr("tempfile.mkdtemp", lambda **_: str(tmp_path / "t"))
    assert demonstrating._folder(None) == tmp_path / "t"


def test_it_can_open_the_desk_on_the_screen_afterwards(
    bare: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import breachdesk.tui.app

    doors: list[object] = []

    def run(door: object, _: object) -> int:
        doors.append(door)
        return 0

    monkeypatch.setattr(breachdesk.tui.app, "run", run)
    bare("demo", "--dir", str(tmp_path / "demo"), "--open")
    assert getattr(doors[0], "home", None) == tmp_path / "demo" / "desk"
