"""Lists from a file: what is wrong with one is said with its name."""

from pathlib import Path

import pytest

from breachdesk.desk.letter_lists import read_list
from breachdesk.errors import RefusedError
from breachdesk.language import Speaker
from tests.desk.desks import OSLO


def test_a_spreadsheet_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(b"PK\x03\x04 a workbook")
    with pytest.raises(RefusedError) as refused:
        read_list(path)
    said = Speaker("en", OSLO).say(refused.value.what)
    assert said == "people.xlsx is a spreadsheet, not a CSV."
    assert "people.xlsx er et regneark" in Speaker("nb", OSLO).say(refused.value.what)


def test_a_list_is_read_as_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("navn;adresse\nÅse;Veien 1\n".encode("cp1252"))
    assert read_list(path) == path.read_bytes()
