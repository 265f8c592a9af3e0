"""What the system and the TOML reader complain of, in our own sentences: theirs are English."""

import errno
import re
from collections.abc import Mapping

from breachdesk.message import Message, say

_DISK: Mapping[int, Message] = {
    errno.ENOENT: say("there is no such file or folder"),
    errno.EACCES: say("this user may not"),
    errno.EPERM: say("this user may not"),
    errno.EISDIR: say("it is a folder"),
    errno.ENOTDIR: say("part of the path is no folder"),
    errno.EEXIST: say("it is there already"),
    errno.ENOSPC: say("the disk is full"),
    errno.EDQUOT: say("this user's share of the disk is full"),
    errno.EROFS: say("the disk can only be read"),
    errno.ENAMETOOLONG: say("the name is too long"),
    errno.ELOOP: say("its links lead in a circle"),
    errno.EIO: say("the disk failed"),
    errno.ENXIO: say("nothing answers there"),
    errno.EMFILE: say("too many files are open"),
    errno.ENFILE: say("too many files are open"),
}
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def disk_complaint(error: Exception) -> Message:
    """Return why a file cannot be used, as the end of a sentence.

    Args:
        error: From the system, or what Python says of a path that no system could take.
    """
    if not isinstance(error, OSError):
        return say("no file can have such a name")
    known = _DISK.get(error.errno or 0)
    return known or say("the system gives error {number}", number=str(error.errno or "?"))


def toml_complaint(error: Exception) -> Message:
    """Return where a text stops being TOML, as the end of a sentence."""
    if isinstance(error, RecursionError):
        return say("it is nested too deep")
    found = _PLACE.search(str(error))
    if found is None:
        return say("it ends too early")
    return say("line {line}, column {column}", line=found.group(1), column=found.group(2))
