"""Is there anything to read in what a person typed?"""

OWNER_LENGTH = 200
"""Longest name of who finds something out."""
SEARCH_LENGTH = 500
"""Longest text to look for."""


def says_something(text: str) -> bool:
    """Is there a letter or a digit? Spaces, dots and unseen characters say nothing."""
    return any(one.isalnum() for one in text)
