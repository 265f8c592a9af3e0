"""Lays a country's file over the base's: whole items are replaced or added by id."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from breachdesk.forms.files import FormFile
from breachdesk.forms.findings import Findings, form_error
from breachdesk.forms.tables import LANGUAGES, Table
from breachdesk.message import say

HEAD = ("id", "extends", "version", "valid_from", "valid_to", "reviewed_on", "languages", "title")
_KEYS = {"use": "question", "clock": "duty"}
"""What identifies an item of a list, where it is not ``id``."""


@dataclass(frozen=True)
class Layered:
    """One form of one jurisdiction: the base's file with the country's laid over it."""

    form: str
    head: Table
    """Single values and single tables; the country's win."""
    items: Mapping[str, tuple[Table, ...]]
    """Lists of tables, items merged by id, each knowing its own file."""
    version: str
    """The base's version, a plus and each further layer's."""
    valid_from: date
    valid_to: date | None
    """Last day; None while in force."""
    reviewed_on: date
    """The oldest review of its files."""

    def plain(self) -> dict[str, Any]:
        """Return the whole merged form as plain values."""
        lists = {key: [dict(one.values) for one in items] for key, items in self.items.items()}
        return {**self.head.values, **lists, "version": self.version}


def head_of(file: FormFile) -> Table:
    """Return the file's head, its required keys checked.

    Raises:
        FormError: A required key is missing or wrong.
    """
    head = Table(file.table, file.name, None, ())
    languages = head.texts("languages")
    if "en" not in languages or not set(languages) <= set(LANGUAGES):
        raise head.wrong(
            say("“languages” must hold “en” and may hold: {known}.", known=", ".join(LANGUAGES))
        )
    head = Table(file.table, file.name, None, languages)
    head.text("version")
    head.words("title")
    if head.text("id") != file.form and file.form != "regime":
        raise head.wrong(say("the form's id “{id}” is not the file's name.", id=head.text("id")))
    first, last = (
        head.day("valid_from"),
        head.day("valid_to") if "valid_to" in head.values else None,
    )
    if last is not None and last < first:
        raise head.wrong(say("“valid_to” lies before “valid_from”."))
    head.day("reviewed_on")
    return head


def in_force(files: Iterable[FormFile], form: str, on: date | None) -> FormFile | None:
    """Return the version of a form in force on a day; the newest when no day is given."""
    dated = sorted(
        ((head_of(file).day("valid_from"), file) for file in files if file.form == form),
        key=lambda pair: (pair[0], pair[1].name),
    )
    fitting = [file for start, file in dated if on is None or _covers(head_of(file), start, on)]
    return fitting[-1] if fitting else None


def _covers(head: Table, start: date, on: date) -> bool:
    return start <= on and ("valid_to" not in head.values or on <= head.day("valid_to"))


def lay(form: str, files: Sequence[FormFile], findings: Findings) -> Layered:
    """Return the files as one form, the first being the base.

    Raises:
        FormError: A head is wrong, or an item has no id or another's id.
    """
    heads = [head_of(file) for file in files]
    single: dict[str, Any] = {}
    items: dict[str, dict[str, Table]] = {}
    for head in heads:
        single |= {key: value for key, value in head.values.items() if not _is_list(value)}
        for key, value in head.values.items():
            if _is_list(value):
                own = _own_items(head, key, value, findings)
                items[key] = _laid_over(items.get(key, {}), own)
    ends = [head.day("valid_to") for head in heads if "valid_to" in head.values]
    return Layered(
        form=form,
        head=Table(single, heads[-1].file, None, _shared_languages(heads)),
        items={key: tuple(value.values()) for key, value in items.items()},
        version="+".join(dict.fromkeys(_version(head, n) for n, head in enumerate(heads))),
        valid_from=max(head.day("valid_from") for head in heads),
        valid_to=min(ends, default=None),
        reviewed_on=min(head.day("reviewed_on") for head in heads),
    )


def _shared_languages(heads: Sequence[Table]) -> tuple[str, ...]:
    """Return the languages that every layer speaks: a desk's own file may lack nynorsk."""
    first, *others = heads
    return tuple(lang for lang in first.languages if all(lang in one.languages for one in others))


def _version(head: Table, layer: int) -> str:
    """Return the base's version as it is, and a further layer's with its folder's name."""
    return (
        head.text("version") if layer == 0 else f"{head.file.split('/')[-2]}.{head.text('version')}"
    )


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _own_items(
    head: Table, key: str, value: list[Mapping[str, Any]], findings: Findings
) -> dict[str, Table]:
    """Return one file's items of a list by id, in order."""
    own: dict[str, Table] = {}
    for number, one in enumerate(value, start=1):
        with findings.catching():
            item_id = one.get(_KEYS.get(key, "id"))
            if not isinstance(item_id, str) or not item_id:
                raise form_error(
                    head.file, say("{kind} number {number} has no id.", kind=key, number=number)
                )
            place = say("{kind} “{id}”", kind=key, id=item_id)
            if item_id in own:
                raise form_error(head.file, say("the id is used twice."), place)
            own[item_id] = head.at(one, place)
    return own


def _laid_over(base: dict[str, Table], own: dict[str, Table]) -> dict[str, Table]:
    """Return base items with own ones in their places, new ones after them."""
    return base | {item_id: _grown(base.get(item_id), item) for item_id, item in own.items()}


def _grown(base: Table | None, item: Table) -> Table:
    """Return a section that only adds questions as the base's section with them; else the item."""
    if base is None or "add" not in item.values:
        return item
    questions = [*base.values.get("questions", ()), *item.texts("add")]
    return Table({**base.values, "questions": questions}, item.file, item.place, base.languages)


def all_tables(values: object) -> Iterator[Mapping[str, Any]]:
    """Yield every table inside a plain value, the outer ones first."""
    if isinstance(values, dict):
        yield values
        values = list(values.values())
    if isinstance(values, list):
        for one in values:
            yield from all_tables(one)
