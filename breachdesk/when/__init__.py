"""Times as people type them, in English and bokmål, read strictly and read back in full."""

from breachdesk.when.jumps import ClockWatch, ticks
from breachdesk.when.readback import echo
from breachdesk.when.reading import read_day, read_due, read_past

__all__ = ["ClockWatch", "echo", "read_day", "read_due", "read_past", "ticks"]
