"""key.json is read as if a stranger had written it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from breachdesk.errors import StoreError
from breachdesk.store.keyfile import Argon2, read_key_file

Change = Callable[[dict[str, Any]], object]


def _first_kdf(**changes: object) -> Change:
    return lambda plain: plain["slots"][0]["kdf"].update(changes)


def _first_slot(**changes: object) -> Change:
    return lambda plain: plain["slots"][0].update(changes)


def _top(**changes: object) -> Change:
    return lambda plain: plain.update(changes)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_first_kdf(memory_kib=1024 * 1024 + 1), "memory_kib"),
        (_first_kdf(memory_kib=2**63), "memory_kib"),
        (_first_kdf(memory_kib=0), "memory_kib"),
        (_first_kdf(memory_kib=8, lanes=2), "memory_kib"),
        (_first_kdf(memory_kib="64"), "memory_kib"),
        (_first_kdf(memory_kib=64.0), "memory_kib"),
        (_first_kdf(iterations=17), "iterations"),
        (_first_kdf(iterations=0), "iterations"),
        (_first_kdf(memory_kib=1024 * 1024, iterations=16), "memory_kib × iterations"),
        (_first_kdf(memory_kib=64 * 1024, iterations=13), "memory_kib × iterations"),
        (_first_kdf(iterations=True), "iterations"),
        (_first_kdf(lanes=17), "lanes"),
        (_first_kdf(lanes=-1), "lanes"),
        (_first_kdf(salt="AAAA"), "salt"),
        (_first_kdf(salt="not base64!"), "salt"),
        (_first_kdf(salt=None), "salt"),
        (_first_kdf(name="md5"), "kind"),
        (_first_slot(kind="fingerprint"), "kind"),
        (_first_slot(kind=["passphrase"]), "kind"),
        (_first_slot(wrapped="AAAA"), "wrapped"),
        (_first_slot(kdf=[]), "laid out"),
        (_top(slots=None), "slots"),
        (_top(slots=[{}] * 9), "slots"),
        (_top(slots=["x"]), "laid out"),
        (_top(slots=[]), "slots"),
        (lambda plain: plain["slots"].append(plain["slots"][0]), "two slots of one kind"),
        (_top(keyring="false"), "keyring"),
        (_top(keyring=1), "keyring"),
        (_top(keyring=None), "keyring"),
        (_top(desk="../../etc"), "desk"),
        (_top(desk=None), "desk"),
        (_top(check="00"), "check"),
        (_top(made_at="yesterday"), "made_at"),
        (_top(format="something else"), "format"),
        (_top(format=None), "format"),
        (_top(format="breachdesk-key/2"), "newer breachdesk"),
    ],
)
def test_what_is_missing_or_out_of_bounds_is_refused_by_name(
    home: Path, change: Change, named: str
) -> None:
    path = home / "key.json"
    plain = json.loads(path.read_bytes())
    change(plain)
    path.write_text(json.dumps(plain))
    with pytest.raises(StoreError, match=named) as refused:
        read_key_file(home)
    assert str(path) in str(refused.value)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 16000, b'{"a": ' + b"1" * 6000 + b"}"]
)
def test_what_is_no_key_file_is_refused(home: Path, content: bytes) -> None:
    (home / "key.json").write_bytes(content)
    with pytest.raises(StoreError, match="cannot be used"):
        read_key_file(home)


def test_a_key_file_that_is_too_large_is_refused_unread(home: Path) -> None:
    with (home / "key.json").open("r+b") as file:
        file.truncate(10 * 1024**3)
    with pytest.raises(StoreError, match="larger"):
        read_key_file(home)


def test_a_folder_in_its_place_is_one_sentence(home: Path) -> None:
    (home / "key.json").unlink()
    (home / "key.json").mkdir()
    with pytest.raises(StoreError):
        read_key_file(home)


def test_a_key_file_may_cost_four_times_what_ours_do(home: Path) -> None:
    path = home / "key.json"
    plain = json.loads(path.read_bytes())
    _first_kdf(memory_kib=64 * 1024, iterations=12)(plain)
    path.write_text(json.dumps(plain))
    assert read_key_file(home).slots[0].kdf.work == 4 * Argon2().work


def test_a_desk_costs_a_guesser_what_rfc_9106_recommends() -> None:
    assert Argon2() == Argon2(memory_kib=64 * 1024, iterations=3, lanes=4)
