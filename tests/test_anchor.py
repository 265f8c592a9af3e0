"""A head on paper: said, mistyped, and read again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachdesk.audit import Anchor, Head, read_anchor
from breachdesk.errors import RefusedError

ANCHOR = Anchor(Head(1234, "0123456789abcdef" * 4), datetime(2026, 11, 22, 5, 30, tzinfo=UTC))


@settings(deadline=None)
@given(
    seq=st.integers(1, 2**30),
    digest=st.binary(min_size=32, max_size=32),
    seconds=st.integers(0, 2**33),
)
def test_what_is_written_down_is_read_again(seq: int, digest: bytes, seconds: int) -> None:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    anchor = Anchor(Head(seq, digest.hex()), at)
    assert read_anchor(anchor.line()) == anchor
    assert read_anchor(anchor.words()) == anchor


def test_the_words_are_short_can_be_said_and_read_in_any_layout() -> None:
    words = ANCHOR.words().split()
    assert len(words) == 22
    assert all(len(word) == 5 for word in words)
    for text in (ANCHOR.words().upper(), "-".join(words), "\n ".join(words), ", ".join(words)):
        assert read_anchor(text) == ANCHOR


def test_a_line_is_found_in_a_mail() -> None:
    mail = f"Hei Ola,\n\n> {ANCHOR.line()}\n\nHilsen Kari"
    assert read_anchor(mail) == ANCHOR


@pytest.mark.parametrize("place", range(22))
def test_any_wrong_word_is_noticed(place: int) -> None:
    words = ANCHOR.words().split()
    words[place] = "babab" if words[place] != "babab" else "zuzuz"
    with pytest.raises(RefusedError, match="mistake in the words"):
        read_anchor(" ".join(words))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no anchor"),
        ("hello", "no anchor"),
        (" ".join(ANCHOR.words().split()[1:]), "22 words; 21 were given"),
        (ANCHOR.words().replace("babab", "babac", 1), "none of an anchor's"),
        ("breachdesk-anchor/1 1 yesterday " + "a" * 64, "no anchor"),
    ],
)
def test_what_is_no_anchor_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        read_anchor(text)
