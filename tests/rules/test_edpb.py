"""The conditions of the EDPB template, field by field: shown where it belongs, only there."""

from datetime import UTC, datetime

import pytest

from breachdesk.forms import find_forms, load
from breachdesk.rules.edpb import (
    Field,
    FieldKind,
    Payload,
    PayloadFacts,
    Template,
    is_required,
    is_shown,
    letters_offered,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ALWAYS_SHOWN = (
    3, 4, 7, 10, 11, 12, 13, 14, 17, 21, 22, 23, 25, 26, 33, 38, 44, 45, 48, 50, 51, 53, 55, 60, 61,
    62, 63, 65, 66, 67, 70, 71, 72, 75, 76, 85, 87, 89, 90, 92, 94, 95, 97, 109, 110, 125,
)  # fmt: skip
SHOWN_IF: dict[int, tuple[Payload, Payload]] = {
    5: ({3: "b", 4: "c"}, {3: "b", 4: "b"}),
    6: ({3: "b"}, {3: "a"}),
    15: ({14: "a"}, {14: "b"}),
    16: ({15: "d"}, {15: "c"}),
    24: ({23: "c"}, {23: "b"}),
    29: ({23: "b"}, {23: "a"}),
    30: ({29: True, 23: "c"}, {29: False}),
    31: ({29: True, 23: "c"}, {29: True, 23: "a"}),
    34: ({33: "c"}, {33: "a"}),
    35: ({33: "c"}, {33: "b"}),
    36: ({33: "c"}, {}),
    39: ({38: "a"}, {38: "b"}),
    40: ({38: "a"}, {38: "b"}),
    41: ({38: "a"}, {}),
    46: ({44: "c"}, {44: "d"}),
    47: ({44: "b"}, {44: "c"}),
    52: ({50: "b"}, {50: "a"}),
    56: ({55: ("a", "c")}, {55: ("b", "c")}),
    57: ({55: ("a",)}, {55: ("c",)}),
    58: ({55: ("b",)}, {55: ("a",)}),
    59: ({55: ("c",)}, {55: ("a", "b")}),
    68: ({67: "b"}, {67: "c"}),
    73: ({72: "a"}, {72: "d"}),
    79: ({55: ("a",)}, {55: ("b",)}),
    80: ({79: ("a", "d")}, {79: ("a",)}),
    81: ({55: ("b",)}, {55: ("c",)}),
    82: ({81: ("c",)}, {81: ("a", "b")}),
    83: ({55: ("c",)}, {55: ("b",)}),
    84: ({83: ("c",)}, {83: ("b",)}),
    86: ({85: ("n",)}, {85: ("a",)}),
    98: ({97: "a"}, {97: "b"}),
    99: ({97: "b"}, {97: "b1"}),
    100: ({97: "e"}, {97: "d"}),
    101: ({97: "e"}, {97: "a"}),
    102: ({97: "a"}, {97: "e"}),
    103: ({97: "a", 102: "b"}, {97: "a", 102: "a"}),
    104: ({97: "a"}, {97: "b"}),
    105: ({97: "a"}, {97: "c"}),
    106: ({97: "a"}, {97: "b1"}),
    111: ({109: "b", 110: "a"}, {109: "b", 110: "c"}),
    114: ({113: "a"}, {113: "b"}),
    115: ({113: "a"}, {113: "c"}),
    116: ({113: "a"}, {113: "b"}),
    117: ({113: "a"}, {}),
    118: ({113: "a"}, {113: "b"}),
    126: ({125: ("j",)}, {125: ("a",)}),
}
"""Field to a payload in which it is shown, and one in which it is not."""
OUTSIDE: dict[int, tuple[Payload, Payload]] = {
    18: ({}, {}),
    19: ({}, {}),
    120: ({}, {}),
    121: ({120: "a"}, {120: "b"}),
    122: ({120: "a"}, {120: "c"}),
    123: ({120: "a"}, {}),
}
"""The same for controllers outside the EEA; inside it none of them is shown."""
OPTIONAL = {7, 14, 15, 16, 17, 19, 25, 26, 33, 45, 105, 109, 110, 125}
WHILE_INCOMPLETE = {
    44: "e", 56: "e", 57: "e", 60: "x", 61: "e", 65: "k", 67: "d", 70: "t", 72: "d", 79: "e",
    81: "d", 83: "d", 85: "o", 87: "d", 89: "d", 97: "c",
}  # fmt: skip


@pytest.fixture(scope="module")
def template() -> Template:
    return load(find_forms()).template()


def facts(*, late: bool = False, outside_eea: bool = False) -> PayloadFacts:
    return PayloadFacts(now=NOW, late=late, outside_eea=outside_eea)


def test_there_are_a_hundred_fields_in_the_template_s_order(template: Template) -> None:
    numbers = [one.number for one in template.fields]
    assert len(numbers) == 100
    assert numbers == sorted(numbers)
    every = {*ALWAYS_SHOWN, *SHOWN_IF, *OUTSIDE, 49, 113}
    assert set(numbers) == every


@pytest.mark.parametrize("number", ALWAYS_SHOWN)
def test_a_field_without_a_condition_is_always_shown(template: Template, number: int) -> None:
    for payload in ({}, {3: "a", 4: "a"}, {3: "b", 4: "b", 97: "d"}):
        assert is_shown(template, template.field(number), payload, facts())


@pytest.mark.parametrize("number", SHOWN_IF)
def test_a_field_is_shown_where_its_condition_holds_and_only_there(
    template: Template, number: int
) -> None:
    one, (there, not_there) = template.field(number), SHOWN_IF[number]
    assert is_shown(template, one, there, facts())
    assert not is_shown(template, one, not_there, facts())


@pytest.mark.parametrize("number", OUTSIDE)
def test_controllers_outside_the_eea_are_asked_other_things(
    template: Template, number: int
) -> None:
    one, (there, not_there) = template.field(number), OUTSIDE[number]
    assert is_shown(template, one, there, facts(outside_eea=True))
    assert not is_shown(template, one, there, facts())
    assert not is_shown(template, one, not_there, facts(outside_eea=not_there != there))


@pytest.mark.parametrize("number", [113, 114, 115, 116, 117, 118])
def test_the_lead_authority_is_for_controllers_in_the_eea(template: Template, number: int) -> None:
    one = template.field(number)
    assert is_shown(template, one, {113: "a"}, facts())
    assert not is_shown(template, one, {113: "a"}, facts(outside_eea=True))


@pytest.mark.parametrize(
    ("kind", "late", "is_asked"), [("a", True, True), ("a", False, False), ("b", True, False)]
)
def test_reasons_for_the_delay_belong_to_a_new_notification_that_is_late(
    template: Template, kind: str, *, late: bool, is_asked: bool
) -> None:
    assert is_shown(template, template.field(49), {3: kind}, facts(late=late)) is is_asked


def test_a_withdrawal_says_what_is_withdrawn_why_and_by_whom(template: Template) -> None:
    payload: Payload = {3: "b", 4: "c", 23: "b", 29: True}
    numbers = [one.number for one in template.fields if is_shown(template, one, payload, facts())]
    assert numbers == [3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 17, 21, 22, 23, 25, 26, 29, 30, 31, 33]


def test_what_is_shown_must_be_filled_in_unless_the_template_leaves_it_open(
    template: Template,
) -> None:
    optional = {one.number for one in template.fields if not one.required}
    conditional = {one.number for one in template.fields if one.required_if}
    assert optional == OPTIONAL
    assert conditional == {10, 11, 53}


@pytest.mark.parametrize(
    ("number", "there", "not_there"),
    [
        (10, {11: "000000019"}, {}),
        (11, {10: "b"}, {}),
        (53, {45: True}, {45: False}),
    ],
)
def test_some_must_be_filled_in_because_of_another(
    template: Template, number: int, there: Payload, not_there: Payload
) -> None:
    one = template.field(number)
    assert is_required(one, there, facts())
    assert not is_required(one, not_there, facts())


@pytest.mark.parametrize("number", WHILE_INCOMPLETE)
def test_to_be_determined_exists_only_while_incomplete(template: Template, number: int) -> None:
    one, letter = template.field(number), WHILE_INCOMPLETE[number]
    assert letter in letters_offered(one, {4: "b"}, facts())
    assert letter not in letters_offered(one, {4: "a"}, facts())
    assert set(one.while_incomplete) == {letter}


def test_no_other_field_has_such_an_option(template: Template) -> None:
    assert {one.number for one in template.fields if one.while_incomplete} == set(WHILE_INCOMPLETE)


def test_only_a_follow_up_can_withdraw(template: Template) -> None:
    four = template.field(4)
    assert letters_offered(four, {3: "b"}, facts()) == ("a", "b", "c")
    assert letters_offered(four, {3: "a"}, facts()) == ("a", "b")


def test_letters_run_from_a_without_gaps(template: Template) -> None:
    for one in template.fields:
        plain = [letter for letter in one.letters if letter != "b1"]
        assert plain == [chr(ord("a") + place) for place in range(len(plain))], one.number


def test_lists_are_those_the_reference_reads_as_lists(template: Template) -> None:
    kinds = {one.number: one.kind for one in template.fields}
    many = {number for number, kind in kinds.items() if kind is FieldKind.MANY}
    assert many == {55, 65, 70, 75, 79, 81, 83, 85, 94, 125}
    assert kinds[60] is FieldKind.ONE
    assert kinds[40] is FieldKind.TEXTS


def test_every_field_is_supplied_cited_and_named_in_both_languages(template: Template) -> None:
    forms = load(find_forms())
    questions = forms.questions()
    for one in template.fields:
        assert named(one)
        assert "edpb-template" in one.cites
        asked = [question for question in one.by if question in questions]
        assert asked or one.number in {3, 4, 7, 89, 90}, one.number
        assert not asked or one.number in questions[asked[0]].edpb or one.number == 33


def named(one: Field) -> bool:
    return bool(one.title.en and one.title.nb and one.title.en != one.title.nb)


def test_letters_of_options_are_letters_of_their_field(template: Template) -> None:
    for question in load(find_forms()).questions().values():
        for number in question.edpb:
            offered = template.field(number).letters
            for option in question.options:
                if option.edpb and offered:
                    assert option.edpb in offered, (question.id, option.id, number)
