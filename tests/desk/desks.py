"""A real desk for tests: an encrypted database in a temporary folder, and a clock that is told."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from breachdesk.desk import Desk
from breachdesk.forms import Forms, find_forms, load
from breachdesk.store.schema import create_schema
from breachdesk.store.store import DATABASE, Store
from tests.engines import FIRST, engine_of

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


def new_store(home: Path, database: str = FIRST) -> Store:
    """A store on a fresh database of that kind."""
    engine = engine_of(database, home)
    create_schema(engine)
    return Store(engine, path=home / DATABASE)


def new_desk(
    home: Path,
    clock: ToldClock | None = None,
    actor: str = "Kari Nordmann",
    database: str = FIRST,
) -> Desk:
    """A desk on a fresh database of that kind."""
    store = new_store(home, database)
    return Desk(store, the_forms(), actor=actor, clock=clock or ToldClock(), zone=OSLO)
