"""The library that stands before the disk, built once."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tests.faults.disk import build

Told = Callable[..., Any]


@pytest.fixture(scope="session")
def failing_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library; the test is skipped where it cannot be built."""
    return build(tmp_path_factory.mktemp("library"))


@pytest.fixture
def run() -> Told:
    """Run a module of this folder as a program and return the JSON it prints."""
    return _run


@pytest.fixture
def told(failing_disk: Path, tmp_path: Path) -> Told:
    """Run a module of this folder on the failing disk and return the JSON it prints."""
    environ = {"LD_PRELOAD": str(failing_disk), "FAILING_DISK": str(tmp_path.resolve())}
    return partial(_run, environ=environ)


def _run(module: str, *arguments: object, environ: Mapping[str, str] = MappingProxyType({})) -> Any:  # noqa: ANN401 - JSON
    done = subprocess.run(
        [sys.executable, "-m", f"tests.faults.{module}", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environ},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
