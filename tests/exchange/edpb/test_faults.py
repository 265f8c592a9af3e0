"""Faults planted in payloads that pass are each found, in the field where they lie."""

import tomllib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from breachdesk.desk.template import FilledIn
from breachdesk.rules.edpb import Payload, Value, check
from tests.exchange.edpb.wholes import FOLDER, whole

FAULTS = tomllib.loads((FOLDER / "faults.toml").read_text(encoding="utf-8"))["fault"]


@cache
def passing(name: str) -> FilledIn:
    """One of the whole cases, made once."""
    with TemporaryDirectory() as home:
        return whole(name, Path(home)).filled()


def planted(fault: dict[str, Any]) -> Payload:
    fields: dict[int, Value] = dict(passing(fault["case"]).filled.payload)
    for number in fault.get("leave_out", ()):
        del fields[number]
    for number, value in fault.get("set", {}).items():
        fields[int(number)] = tuple(value) if isinstance(value, list) else value
    return fields


def test_there_are_more_than_fifty_and_each_is_its_own() -> None:
    assert len(FAULTS) > 50
    assert len({one["what"] for one in FAULTS}) == len(FAULTS)
    assert all(one["found_in"] for one in FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one["what"])
def test_a_planted_fault_is_found_where_it_lies(fault: dict[str, Any]) -> None:
    made = passing(fault["case"])
    before = check(made.template, made.filled.payload, made.filled.facts)
    found = check(made.template, planted(fault), made.filled.facts)
    assert before == ()
    assert [one.field for one in found] == fault["found_in"]
