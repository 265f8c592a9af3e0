"""The interface in the reader's language: sentences from the catalogue, dates and numbers by Babel.

Only here do a `Message` and an enum become words, and only here is foreign text made harmless.
"""

from breachdesk.language.cleaning import as_json, clean, plain
from breachdesk.language.speaker import Speaker
from breachdesk.language.veil import veiled

__all__ = ["Speaker", "as_json", "clean", "plain", "veiled"]
