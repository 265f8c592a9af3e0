"""Whenever a crash hits while a desk is made, there is no desk, or one that opens."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from breachdesk.errors import DeskExistsError, NoDeskError, StoreError
from breachdesk.store import laying
from breachdesk.store.keyfile import read_key_file
from breachdesk.store.store import open_store

from .making import cheap_desk, key_of


class _Crash(BaseException):
    """Nothing is tidied up after it that a power cut would not tidy up."""


def _crash_in(monkeypatch: pytest.MonkeyPatch, step: str, *, after: bool) -> None:
    really = getattr(laying, step)

    def crash(*given: object, **more: object) -> None:
        if after:
            really(*given, **more)
        raise _Crash

    monkeypatch.setattr(laying, step, crash)
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)


@pytest.mark.parametrize(("step", "after"), [("_write_database", True), ("write_key_file", False)])
def test_a_crash_before_the_key_file_leaves_no_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, *, after: bool
) -> None:
    home = tmp_path / "desk"
    with monkeypatch.context() as patch:
        _crash_in(patch, step, after=after)
        with pytest.raises(_Crash):
            cheap_desk(home)
    with pytest.raises(NoDeskError):
        read_key_file(home)
    cheap_desk(home)
    open_store(home, key_of(home)).close()
    assert {path.name for path in home.iterdir()} == {"key.json", "desk.db", "head.json"}


@pytest.mark.parametrize(("step", "after"), [("write_key_file", True), ("finish", False)])
def test_a_crash_after_the_key_file_leaves_a_desk_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, *, after: bool
) -> None:
    home = tmp_path / "desk"
    with monkeypatch.context() as patch:
        _crash_in(patch, step, after=after)
        with pytest.raises(_Crash):
            cheap_desk(home)
    assert not (home / "desk.db").exists()
    with pytest.raises(DeskExistsError):
        cheap_desk(home)
    store = open_store(home, key_of(home))
    assert store.verify().ok
    store.close()
    assert {path.name for path in home.iterdir()} == {"key.json", "desk.db", "head.json"}


def test_a_crash_between_the_two_renames_leaves_a_desk_that_opens(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    desk_id = cheap_desk(home).desk_id
    (home / "desk.db").rename(home / f"desk-{desk_id}.new")
    store = open_store(home, key_of(home))
    assert store.opening_findings == ()
    store.close()


def test_an_unfinished_database_never_takes_the_place_of_a_real_one(home: Path) -> None:
    real = (home / "desk.db").read_bytes()
    desk_id = read_key_file(home).desk_id
    (home / f"desk-{desk_id}.new").write_bytes(b"x" * 4096)
    open_store(home, key_of(home)).close()
    assert len((home / "desk.db").read_bytes()) == len(real)


def test_of_two_who_make_a_desk_at_once_one_wins_and_it_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "desk"
    really = getattr(laying, "write_key_file")  # noqa: B009 - imported there, not its own

    def slower(*given: object, **more: object) -> None:
        monkeypatch.setattr(laying, "write_key_file", really)
        cheap_desk(home)
        really(*given, **more)

    monkeypatch.setattr(laying, "write_key_file", slower)
    with pytest.raises(DeskExistsError):
        cheap_desk(home)
    store = open_store(home, key_of(home))
    store.close()
    assert {path.name for path in home.iterdir()} == {"key.json", "desk.db", "head.json"}


def test_a_file_system_without_hard_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "not permitted")

    monkeypatch.setattr(os, "link", refuse)
    cheap_desk(tmp_path / "desk")
    with pytest.raises(DeskExistsError):
        cheap_desk(tmp_path / "desk")
    open_store(tmp_path / "desk", key_of(tmp_path / "desk")).close()


@pytest.mark.parametrize("place", [lambda path: path, lambda path: path / "below"])
def test_a_file_where_the_folder_should_be_is_one_sentence(
    tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file"):
        cheap_desk(place(tmp_path / "file"))
