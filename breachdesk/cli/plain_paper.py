"""A composed paper as plain values."""

from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from breachdesk.documents.draft import Block, Draft

Plain = dict[str, Any]


def plain_sections(draft: "Draft") -> list[Plain]:
    """Return the sections in order: id, heading, blocks."""
    return [
        {
            "id": section.id,
            "heading": section.heading or None,
            "blocks": [_block(block) for block in section.blocks],
        }
        for section in draft.sections
    ]


def _block(block: "Block") -> Plain:
    """Return a block under its kind, every field as plain values; what is not there is None."""
    return {"kind": type(block).__name__.lower(), **_values(block)}


def _values(value: Any) -> Plain:  # noqa: ANN401 - any of the frozen parts of a draft
    return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}


def _plain(value: Any) -> Any:  # noqa: ANN401 - plain values are of any kind
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if hasattr(value, "__dataclass_fields__"):
        return _values(value)
    return None if value == "" else value
