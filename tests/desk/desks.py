"""A real desk for tests: an encrypted database in a temporary folder, and a clock that is told."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from breachdesk.desk import Desk
from breachdesk.forms import Forms, find_forms, load
from breachdesk.store.engine import KEY_BYTES, make_engine
from breachdesk.store.files import create_private
from breachdesk.store.schema import create_schema
from breachdesk.store.store import DATABASE, Store

OSLO = ZoneInfo("Europe/Oslo")
FRIDAY = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
"""Friday 20 November 2026 16:30 in Oslo."""


@dataclass
class ToldClock:
    """A clock that stands until it is moved."""

    now: datetime = field(default=FRIDAY)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@cache
def the_forms() -> Forms:
    """The forms as shipped, read once."""
    return load(find_forms())


def new_store(home: Path) -> Store:
    """A store on a fresh encrypted database."""
    path = home / DATABASE
    create_private(path)
    engine = make_engine(path, bytes(KEY_BYTES))
    create_schema(engine)
    return Store(engine, path=path)


def new_desk(home: Path, clock: ToldClock | None = None, actor: str = "Kari Nordmann") -> Desk:
    """A desk on a fresh encrypted database."""
    return Desk(new_store(home), the_forms(), actor=actor, clock=clock or ToldClock(), zone=OSLO)
