"""Stages for the screens: a desk, an app over it, and pictures of it in every guise."""

import asyncio
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.desks import Stage
from tests.tui.one_parsing import parse_once
from tests.tui.pictures import pictures

__all__ = ["pictures"]

parse_once()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run tests that drive a screen: they are coroutines."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted}))
    return True


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    built = Stage(tmp_path)
    yield built
    built.close()
