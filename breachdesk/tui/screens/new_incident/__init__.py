"""Log an incident: two fields, then the clock runs."""

from breachdesk.tui.screens.new_incident.naming import FIELDS, MISDIRECTED, PLACE
from breachdesk.tui.screens.new_incident.screen import NewIncidentScreen

__all__ = ["FIELDS", "MISDIRECTED", "PLACE", "NewIncidentScreen"]
