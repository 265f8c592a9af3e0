"""What the process itself gives away: rights of new files, memory dumps, other processes' eyes."""

import os
import sys
from contextlib import suppress

_NOT_DUMPABLE = 4
"""``PR_SET_DUMPABLE`` of Linux's prctl."""
_ONLY_MINE = 0o077


def keep_to_ourselves() -> None:
    """Make new files the owner's alone, and let no crash write this process's memory to a disk.

    On Linux other processes of the same account can then not read this memory either, unless they
    run as root. What the system does not offer is left out.
    """
    os.umask(_ONLY_MINE)
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _hide_memory()


def _hide_memory() -> None:
    with suppress(ImportError, OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(_NOT_DUMPABLE, 0, 0, 0, 0)
