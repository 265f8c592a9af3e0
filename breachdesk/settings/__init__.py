"""Settings: flags before BREACHDESK_* variables before config.toml before defaults."""

from breachdesk.settings.keeping import remember
from breachdesk.settings.reading import read_settings, spoken_language
from breachdesk.settings.values import Origin, Settings, Source

__all__ = ["Origin", "Settings", "Source", "read_settings", "remember", "spoken_language"]
