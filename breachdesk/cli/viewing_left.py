"""Copies of evidence that were being looked at when the program ended: removed, and named."""

from pathlib import Path

from breachdesk.message import Message, say
from breachdesk.settings import Settings


def clear_left_copies(settings: Settings) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Remove copies of evidence that a crash left; return the removed and those that stay."""
    if not any(folder.is_dir() for folder in settings.viewing_folders):
        return (), ()
    from breachdesk.store.showing import clear_left

    found = [clear_left(folder) for folder in settings.viewing_folders]
    removed = tuple(path for gone, _ in found for path in gone)
    return removed, tuple(path for _, left in found for path in left)


def left_copies(settings: Settings) -> tuple[Message, ...]:
    """Remove copies of evidence that a crash left, and return what is said of them."""
    removed, left = clear_left_copies(settings)
    notes = []
    if removed:
        notes.append(say("Copies of evidence that a crash had left are removed: {paths}.",
                         paths=", ".join(map(str, removed))))  # fmt: skip
    if left:
        notes.append(say("Copies of evidence that a crash left cannot be removed: {paths}.",
                         paths=", ".join(map(str, left))))  # fmt: skip
    return tuple(notes)
