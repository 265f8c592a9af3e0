"""The system's folder for what an account needs while it is logged in, where it can be trusted."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

_VARIABLE = "XDG_RUNTIME_DIR"
_OTHERS = 0o077


def runtime_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the folder; None where there is none, or where others could put something into it.

    The XDG Base Directory Specification has it belong to the account, with the rights 0700; it is
    gone when the account logs out. A folder below ``/tmp`` that anybody could have made first, as
    is customary elsewhere, is never taken.

    Args:
        environ: The environment.
    """
    named = Path(environ.get(_VARIABLE, ""))
    if not named.is_absolute() or not hasattr(os, "getuid"):
        return None
    try:
        found = named.lstat()
    except OSError:
        return None
    is_ours = found.st_uid == os.getuid() and not found.st_mode & _OTHERS
    return named if is_ours and stat.S_ISDIR(found.st_mode) else None
