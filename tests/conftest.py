"""What every test needs: a clean environment, and a word when a system part is missing."""

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.engines import ENGINES
from tests.one_dialect import spell_out_once

settings.register_profile("calm", deadline=None)
settings.load_profile("calm")
spell_out_once()
gc.set_threshold(50_000, *gc.get_threshold()[1:])
"""A fifth of a test's time was looking for garbage among modules, forms and tests that stay."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--strict-system",
        action="store_true",
        help="fail instead of skip when a system part is missing",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the minutes-long tests out of a plain run; `.ci/run` asks for them by name.

    A soak is run only when its name is said: ``pytest -m soak``.
    """
    asked = config.getoption("markexpr")
    left_out = [mark for mark in ("long", "soak") if not asked or mark == "soak" not in asked]
    long = [item for item in items if any(item.get_closest_marker(one) for one in left_out)]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(params=sorted(ENGINES), scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    return str(request.param)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under --strict-system a skipped test is a failed one."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if item.config.getoption("--strict-system") and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, but nothing may be skipped here: {report.longrepr}"
    del call


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in os.environ if one.startswith("BREACHDESK_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # else each process compiles all
