"""A filled-in template as plain values: field number to letter, letters, text, number, ISO time."""

from collections.abc import Mapping

from breachdesk.rules.edpb import Payload

Plain = str | bool | int | list[str] | dict[str, int]


def plain_fields(payload: Payload) -> dict[str, Plain]:
    """Return the fields in the template's order."""
    return {str(number): _plain(payload[number]) for number in sorted(payload)}


def _plain(value: str | bool | int | tuple[str, ...] | Mapping[str, int]) -> Plain:  # noqa: FBT001
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
