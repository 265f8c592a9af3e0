"""Where moments stand on a drawn line of time: in proportion, with long silences cut short."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

LONGEST = timedelta(hours=96)
"""A longer silence is drawn this long and marked as cut: the 72 hours never are."""
_MOST_DAYS = 10


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Moments in order, and where each stands."""

    moments: tuple[datetime, ...]
    places: tuple[float, ...]
    cuts: tuple[float, ...]
    """Where the line is cut short."""

    @classmethod
    def over(cls, moments: Sequence[datetime], width: float) -> "TimeScale":
        """Return a scale on which these moments fill `width` points."""
        ordered = tuple(sorted(set(moments)))
        gaps = [min(later - earlier, LONGEST) for earlier, later in pairwise(ordered)]
        whole = sum(gaps, timedelta()) or timedelta(seconds=1)
        places = [0.0]
        for gap in gaps:
            places.append(places[-1] + width * (gap / whole))
        cuts = tuple(
            (places[number] + places[number + 1]) / 2
            for number, (earlier, later) in enumerate(pairwise(ordered))
            if later - earlier > LONGEST
        )
        return cls(ordered, tuple(places), cuts)

    def place(self, at: datetime) -> float | None:
        """Return where a moment stands; None within a silence that is cut, or off the line."""
        if not self.moments[0] <= at <= self.moments[-1]:
            return None
        after = min(bisect_right(self.moments, at), len(self.moments) - 1)
        before = max(after - 1, 0)
        gap = self.moments[after] - self.moments[before]
        if gap > LONGEST and at not in {self.moments[before], self.moments[after]}:
            return None
        share = (at - self.moments[before]) / gap if gap else 0.0
        return self.places[before] + share * (self.places[after] - self.places[before])

    def days(self, zone: ZoneInfo) -> Iterator[tuple[float, datetime]]:
        """Yield where local midnights stand, at most some ten of them."""
        found: list[tuple[float, datetime]] = []
        day = self.moments[0].astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        while day <= self.moments[-1] and len(found) < _MOST_DAYS * 40:
            place = self.place(day)
            if place is not None:
                found.append((place, day))
                day += timedelta(days=1)
            else:
                day = self._after_silence(day, zone)
        step = len(found) // _MOST_DAYS + 1
        yield from found[::step]

    def _after_silence(self, day: datetime, zone: ZoneInfo) -> datetime:
        """Return the next midnight that can stand on the line."""
        later = next((one for one in self.moments if one > day), self.moments[-1])
        midnight = later.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        return max(midnight, day + timedelta(days=1)) if midnight > day else day + timedelta(days=1)
