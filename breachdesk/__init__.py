"""The desk for a personal data breach: log, assess, clock, decide, generate, export."""

__version__ = "0.1.0"
