"""Lock a file as the system does it: it lets go when the program ends, however it ends."""

import sys


def lock(descriptor: int, *, waits: bool = False) -> None:
    """Take an open file for this program alone.

    Args:
        descriptor: of the file, open for writing.
        waits: wait until another program lets go.

    Raises:
        OSError: another program has it, or the system cannot lock it.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
