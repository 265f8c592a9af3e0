"""``breachdesk`` and ``python -m breachdesk``."""

import sys

from breachdesk.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
