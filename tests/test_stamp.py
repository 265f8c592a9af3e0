"""What is asked of an authority, and what is refused before anybody is asked."""

import pytest

from breachdesk.audit import Head
from breachdesk.audit.stamp import _in_order, imprints_of, read_roots, read_stamp, request_for
from breachdesk.errors import RefusedError
from breachdesk.store.authority import check_address

HEAD = Head(7, "ab" * 32)


def test_the_request_is_of_one_line_that_names_the_head() -> None:
    request = request_for(HEAD)
    assert request.message_imprint.message == imprints_of(HEAD)[0][1]
    assert request.nonce
    assert request.cert_req is True


@pytest.mark.parametrize(
    "url", ["", "tsa.example", "ftp://tsa.example/", "file:///etc/passwd", "http://", "http://a b/",
            "http://[::1", "http://x:99999/", "https://tsa.example/\n"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedError, match="no address"):
        check_address(url)


def test_a_password_in_the_address_is_refused_for_it_would_be_kept() -> None:
    with pytest.raises(RefusedError, match="would be kept"):
        check_address("https://me:secret@tsa.example/")


@pytest.mark.parametrize("answer", [b"", b"\x30", b"\x30\x00", b"\x30\x80", b"\xff" * 99])
def test_what_is_no_answer_is_refused_and_left_as_it_is(answer: bytes) -> None:
    assert _in_order(answer) == answer
    with pytest.raises(RefusedError, match="no time stamp"):
        read_stamp(answer, HEAD)


def test_roots_that_are_none_are_refused() -> None:
    with pytest.raises(RefusedError, match="holds none"):
        read_roots(b"-----BEGIN")
