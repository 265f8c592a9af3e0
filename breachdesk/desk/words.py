"""Is there anything to read in what a person typed?"""

OWNER_LENGTH = 200
"""Longest name of who finds something out."""
SEARCH_LENGTH = 500
"""Longest text to look for."""


def says_something(text: str) -> bool:
    """Is there a letter, digit or sign that can be seen? Spaces and unseen characters are none."""
    return any(one.isprintable() and not one.isspace() for one in text)
