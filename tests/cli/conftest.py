"""A command line with a desk, and one without. Desk and forms are made once and used by all."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

import breachdesk.forms
from breachdesk.store.keys import KeyringUse, make_desk
from tests.cli.runner import CHEAP, PASSPHRASE, Cli
from tests.kept_forms import load_once

PROFILE = Path(__file__).parents[2] / "forms" / "organisations" / "customer-platform.toml"


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty desk, to be copied."""
    home = tmp_path_factory.mktemp("desk") / "home"
    make_desk(
        home,
        passphrase=PASSPHRASE,
        want_recovery=False,
        keyring=KeyringUse.OFF,
        now=datetime(2026, 11, 1, tzinfo=UTC),
        kdf=CHEAP,
    )
    return home


@pytest.fixture
def bare(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Cli:
    """A command line whose desk is not made yet, with no keyring."""
    monkeypatch.setattr(breachdesk.forms, "load", load_once)
    home = tmp_path / "desk"
    environ = {"BREACHDESK_HOME": str(home), "BREACHDESK_KEYRING": "off", "LANG": "en_GB.UTF-8"}
    return Cli(home, capsys, monkeypatch, environ=environ)


@pytest.fixture
def cli(bare: Cli, empty_desk: Path) -> Cli:
    """A command line with an empty desk."""
    shutil.copytree(empty_desk, bare.home)
    passphrase = bare.home.parent / "passphrase.txt"
    passphrase.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    passphrase.chmod(0o600)
    bare.environ |= {
        "BREACHDESK_PASSPHRASE_FILE": str(passphrase),
        "BREACHDESK_ACTOR": "Kari Nordmann",
    }
    return bare


@pytest.fixture
def profile() -> Path:
    """A sample organisation."""
    return PROFILE


@pytest.fixture
def case(cli: Cli) -> str:
    """The reference of a case of which we became aware 40 minutes ago."""
    return cli("new", "Payroll list", "--aware", "40 min ago", "--nature", "c").ref


@pytest.fixture
def use_ring() -> Iterator[Callable[[KeyringBackend], None]]:
    """Sets the keyring, for one test."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)
