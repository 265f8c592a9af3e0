"""Quiet text inside a line: Textual's ``$text-muted`` suits whole widgets only."""

MUTED = "$foreground 62%"
