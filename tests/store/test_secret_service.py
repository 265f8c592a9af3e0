"""The key in a real Secret Service: gnome-keyring under a D-Bus session of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system
NEEDED = ("dbus-run-session", "gnome-keyring-daemon", "bash")
RUN = (
    'printf "test-only\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; '
    'exec "$0" -m tests.store.ringed "$1"'
)


def test_a_desk_lives_with_its_key_in_a_secret_service_and_survives_losing_it(
    tmp_path: Path,
) -> None:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"no Secret Service here: {', '.join(missing)} is not installed")
    pytest.importorskip("secretstorage", reason="no Secret Service here: not Linux")
    own = {name: tmp_path / name for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME")}
    for folder in own.values():
        folder.mkdir(mode=0o700)
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", RUN, sys.executable, str(tmp_path)],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(sys.path),
            **{name: str(folder) for name, folder in own.items()},
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said.pop("backend") in {
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.chainer",
    }
    assert said == {
        "made": "keyring",
        "opened": "keyring",
        "held": True,
        "written": 6,
        "locked": "The desk is locked: your keyring does not hold its key.",
        "by_code": "recovery",
        "notes": ["The key is in your keyring again; the next start asks nothing."],
        "still_there": 6,
        "afterwards": "keyring",
        "remembers": 6,
    }
