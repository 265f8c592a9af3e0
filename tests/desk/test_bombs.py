"""A small file that would take all memory once it is read is refused before it is."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from breachdesk.errors import RefusedError
from breachdesk.exchange.pack import verifier
from breachdesk.exchange.parcel import read_parcel
from tests.desk.desks import new_desk
from tests.desk.packs import Files, signed_anew

MANY = b"[" + b"[]," * 7_000_000 + b"[]]"
MEMORY = 700 * 1024 * 1024
"""Bytes a receiver's Python may take; what is parsed first takes several times that."""
BOUNDED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def bomb(path: Path, name: str) -> Path:
    files: Files = {"case.json": b"{}", "chain.jsonl": b"", name: MANY}
    manifest = (
        b'{"format": "breachdesk-pack/1", "kind": "whole", "ref": "BD-2026-001", '
        b'"made_at": "2026-11-20T10:00:00+00:00", "case_head": "", "files": {}}'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        for one, content in signed_anew({**files, "manifest.json": manifest}).items():
            whole.writestr(one, content)
    return path


@pytest.mark.parametrize("name", ["case.json", "chain.jsonl"])
def test_a_pack_of_very_many_values_is_refused_by_the_desk_and_by_its_own_script(
    tmp_path: Path, name: str
) -> None:
    pack = bomb(tmp_path / "bomb.zip", name)
    assert pack.stat().st_size < 100_000
    desk = new_desk(tmp_path)
    with pytest.raises(RefusedError, match="cannot be imported as a pack"):
        desk.unpacking.take(pack)
    desk.close()
    script = tmp_path / "verify.py"
    script.write_bytes(verifier())
    done = subprocess.run(
        [sys.executable, "-I", "-c", BOUNDED, str(MEMORY), str(script), str(pack)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, "")
    assert name in done.stdout


def test_a_case_file_of_very_many_values_is_refused_before_it_is_read() -> None:
    with pytest.raises(RefusedError, match="more values than any case"):
        read_parcel(MANY)
