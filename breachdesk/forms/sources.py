"""Reads what is cited: every number, question and option names where it comes from."""

from dataclasses import dataclass
from datetime import date

from breachdesk.forms.findings import Findings
from breachdesk.forms.layers import Layered
from breachdesk.terms import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A law, a guideline, an authority's page, or a choice of our own."""

    id: str
    short: Words
    """As screens and papers print it."""
    title: Words
    """Its full name."""
    read_on: date
    """When it was last read for these forms."""


def read_sources(layered: Layered, findings: Findings) -> dict[str, Source]:
    """Return the sources of one file, by id."""
    sources: dict[str, Source] = {}
    for table in layered.items.get("source", ()):
        with findings.catching():
            table.expect("id", "short", "title", "read_on")
            sources[table.text("id")] = Source(
                id=table.text("id"),
                short=table.words("short"),
                title=table.words("title"),
                read_on=table.day("read_on"),
            )
    return sources
