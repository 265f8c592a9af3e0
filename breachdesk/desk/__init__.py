"""The front desk: one counter for each step of the work, one method for each verb."""

from breachdesk.desk.assessment import AnswerReport
from breachdesk.desk.desk import Desk
from breachdesk.desk.papers import Issued
from breachdesk.desk.sheets import Sheet

__all__ = ["AnswerReport", "Desk", "Issued", "Sheet"]
