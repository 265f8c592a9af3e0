"""Many apps in one process: what was parsed of their style sheets serves all of them.

A program parses its style sheets once. A run of tests starts hundreds of apps of the same looks,
and an eighth of the screens' tests was parsing. What is parsed is only read.
"""

from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_parse = Stylesheet._parse_rules
_parsed: dict[tuple[Any, ...], list[RuleSet]] = {}


def parse_once() -> None:
    """Let every app that is started from now on share what was parsed."""
    Stylesheet._parse_rules = _shared  # type: ignore[method-assign]


def _shared(sheet: Stylesheet, *told: Any, **more: Any) -> list[RuleSet]:  # noqa: ANN401 - Textual's
    key = (*sorted(sheet._variables.items()), *told, *sorted(more.items()))
    if key not in _parsed:
        _parsed[key] = _parse(sheet, *told, **more)
    return _parsed[key]
