"""Many cases: what a large register costs against a small one, and against bare SQLite.

    python tests/bench/many.py [CASES]          (100 000 unless told; about twenty entries each)

Prints figures and ratios, without a pass mark: how fast depends on the machine, the ratios hardly.
Both desks are made anew, encrypted, in a temporary folder.
"""

import gc
import hashlib
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from sqlalchemy import text

from breachdesk.desk import Desk
from breachdesk.records import NewNote
from breachdesk.register import RegisterFilter
from breachdesk.store.engine import (
    KEY_BYTES,
    make_engine,
)
from breachdesk.store.keyfile import DATABASE
from breachdesk.store.store import Store
from tests.bench.crowd import crowd
from tests.desk.desks import OSLO, ToldClock, the_forms

SMALL, LARGE = 1_000, 100_000
PAGE = 50
RUNS = 30
FIRST_PAGE = """
SELECT * FROM register_row WHERE rank = 0
ORDER BY presses_at, year DESC, number DESC LIMIT 50
"""
SEARCH = """
SELECT * FROM register_row WHERE rank = 0
AND seq IN (SELECT rowid FROM case_text WHERE case_text MATCH :asked)
ORDER BY presses_at, year DESC, number DESC LIMIT 50
"""
"""The same rows as our page, where enough timed cases are found to fill it."""
SEARCH_FEW = """
SELECT * FROM register_row
WHERE seq IN (SELECT rowid FROM case_text WHERE case_text MATCH :asked)
"""
"""The same rows as our page, where it holds all that are found."""


class Large:
    """A desk of some size, and what is measured on it."""

    def __init__(self, folder: Path, cases: int) -> None:
        folder.mkdir()
        start = time.perf_counter()
        self.cases, self.entries = cases, crowd(folder, cases)
        self.engine = make_engine(folder / DATABASE, bytes(KEY_BYTES))
        self.store = Store(self.engine, path=folder / DATABASE)
        self.desk = Desk(self.store, the_forms(), actor="Kari", clock=ToldClock(), zone=OSLO)
        size = (folder / DATABASE).stat().st_size / 1e6
        print(
            f"{cases:,} cases, {self.entries:,} entries, {size:,.0f} MB,"
            f" made in {time.perf_counter() - start:,.0f} s",
            flush=True,
        )

    def page(self, search: str = "", *, open_only: bool = False) -> list[str]:
        """Read the first page of the register and return its references."""
        which = RegisterFilter(limit=PAGE, search=search, open_only=open_only)
        return [line.ref for line in self.desk.register.rows(which)]

    def bare(self, query: str, **values: str) -> list[str]:
        """Run a query on the bare driver, read its rows and return their references."""
        with self.engine.connect() as connection:
            return [row.ref for row in connection.execute(text(query), values).fetchall()]

    def case(self) -> object:
        """Open one case."""
        return self.desk.intake.open("BD-2025-007")

    def act(self) -> object:
        """Write a note."""
        return self.desk.timeline.note("BD-2025-007", NewNote(text="One more."))

    def verified(self) -> tuple[float, int, bool]:
        """Return seconds, peak bytes of Python objects in a second run, and the outcome."""
        start = time.perf_counter()
        report = self.desk.trust.verify()
        seconds = time.perf_counter() - start
        return seconds, report.entries, report.ok

    def peak(self) -> int:
        """Return how many bytes of Python objects verifying holds at most."""
        gc.collect()
        tracemalloc.start()
        self.desk.trust.verify()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    def read_and_hashed(self) -> float:
        """Return seconds for reading every entry, salt and kept row, each hashed once."""
        from breachdesk.store.proof import kept_records
        from breachdesk.store.reading import table_of

        names = ["auditentry", "auditsalt", *(table_of(one).name for one in kept_records())]
        start = time.perf_counter()
        with self.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            for name in names:
                for row in driver.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - our own names
                    hashlib.sha256(repr(row).encode()).digest()
        return time.perf_counter() - start


def measured(*runs: Callable[[], object]) -> list[float]:
    """Return the median milliseconds of each, run in turn so that a busy moment is shared."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(RUNS):
        for run, mine in zip(runs, times, strict=True):
            start = time.perf_counter()
            run()
            mine.append(time.perf_counter() - start)
    return [statistics.median(mine) * 1000 for mine in times]


def told(what: str, *times: float) -> None:
    """Print a line of figures: on the small desk, on the large one, and bare on the large one."""
    small, large, *bare = times
    beside = "".join(f", bare {one:.2f} ms (+{large - one:.2f})" for one in bare)
    print(
        f"{what}: {small:.2f} ms -> {large:.2f} ms, ratio {large / small:.2f}{beside}", flush=True
    )


def main() -> None:
    """Make both desks and print what was measured."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    with tempfile.TemporaryDirectory() as folder:
        small, large = Large(Path(folder) / "small", SMALL), Large(Path(folder) / "large", cases)
        both = (small, large)
        for words in ("", "pasientjournal", "journal log", "077", "nr 001", "nr 000777"):
            asked = " ".join(f'"{word}"' for word in words.split() if len(word) > 2)
            values = {"asked": asked} if words else {}
            ours = [partial(desk.page, words) for desk in both]
            page = sorted(large.page(words))
            bares = [
                partial(large.bare, query, **values)
                for query in ((SEARCH, SEARCH_FEW) if words else (FIRST_PAGE,))
            ]
            bare = next((one for one in bares if sorted(one()) == page), None)
            what = f"search “{words}”" if words else "first page"
            told(what, *measured(*ours, *([bare] if bare else [])))
        told("open cases only", *measured(*(partial(one.page, open_only=True) for one in both)))
        told("one case", *measured(small.case, large.case))
        told("one act", *measured(small.act, large.act))
        for desk in both:
            seconds, entries, is_ok = desk.verified()
            bare = desk.read_and_hashed()
            print(
                f"verify {entries:,} entries: {seconds:.1f} s, {entries / seconds:,.0f} a second,"
                f" ratio to reading and hashing {seconds / bare:.1f}, ok {is_ok}",
                flush=True,
            )
        print(f"verify holds at most {small.peak() / 1e6:.1f} MB on the small desk")


if __name__ == "__main__":
    main()
