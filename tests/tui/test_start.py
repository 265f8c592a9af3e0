"""The first screen is painted before the desk, its records and the database are loaded."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIRST_FRAME = """
import sys
from tests.bench.first_frame import run_until_first_frame
assert run_until_first_frame()
heavy = ("sqlmodel", "sqlalchemy", "pydantic", "reportlab", "keyring", "sqlcipher3",
         "breachdesk.desk", "breachdesk.records", "breachdesk.store", "breachdesk.tui.screens.home")
print(*[name for name in heavy if name in sys.modules])
"""


def test_the_first_frame_stands_before_the_database_is_loaded() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""
