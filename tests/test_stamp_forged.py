"""Stamps that were changed or made up: refused or not trusted, and never anything else."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from breachdesk.audit import Head
from breachdesk.audit.stamp import (
    Imprint,
    Signature,
    Stamp,
    imprint_of,
    imprints_of,
    read_stamp,
    request_for,
    stamped_text,
)
from breachdesk.errors import RefusedError
from tests import tokens
from tests.authority import Authority, has_openssl
from tests.tokens import Forger, certified, der, inside, tst_info

pytestmark = [pytest.mark.system, pytest.mark.skipif(not has_openssl(), reason="no openssl")]
HEAD = Head(7, "ab" * 32)
OTHER = Head(8, "cd" * 32)
IMPRINT = imprints_of(HEAD)[0][1]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A stamp that an authority has made, and its root."""
    authority = Authority.made(tmp_path_factory.mktemp("tsa") / "one")
    return authority.answer(request_for(HEAD).as_bytes()), authority.root.read_bytes()


def signed_part(answer: bytes) -> bytes:
    """The contents that the authority signed, as they stand in the answer."""
    token = inside(answer)[1]
    content = inside(inside(inside(token)[1])[0])[2]
    return inside(inside(content)[1])[0]


def looked(answer: bytes, roots: bytes | None) -> Stamp | None:
    """What is read in it; None when it is refused in a sentence."""
    try:
        return read_stamp(answer, HEAD, roots=roots)
    except RefusedError:
        return None


def check(answer: bytes, real: tuple[bytes, bytes]) -> None:
    """Either it is refused, or not trusted, or still says what the authority has signed."""
    whole, roots = real
    found = looked(answer, roots)
    looked(answer, None)
    if found is not None and found.signature is Signature.TRUSTED:
        assert found == read_stamp(whole, HEAD, roots=roots)
        assert signed_part(answer) == signed_part(whole)


@pytest.mark.parametrize("part", range(8))
def test_no_changed_byte_makes_another_stamp_that_is_trusted(
    real: tuple[bytes, bytes], part: int
) -> None:
    whole, _ = real
    for place in range(part, len(whole), 8):
        for change in (1, 2, 0x10, 0x80):
            changed = bytearray(whole)
            changed[place] ^= change
            check(bytes(changed), real)


def test_no_cut_added_or_doubled_byte_does_either(real: tuple[bytes, bytes]) -> None:
    whole, _ = real
    for place in range(len(whole)):
        check(whole[:place], real)
        check(whole[:place] + whole[place + 1 :], real)
        check(whole[:place] + whole[place : place + 1] + whole[place:], real)
    check(whole + b"\0", real)
    check(whole + whole, real)


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_nor_do_several_changes_at_once(real: tuple[bytes, bytes], data: st.DataObject) -> None:
    changed = bytearray(real[0])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(changed)))
        end = min(len(changed), start + data.draw(st.integers(0, 40)))
        changed[start:end] = data.draw(st.binary(max_size=40))
    check(bytes(changed), real)


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_what_is_made_up_is_refused(content: bytes) -> None:
    assert looked(content, None) is None
    assert looked(der(tokens.SEQUENCE, content), None) is None


def rebuilt(answer: bytes, change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    """The answer with the elements of its SignedData changed; all lengths fit again."""
    status, token = inside(answer)
    kind, explicit = inside(token)
    (signed,) = inside(explicit)
    changed = der(tokens.SEQUENCE, *change(inside(signed)))
    token = der(tokens.SEQUENCE, kind, der(tokens.EXPLICIT, changed))
    return der(tokens.SEQUENCE, status, token)


def with_signers(parts: list[bytes], times: int) -> list[bytes]:
    *others, signers = parts
    return [*others, der(tokens.SET, *inside(signers) * times)]


def without_certificates(parts: list[bytes]) -> list[bytes]:
    return [one for one in parts if one[0] != tokens.EXPLICIT]


def with_contents(parts: list[bytes], info: bytes) -> list[bytes]:
    kind, _ = inside(parts[2])
    wrapped = der(tokens.EXPLICIT, der(tokens.OCTETS, info))
    return [*parts[:2], der(tokens.SEQUENCE, kind, wrapped), *parts[3:]]


REBUILT: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "two signers": partial(with_signers, times=2),
    "no signer": partial(with_signers, times=0),
    "no certificate": without_certificates,
    "another time": partial(with_contents, info=tst_info(IMPRINT, at=b"20200101000000Z")),
    "another nonce": partial(with_contents, info=tst_info(IMPRINT, nonce=778)),
    "another head": partial(with_contents, info=tst_info(imprints_of(OTHER)[0][1])),
    "nothing signed": lambda parts: [*parts[:2], der(tokens.SEQUENCE), *parts[3:]],
    "no parts": lambda parts: parts[:1],
    "a hundred thousand signers": lambda parts: [*parts[:-1], der(0x31, b"\x30\x00" * 100_000)],
}


@pytest.mark.parametrize("change", REBUILT)
def test_a_stamp_put_together_anew_is_not_trusted(real: tuple[bytes, bytes], change: str) -> None:
    whole, roots = real
    assert looked(rebuilt(whole, lambda parts: parts), roots) == read_stamp(
        whole, HEAD, roots=roots
    ), "taken apart and put together it is still itself"
    found = looked(rebuilt(whole, REBUILT[change]), roots)
    assert found is None or found.signature is Signature.NOT_TRUSTED


@pytest.mark.parametrize(
    "length", [b"\x84\xff\xff\xff\xff", b"\x88" + b"\xff" * 8, b"\x80", b"\xff", b"\x7f"]
)
def test_lengths_that_cannot_be_are_refused(real: tuple[bytes, bytes], length: bytes) -> None:
    whole = real[0]
    for place in (0, 4, 9, 13):
        assert looked(whole[: place + 1] + length + whole[place + 2 :], None) is None
    assert looked(b"\x30" + length + whole[4:], None) is None


@pytest.fixture
def forger(tmp_path: Path) -> Forger:
    return certified(tmp_path)


def test_a_forger_whose_root_is_trusted_is_what_trust_means(forger: Forger) -> None:
    found = looked(forger.answer(tst_info(IMPRINT)), forger.roots)
    assert found == Stamp(at=NOON, signer="CN=Forger", is_of_head=True, signature=Signature.TRUSTED)


def test_a_forgers_stamp_is_not_trusted_under_another_root(
    forger: Forger, real: tuple[bytes, bytes]
) -> None:
    found = looked(forger.answer(tst_info(IMPRINT)), real[1])
    assert found is not None
    assert found.signature is Signature.NOT_TRUSTED


@pytest.mark.parametrize(
    "changes",
    [
        {"usage": None},
        {"usage": ExtendedKeyUsageOID.SERVER_AUTH},
        {"is_critical": False},
        {"begins": datetime(2020, 1, 1, tzinfo=UTC), "years": 2},
        {"begins": datetime(2027, 1, 1, tzinfo=UTC)},
    ],
    ids=["no use", "another use", "use not binding", "expired", "not yet"],
)
def test_a_certificate_that_may_not_stamp_then_is_not_trusted(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    forger = certified(tmp_path, **changes)  # type: ignore[arg-type]
    found = looked(forger.answer(tst_info(IMPRINT)), forger.roots)
    assert found is not None
    assert found.signature is Signature.NOT_TRUSTED


def test_a_certificate_that_has_expired_since_is_still_good(tmp_path: Path) -> None:
    forger = certified(tmp_path, begins=datetime(2020, 1, 1, tzinfo=UTC), years=2)
    found = looked(forger.answer(tst_info(IMPRINT, at=b"20210101000000Z")), forger.roots)
    assert found is not None
    assert (found.at.year, found.signature) == (2021, Signature.TRUSTED)


def test_a_second_certificate_under_the_signers_number_cannot_lend_its_name(
    tmp_path: Path, forger: Forger
) -> None:
    for name in ("Aaa", "A name that is better known", "Zzz" * 20):
        lent = certified(tmp_path, name=name).certificate
        assert looked(forger.answer(tst_info(IMPRINT), lent), forger.roots) is None


@pytest.mark.parametrize(
    ("at", "read"),
    [
        (b"20261122120000.5Z", NOON),
        (b"20261122120000.123456Z", NOON),
        (b"20261122120000", None),
        (b"20261122120000+0100", None),
        (b"202611221200Z", None),
        (b"20261322120000Z", None),
        (b"20261122120060Z", None),
        (b"99991231235959Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (b"00000101000000Z", None),
        (b"20261122120000.\xff\xfeZ", None),
        (b"", None),
    ],
)
def test_a_time_is_read_in_whole_seconds_or_not_at_all(
    forger: Forger, at: bytes, read: datetime | None
) -> None:
    found = looked(forger.answer(tst_info(IMPRINT, at=at)), forger.roots)
    assert found is None or found.at == read


def test_a_digest_counts_only_under_the_name_it_was_made_by(forger: Forger) -> None:
    text = stamped_text(HEAD)
    made: dict[str, tuple[Imprint, bool]] = {
        "sha1": ((tokens.SHA1, hashlib.sha1(text).digest()), False),  # noqa: S324 - refused
        "sha256": ((tokens.SHA256, hashlib.sha256(text).digest()), True),
        "sha384": ((tokens.SHA384, hashlib.sha384(text).digest()), False),
        "sha512": ((tokens.SHA512, hashlib.sha512(text).digest()), True),
        "sha256 as sha512": ((tokens.SHA512, hashlib.sha256(text).digest()), False),
        "sha512 as sha256": ((tokens.SHA256, hashlib.sha512(text).digest()), False),
        "sha256 as sha1": ((tokens.SHA1, hashlib.sha256(text).digest()), False),
        "nothing": ((tokens.SHA256, b""), False),
    }
    for name, ((algorithm, digest), is_of_head) in made.items():
        answer = forger.answer(tst_info(digest, algorithm=algorithm))
        assert (imprint_of(answer) in imprints_of(HEAD)) is is_of_head, name
        for roots in (None, forger.roots):
            found = looked(answer, roots)
            assert found is not None, name
            assert found.is_of_head is is_of_head, name


def test_a_true_stamp_of_another_head_is_not_of_this_one(forger: Forger) -> None:
    answer = forger.answer(tst_info(imprints_of(OTHER)[0][1]))
    found = looked(answer, forger.roots)
    assert found is not None
    assert (found.is_of_head, found.signature) == (False, Signature.NOT_TRUSTED)
    assert read_stamp(answer, OTHER, roots=forger.roots).signature is Signature.TRUSTED


def test_a_signers_name_is_no_letter(tmp_path: Path) -> None:
    forger = certified(tmp_path, name="\x1b[2J" + "x" * 60)
    found = looked(forger.answer(tst_info(IMPRINT)), forger.roots)
    assert found is not None
    assert len(found.signer) <= 300


def test_a_refusal_that_is_a_stranger_is_told_in_a_line() -> None:
    words = der(0x0C, ("\x1b[2J" + "no " * 90_000).encode())
    status = der(tokens.SEQUENCE, der(tokens.INTEGER, b"\x02"), der(tokens.SEQUENCE, words))
    with pytest.raises(RefusedError, match="refused") as refused:
        read_stamp(der(tokens.SEQUENCE, status), HEAD)
    assert len(str(refused.value)) < 400
    for number in (1, 4, 5, 6, 127):
        status = der(tokens.SEQUENCE, der(tokens.INTEGER, bytes([number])))
        assert looked(der(tokens.SEQUENCE, status), None) is None
