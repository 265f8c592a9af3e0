"""Reads the EDPB's common template: its sections, and its fields with letters and conditions."""

from collections.abc import Mapping

from breachdesk.forms.findings import Findings
from breachdesk.forms.layers import Layered
from breachdesk.forms.tables import Table
from breachdesk.message import say
from breachdesk.rules.edpb import Field, FieldKind, Section, Template
from breachdesk.rules.questionnaire import Condition, Question

FORM = "edpb"
_FACTS = ("late", "outside_eea", "reported_elsewhere")
_ELSEWHERE = frozenset({"case", "phase", "profile", "decision", "dispatch", "assessment", "letter"})
"""Suppliers of a field that are no question."""
_KEYS = (
    "id", "section", "kind", "letters", "while_incomplete", "letter_if", "visible_if", "hidden_if",
    "required", "required_if", "past", "minimum", "by", "title", "cites",
)  # fmt: skip
_CHOICES = (FieldKind.ONE, FieldKind.MANY)


def read_template(
    layered: Layered,
    *,
    eea: tuple[str, ...],
    questions: Mapping[str, Question],
    findings: Findings,
) -> Template:
    """Return the template.

    Args:
        layered: Its file.
        eea: ISO 3166 codes of the countries in the EEA, from the regime.
        questions: Every question of the regime, by id.
        findings: Where problems go.
    """
    sections = []
    for table in layered.items.get("section", ()):
        with findings.catching():
            table.expect("id", "number", "title")
            sections.append(
                Section(
                    id=table.text("id"), number=table.text("number"), title=table.words("title")
                )
            )
    known = {one.id for one in sections}
    numbers = {str(table.values.get("id")) for table in layered.items.get("field", ())}
    fields = []
    for table in layered.items.get("field", ()):
        with findings.catching():
            one = _read_field(table)
            _check_field(table, one, known, numbers, questions)
            fields.append(one)
    return Template(
        version=layered.version,
        edition=layered.head.text("template"),
        reviewed_on=layered.reviewed_on,
        sections=tuple(sections),
        fields=tuple(fields),
        withdrawal_sections=layered.head.texts("withdrawal_sections"),
        eea=eea,
    )


def _read_field(table: Table) -> Field:
    table.expect(*_KEYS)
    number = table.text("id")
    if not number.isdigit():
        raise table.wrong(say("a field's id is its number."))
    return Field(
        number=int(number),
        section=table.text("section"),
        kind=table.word("kind", FieldKind),
        title=table.words("title"),
        cites=table.cites(),
        by=table.texts("by"),
        letters=table.texts("letters"),
        while_incomplete=table.texts("while_incomplete"),
        letter_if=_letter_conditions(table),
        visible_if=table.condition("visible_if"),
        hidden_if=table.condition("hidden_if"),
        required=table.flag("required", default=True),
        required_if=table.condition("required_if"),
        past=table.flag("past", default=False),
        minimum=table.whole("minimum", 0),
    )


def _letter_conditions(table: Table) -> dict[str, Condition]:
    value = table.values.get("letter_if", {})
    inner = table.at(value if isinstance(value, dict) else {}, say("{place}, letter_if",
                     place=table.place))  # fmt: skip
    return {letter: inner.condition(letter) for letter in inner.values}


def _check_field(
    table: Table,
    one: Field,
    sections: set[str],
    numbers: set[str],
    questions: Mapping[str, Question],
) -> None:
    """Refuse a field that points to what does not exist."""
    if one.section not in sections:
        raise table.wrong(say("there is no section “{id}”.", id=one.section))
    if bool(one.letters) != (one.kind in _CHOICES):
        raise table.wrong(say("letters belong to the kinds “one” and “many”, and to no other."))
    for letter in (*one.while_incomplete, *one.letter_if):
        if letter not in one.letters:
            raise table.wrong(say("there is no letter “{letter}”.", letter=letter))
    for supplier in one.by or ("",):
        if supplier not in _ELSEWHERE and supplier not in questions:
            raise table.wrong(say("nothing called “{id}” can supply it.", id=supplier))
    conditions = (one.visible_if, one.hidden_if, one.required_if, *one.letter_if.values())
    for condition in conditions:
        for key in condition:
            if key not in numbers and key not in _FACTS:
                raise table.wrong(say("a condition names “{key}”, which is no field.", key=key))
