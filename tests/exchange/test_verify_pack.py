"""The receiver's script: its signatures against a known library, its words against our own."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from breachdesk.exchange.verify_pack import WORDS, _is_plain, is_signed, key_words

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = SECRET.public_key().public_bytes_raw()


@settings(max_examples=15)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=300))
def test_what_a_known_library_signs_is_taken(seed: bytes, message: bytes) -> None:
    secret = Ed25519PrivateKey.from_private_bytes(seed)
    public = secret.public_key().public_bytes_raw()
    assert is_signed(public, message, secret.sign(message))


@settings(max_examples=40)
@given(place=st.integers(0, 511), message=st.binary(min_size=1, max_size=40))
def test_any_other_bit_of_the_signature_is_refused(place: int, message: bytes) -> None:
    signature = bytearray(SECRET.sign(message))
    signature[place // 8] ^= 1 << place % 8
    assert not is_signed(PUBLIC, message, bytes(signature))


def test_another_message_another_key_and_another_length_are_refused() -> None:
    signature = SECRET.sign(b"message")
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    assert not is_signed(PUBLIC, b"messagE", signature)
    assert not is_signed(other, b"message", signature)
    assert not is_signed(PUBLIC, b"message", signature + b"\0")
    assert not is_signed(PUBLIC[:31], b"message", signature)
    assert not is_signed(b"\xff" * 32, b"message", signature)


def test_a_second_spelling_of_the_same_signature_is_refused() -> None:
    signature = SECRET.sign(b"message")
    order = 2**252 + 27742317777372353535851937790883648493
    more = int.from_bytes(signature[32:], "little") + order
    assert not is_signed(PUBLIC, b"message", signature[:32] + more.to_bytes(32, "little"))


SMALL = (
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
)
"""Keys of small order: a signature that nobody made fits one message in eight, or every one."""


@pytest.mark.parametrize("key", SMALL)
def test_a_key_for_which_anybody_can_sign_is_refused(key: str) -> None:
    nobody = bytes.fromhex(SMALL[0]) + bytes(32)
    assert not any(is_signed(bytes.fromhex(key), b"%d" % one, nobody) for one in range(40))


def test_the_example_of_the_standard_is_taken() -> None:
    public = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    signature = (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert is_signed(bytes.fromhex(public), b"\x72", bytes.fromhex(signature))


def test_a_key_is_eight_words_of_five_letters() -> None:
    words = key_words(PUBLIC).split()
    assert [len(one) for one in words] == [5] * 8
    assert key_words(bytes(32)) != key_words(PUBLIC)


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a\\..\\x", "C:x", "a//b", "./a", ""])
def test_a_path_that_leads_out_is_seen(name: str) -> None:
    assert not _is_plain(name)


def test_every_sentence_is_in_both_languages_with_the_same_places() -> None:
    for english, norwegian in WORDS.values():
        assert norwegian
        assert {part for part in english.split() if "{" in part}.__len__() == {
            part for part in norwegian.split() if "{" in part
        }.__len__()
