"""Lists of recipients as people have them: CSV from spreadsheets and registers, never kept.

Bytes become recipients ready to be printed, and problems with row, line and reason. A row with any
doubt about it is not printed: a letter about a breach that goes astray is a breach of its own.
"""

from breachdesk.exchange.recipients.checks import Checks
from breachdesk.exchange.recipients.reading import Problem, Recipients, read_recipients

__all__ = ["Checks", "Problem", "Recipients", "read_recipients"]
