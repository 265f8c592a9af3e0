"""A recovery code typed wrong is told apart from a wrong code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachdesk.errors import RefusedError
from breachdesk.store.recovery import BITS, read_code, write_code

SECRETS = st.integers(0, 2**BITS - 1)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PLACES = st.integers(0, 27)


def _plain(secret: int) -> str:
    return write_code(secret).replace("-", "")


@settings(deadline=None)
@given(SECRETS)
def test_a_code_stands_for_its_number(secret: int) -> None:
    code = write_code(secret)
    assert [len(group) for group in code.split("-")] == [4] * 7
    assert read_code(code) == secret


@settings(deadline=None)
@given(SECRETS, st.sampled_from(["", " ", " - ", "\u2013", "\n"]))
def test_case_spaces_and_hyphens_do_not_matter(secret: int, between: str) -> None:
    typed = write_code(secret).lower().replace("-", between)
    assert read_code(f"  {typed}\n") == secret


@settings(deadline=None)
@given(SECRETS)
def test_letters_that_look_like_digits_are_read_as_them(secret: int) -> None:
    assert read_code(write_code(secret).replace("0", "o").replace("1", "l")) == secret


@settings(deadline=None)
@given(SECRETS, PLACES, st.sampled_from(LETTERS + "U!Å"))
def test_any_single_wrong_character_is_noticed_and_placed(
    secret: int, place: int, other: str
) -> None:
    code = _plain(secret)
    if code[place] == other:
        return
    with pytest.raises(RefusedError) as refused:
        read_code(code[:place] + other + code[place + 1 :])
    if other in LETTERS:
        assert f"group {place // 4 + 1}" in str(refused.value.next_step)
    else:
        assert other in str(refused.value)


@settings(deadline=None)
@given(SECRETS, PLACES, PLACES, st.data())
def test_any_two_wrong_characters_are_noticed(
    secret: int, one: int, two: int, data: st.DataObject
) -> None:
    code = list(_plain(secret))
    for place in {one, two}:
        code[place] = data.draw(st.sampled_from([x for x in LETTERS if x != code[place]]))
    with pytest.raises(RefusedError):
        read_code("".join(code))


@settings(deadline=None)
@given(SECRETS, PLACES, PLACES)
def test_any_two_swapped_characters_are_noticed(secret: int, one: int, two: int) -> None:
    code = list(_plain(secret))
    if code[one] == code[two]:
        return
    code[one], code[two] = code[two], code[one]
    with pytest.raises(RefusedError, match="typing mistake"):
        read_code("".join(code))


@settings(deadline=None)
@given(SECRETS, PLACES)
def test_a_left_out_character_is_noticed(secret: int, place: int) -> None:
    code = _plain(secret)
    with pytest.raises(RefusedError, match="27 were typed"):
        read_code(code[:place] + code[place + 1 :])


def test_a_number_above_128_bits_is_noticed() -> None:
    with pytest.raises(RefusedError, match="typing mistake"):
        read_code(write_code(2**BITS))
