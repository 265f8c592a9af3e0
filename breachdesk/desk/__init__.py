"""The front desk: one counter for each step of the work, one method for each verb."""

from breachdesk.desk.desk import Desk
from breachdesk.desk.sheets import Sheet

__all__ = ["Desk", "Sheet"]
