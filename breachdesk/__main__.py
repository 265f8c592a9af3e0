"""``breachdesk`` and ``python -m breachdesk``: a process of our own, from start to end.

Nearly all that is made while the program loads stays as long as the process does. Looking through
it for garbage, again and again and once more at the end, took a quarter of a short command's time.
"""

import gc
import sys

__all__ = ["main"]

OBJECTS = 50_000
"""New objects after which the youngest are looked through for circles; Python's own is 700."""


def main() -> int:
    """Carry out the command line of this process and return the exit code."""
    gc.set_threshold(OBJECTS, *gc.get_threshold()[1:])
    from breachdesk.cli.main import main as carry_out

    try:
        return carry_out()
    finally:
        gc.freeze()  # what is still there goes with the process


if __name__ == "__main__":
    sys.exit(main())
