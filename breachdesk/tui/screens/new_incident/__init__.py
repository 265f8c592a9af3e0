"""Log an incident: two fields, then the clock runs."""

from breachdesk.tui.screens.new_incident.screen import PLACE, NewIncidentScreen

__all__ = ["PLACE", "NewIncidentScreen"]
