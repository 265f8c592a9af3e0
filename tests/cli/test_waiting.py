"""Another program writes to the desk for a while: that is said, once, and beside the result."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine

from breachdesk.cli.errand import Errand
from breachdesk.message import Message
from breachdesk.store.engine import for_writing, make_engine
from breachdesk.store.keys import KeyringUse, open_key
from breachdesk.store.store import DATABASE
from tests.cli.runner import PASSPHRASE, Cli


def another_program(cli: Cli) -> Engine:
    key = open_key(
        cli.home, passphrase=lambda: PASSPHRASE, recovery=None, keyring=KeyringUse.OFF
    ).key
    return make_engine(cli.home / DATABASE, key)


@contextmanager
def writing_until_it_is_said(cli: Cli, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hold the write lock until somebody is told of the waiting."""
    patch.setattr("breachdesk.store.engine.SILENT_SECONDS", 0.01)
    engine = another_program(cli)
    says = Errand.note
    with for_writing(engine).connect() as connection:
        connection.begin()

        def note(errand: Errand, message: Message) -> None:
            says(errand, message)
            if message.text.startswith("Waiting for another program"):
                connection.rollback()

        patch.setattr(Errand, "note", note)
        yield
    engine.dispose()


def test_waiting_for_another_program_is_said_once_and_the_act_is_done(
    cli: Cli, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing_until_it_is_said(cli, monkeypatch):
        said = cli("note", case, "Ringte banken", "--json")
    assert said.err.count("Waiting for another program that is writing to the desk") == 1
    assert json.loads(said.out)["ref"] == case
    assert "Ringte banken" in cli("show", case).out


def test_it_is_said_in_the_language_of_the_desk(
    cli: Cli, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing_until_it_is_said(cli, monkeypatch):
        said = cli("--lang", "nb", "note", case, "Ringte banken")
    assert said.err.count("Venter på et annet program") == 1
    assert "Venter" not in said.out


def test_nobody_is_told_of_waiting_when_nobody_waits(cli: Cli, case: str) -> None:
    assert "Waiting" not in cli("note", case, "Ringte banken").err
