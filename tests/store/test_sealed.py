"""Sealed evidence comes back byte for byte, or not at all."""

import io
import os
import stat
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from breachdesk.errors import StoreError
from breachdesk.store.sealed import CHUNK, MAGIC, open_sealed, orphans, seal_file, sealed_name

ID = "evd-0123456789ab"
TAG = 16


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_of_any_size_comes_back(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    sealed = seal_file(io.BytesIO(content), tmp_path, ID)
    assert b"".join(open_sealed(tmp_path, ID, sealed.key)) == content
    assert sealed.size == size
    path = tmp_path / sealed_name(ID)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert size < 100 or content[:100] not in path.read_bytes()


def without_first(content: bytes) -> bytes:
    return MAGIC + content[len(MAGIC) + CHUNK + TAG :]


def swapped(content: bytes) -> bytes:
    start, one = len(MAGIC), CHUNK + TAG
    return (
        MAGIC
        + content[start + one : start + 2 * one]
        + content[start : start + one]
        + content[start + 2 * one :]
    )


TAMPERINGS: dict[str, Callable[[bytes], bytes]] = {
    "one bit": lambda content: content[:5000] + bytes([content[5000] ^ 1]) + content[5001:],
    "last byte": lambda content: content[:-1],
    "last chunk": lambda content: content[: len(MAGIC) + 2 * (CHUNK + TAG)],
    "everything": lambda _: b"",
    "all but the magic": lambda _: MAGIC,
    "first chunk": without_first,
    "order": swapped,
    "something added": lambda content: content + b"x",
    "first line": lambda content: b"x" + content[1:],
}


@pytest.mark.parametrize("change", TAMPERINGS)
def test_any_change_of_the_file_is_noticed(tmp_path: Path, change: str) -> None:
    sealed = seal_file(io.BytesIO(os.urandom(2 * CHUNK + 77)), tmp_path, ID)
    path = tmp_path / sealed_name(ID)
    path.write_bytes(TAMPERINGS[change](path.read_bytes()))
    with pytest.raises(StoreError, match="cannot be used"):
        list(open_sealed(tmp_path, ID, sealed.key))


def test_a_sealed_file_does_not_pass_for_another(tmp_path: Path) -> None:
    sealed = seal_file(io.BytesIO(b"content"), tmp_path, ID)
    other = ID.replace("0", "z")
    (tmp_path / sealed_name(ID)).rename(tmp_path / sealed_name(other))
    with pytest.raises(StoreError, match="not as it was sealed"):
        list(open_sealed(tmp_path, other, sealed.key))
    with pytest.raises(StoreError, match="missing"):
        list(open_sealed(tmp_path, ID, sealed.key))


class Failing(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > CHUNK:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_a_source_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Input/output"):
        seal_file(Failing(bytes(3 * CHUNK)), tmp_path, ID)
    assert list((tmp_path / "evidence").iterdir()) == []


def test_what_no_row_speaks_of_is_an_orphan(tmp_path: Path) -> None:
    assert orphans(tmp_path, set()) == ()
    seal_file(io.BytesIO(b"content"), tmp_path, ID)
    assert orphans(tmp_path, {ID}) == ()
    assert [one.name for one in orphans(tmp_path, set())] == [f"{ID}.sealed"]


class Zeros(io.RawIOBase):
    """So many zeros, none of which lies anywhere."""

    def __init__(self, size: int) -> None:
        self._left = size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        given = min(size, self._left)
        self._left -= given
        return bytes(given)


def test_a_large_file_is_sealed_and_opened_in_the_memory_of_a_few_chunks(tmp_path: Path) -> None:
    size, told = 48 * CHUNK, []
    source = Zeros(size)
    tracemalloc.start()
    try:
        sealed = seal_file(
            source,  # type: ignore[arg-type]
            tmp_path, ID, size=size, told=lambda done, of: told.append((done, of)),
        )  # fmt: skip
        read = sum(len(one) for one in open_sealed(tmp_path, ID, sealed.key))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert read == sealed.size == size
    assert told == [(done * CHUNK, size) for done in range(1, 49)]
    assert most < 8 * CHUNK


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("size", [10, 3 * CHUNK])
def test_a_full_disk_is_said_of_the_desk_and_not_of_what_is_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(
        "breachdesk.store.sealed.create_private", lambda path: path.symlink_to("/dev/full")
    )
    with pytest.raises(StoreError, match="is full"):
        seal_file(io.BytesIO(bytes(size)), tmp_path, ID)
    assert list((tmp_path / "evidence").iterdir()) == []
