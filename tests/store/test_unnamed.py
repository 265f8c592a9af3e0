"""A file that somebody else will read has no name until it is whole: a kill leaves nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from breachdesk.errors import RefusedError
from breachdesk.store import files
from breachdesk.store.files import create_whole, replace_whole, streamed_private
from breachdesk.store.store import open_store
from tests.store.making import key_of

KILLED = """
import os, signal, sys
from pathlib import Path
from breachdesk.store.files import streamed_private
with streamed_private(Path(sys.argv[1]), force=True) as (file, name_it):
    file.write(b"readable by anybody " * 100_000)
    file.flush()
    os.fsync(file.fileno())
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(params=["without a name", "named beside"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to write, whatever this file system can."""
    if request.param == "named beside":
        monkeypatch.setattr(files, "_without_a_name", lambda _: None)
    return str(request.param)


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="no files without a name here")
@pytest.mark.parametrize("is_there", [False, True])
def test_a_kill_leaves_nothing_and_the_old_file_stands(tmp_path: Path, *, is_there: bool) -> None:
    target = tmp_path / "case.zip"
    if is_there:
        target.write_bytes(b"older")
    done = subprocess.run([sys.executable, "-c", KILLED, target], check=False)
    assert done.returncode == -9
    assert [one.name for one in tmp_path.iterdir()] == (["case.zip"] if is_there else [])
    assert not is_there or target.read_bytes() == b"older"


@pytest.mark.usefixtures("way")
def test_it_gets_its_name_when_all_is_in_it_and_never_over_another(tmp_path: Path) -> None:
    target = tmp_path / "case.zip"
    with streamed_private(target) as (file, name_it):
        file.write(b"whole")
        assert not target.exists()
        name_it()
    assert target.read_bytes() == b"whole"
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        create_whole(target, b"another", mark="x")
    with streamed_private(tmp_path / "late.zip") as (file, name_it):
        (tmp_path / "late.zip").write_bytes(b"somebody else's")
        with pytest.raises(RefusedError, match="there already"):
            name_it()
    with streamed_private(target, force=True) as (file, name_it):
        file.write(b"newer")
        name_it()
    assert target.read_bytes() == b"newer"
    replace_whole(target, b"newest")
    assert target.read_bytes() == b"newest"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["case.zip", "late.zip"]


def test_what_a_killed_backup_left_goes_when_the_desk_is_opened(home: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, text=True, check=True).stdout.strip()  # fmt: skip
    left, busy = home / f"backup-{gone}-abc", home / f"backup-{os.getpid()}-abc"
    for one in (left, busy):
        one.mkdir()
        (one / "desk.db").write_bytes(b"x")
    open_store(home, key_of(home)).close()
    assert not left.exists()
    assert busy.exists(), "that program still runs"
