"""The shipped forms, read once for a whole run: no test changes them."""

from functools import cache
from pathlib import Path

import breachdesk.forms
from breachdesk.forms import Forms

_load = cache(breachdesk.forms.load)


def load_once(folder: Path, extra: Path | None = None) -> Forms:
    """Read the shipped forms once; a desk with forms of its own is read anew."""
    if extra is not None and extra.is_dir():
        return _load.__wrapped__(folder, extra)
    return _load(folder)
