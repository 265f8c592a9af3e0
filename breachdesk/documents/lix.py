"""How hard a letter is to read, by LIX (Björnsson 1968): length of sentences, share of long words.

Below 40 is plain for most people. It counts lengths only; a person's eye stays the better judge.
"""

import re
from collections.abc import Iterator

from breachdesk.documents.draft import Bullets, Draft, Gap, Paragraph

PLAIN = 40
"""A letter to people should stay below."""
_LONG = 6
"""A word with more letters is a long one."""
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_END = re.compile(r"[.:!?]+(?=\s|$)")


def lix_of(draft: Draft) -> int | None:
    """Return the LIX of a paper's running text; None when it has none."""
    texts = list(_texts(draft))
    words = [word for text in texts for word in _WORD.findall(text)]
    if not words:
        return None
    sentences = sum(max(len(_END.findall(text)), 1) for text in texts)
    long = sum(len(word) > _LONG for word in words)
    return round(len(words) / sentences + 100 * long / len(words))


def _texts(draft: Draft) -> Iterator[str]:
    for section in draft.sections:
        for block in section.blocks:
            match block:
                case Paragraph(text) | Gap(text):
                    yield text
                case Bullets(items):
                    yield from items
                case _:
                    pass
