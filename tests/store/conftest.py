"""A store on every kind of database there is, and a whole desk in a folder."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend
from sqlalchemy import Engine

from breachdesk.audit import ZERO, Head
from breachdesk.store.head import HEAD_FILE, HeadFile, Heads
from breachdesk.store.keys import NewDesk
from breachdesk.store.schema import create_schema
from breachdesk.store.store import DATABASE, Store, open_store
from tests.engines import engine_of

from .making import KEY, cheap_desk, key_of


@pytest.fixture(scope="session")
def empty_desk(database: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A database with the schema and nothing in it, made once and copied for each test."""
    home = tmp_path_factory.mktemp("empty")
    engine = engine_of(database, home, KEY)
    create_schema(engine)
    engine.dispose()
    return database, home


@pytest.fixture
def engine(empty_desk: tuple[str, Path], tmp_path: Path) -> Iterator[Engine]:
    name, empty = empty_desk
    shutil.copytree(empty, tmp_path, dirs_exist_ok=True)
    made = engine_of(name, tmp_path, KEY)
    yield made
    made.dispose()


@pytest.fixture
def store(engine: Engine, tmp_path: Path) -> Store:
    heads = HeadFile(tmp_path / HEAD_FILE, KEY)
    heads.write(Heads(newest=Head(0, ZERO)))
    return Store(engine, path=tmp_path / DATABASE, head_file=heads)


@pytest.fixture(scope="session")
def made_desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[NewDesk, Path]:
    folder = tmp_path_factory.mktemp("made") / "desk"
    return cheap_desk(folder), folder


@pytest.fixture
def home(made_desk: tuple[NewDesk, Path], tmp_path: Path) -> Path:
    """A desk's folder as the program makes it; passphrase and recovery code open it."""
    return shutil.copytree(made_desk[1], tmp_path / "desk")


@pytest.fixture
def recovery_code(made_desk: tuple[NewDesk, Path]) -> str:
    """The recovery code of `home`."""
    assert made_desk[0].recovery_code
    return made_desk[0].recovery_code


@pytest.fixture
def opened(home: Path) -> Iterator[Store]:
    store = open_store(home, key_of(home))
    yield store
    store.close()


class MemoryRing(KeyringBackend):
    """A keyring that works, for one test."""

    priority: float = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.held:
            raise keyring.errors.PasswordDeleteError(username)
        del self.held[service, username]


@pytest.fixture
def use_ring() -> Iterator[Callable[[KeyringBackend], None]]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def ring(use_ring: Callable[[KeyringBackend], None]) -> MemoryRing:
    made = MemoryRing()
    use_ring(made)
    return made
