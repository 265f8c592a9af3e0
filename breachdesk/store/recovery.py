"""The recovery code: 128 random bits as 28 letters and digits in groups of four.

Two check characters over GF(32) notice any two wrong characters and any two swapped ones, and say
where a single wrong one stands; so a typing mistake is told apart from a code of another desk.
"""

from functools import reduce

from breachdesk.errors import RefusedError
from breachdesk.message import say

BITS = 128
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U; what looks like one of the others is read as it."""
_LOOKALIKES = str.maketrans("ILO", "110")
_BETWEEN = frozenset("-–—‑ \t\r\n\u00a0")
_GROUP = 4
_BODY = 26
_LENGTH = _BODY + 2
_FIELD = 32
_POLYNOMIAL = 0b100101
"""x^5 + x^2 + 1: primitive, so the powers of 2 run through all 31 elements."""


def write_code(secret: int) -> str:
    """Return the code of a 128-bit number, as it is shown once."""
    body = [(secret >> (5 * place)) % _FIELD for place in reversed(range(_BODY))]
    # The two checks make both sums zero: c0 + c1 = s, c0 w^26 + c1 w^27 = t.
    plain, weighted = _sums(body)
    last = _divide(weighted ^ _times(plain, _power(_BODY)), _power(_BODY) ^ _power(_BODY + 1))
    text = "".join(_LETTERS[value] for value in [*body, plain ^ last, last])
    return "-".join(text[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def read_code(text: str) -> int:
    """Return the number a typed code stands for; case, spaces and hyphens do not matter.

    Raises:
        RefusedError: it was not typed right, and where, if that can be said.
    """
    typed = "".join(letter for letter in text.upper() if letter not in _BETWEEN)
    typed = typed.translate(_LOOKALIKES)
    for character in typed:
        if character not in _LETTERS:
            raise RefusedError(
                say("A recovery code has no “{character}” in it.", character=character),
                say("Look at the code again and type it as it stands."),
            )
    if len(typed) != _LENGTH:
        raise RefusedError(
            say(
                "A recovery code has {length} letters and digits; {count} were typed.",
                length=_LENGTH,
                count=len(typed),
            ),
            say("Look at the code again and type all seven groups."),
        )
    values = [_LETTERS.index(character) for character in typed]
    plain, weighted = _sums(values)
    number = reduce(lambda sofar, value: sofar * _FIELD + value, values[:_BODY], 0)
    if plain or weighted or number >> BITS:
        raise _mistyped(plain, weighted)
    return number


def _mistyped(plain: int, weighted: int) -> RefusedError:
    next_step = say("Look at the code again, all of it.")
    if plain and weighted:
        place = next(p for p in range(_FIELD) if _times(plain, _power(p)) == weighted)
        if place < _LENGTH:
            group = place // _GROUP + 1
            next_step = say("Look at the code again, at group {group} first.", group=group)
    return RefusedError(say("The recovery code has a typing mistake in it."), next_step)


def _sums(values: list[int]) -> tuple[int, int]:
    """Return the sum of the values, and their sum weighted by place, in GF(32)."""
    plain = weighted = 0
    for place, value in enumerate(values):
        plain ^= value
        weighted ^= _times(value, _power(place))
    return plain, weighted


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & _FIELD:
            one ^= _POLYNOMIAL
        other >>= 1
    return product


def _power(exponent: int) -> int:
    return reduce(lambda sofar, _: _times(sofar, 2), range(exponent), 1)


def _divide(one: int, other: int) -> int:
    return next(value for value in range(_FIELD) if _times(value, other) == one)
