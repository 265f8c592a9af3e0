"""What would change an advice, looked for on demand and remembered for the same answers."""

from dataclasses import dataclass
from functools import lru_cache

from breachdesk.rules.advice import Doubts, Flip, FlipPair
from breachdesk.rules.flips import find_flips
from breachdesk.rules.pairs import find_pairs
from breachdesk.rules.reading import Reading

REMEMBERED = 64
"""How many readings' results are kept; a person moves between few."""


def doubts_about(reading: Reading) -> Doubts:
    """Return the answers, single or in pairs, that would change an advice; found when asked for."""
    same = _Same(reading)
    return Doubts(flips=lambda: _flips(same), pairs=lambda: _pairs(same))


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A reading that equals another of the same form, rules and answers."""

    reading: Reading

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Same):
            return NotImplemented
        one, two = self.reading, other.reading
        return one.form is two.form and one.pack is two.pack and _said(one) == _said(two)

    def __hash__(self) -> int:
        reading = self.reading
        return hash((reading.form.digest, reading.pack.id, frozenset(reading.values.items())))


def _said(reading: Reading) -> object:
    """Return what a reading rests on, its groups included."""
    groups = [(one.own, one.values, one.outside) for one in reading.groups]
    return reading.values, reading.outside, groups


@lru_cache(REMEMBERED)
def _flips(same: _Same) -> tuple[Flip, ...]:
    return find_flips(same.reading)


@lru_cache(REMEMBERED)
def _pairs(same: _Same) -> tuple[FlipPair, ...]:
    return find_pairs(same.reading, _flips(same))
