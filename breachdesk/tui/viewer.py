"""The system's own viewer for a file, if this machine has one in reach."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def system_viewer() -> str:
    """Return the program that opens files with their own viewer; empty when there is none.

    Over SSH or on a machine without a desktop there is none.
    """
    if sys.platform == "darwin":
        return shutil.which("open") or ""
    has_desktop = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return (shutil.which("xdg-open") or "") if has_desktop else ""


def show_file(viewer: str, path: Path) -> None:
    """Open a file with the viewer, and go on."""
    subprocess.Popen(  # noqa: S603 - the viewer was found by name, the path is our own file
        [viewer, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
