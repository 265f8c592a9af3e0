"""`doctor` looks at the pages of the database too, where that is soon done, and says where not."""

from pathlib import Path

import pytest
from sqlalchemy import text

from breachdesk.store.engine import make_engine
from breachdesk.store.keys import KeyringUse, open_key
from breachdesk.store.store import DATABASE
from tests.cli.runner import PASSPHRASE, Cli, Said

PAGE = 4096


def pages(said: Said) -> tuple[bool, str]:
    (found,) = [one for one in said.json["checks"] if one["id"] == "pages"]
    return found["ok"], found["found"]


def free_page(cli: Cli) -> int:
    """Make pages that nothing uses any more; return the number of the file's last one."""
    path = cli.home / DATABASE
    key = open_key(
        cli.home, passphrase=lambda: PASSPHRASE, recovery=None, keyring=KeyringUse.OFF
    ).key
    engine = make_engine(path, key)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE passing (bytes BLOB)"))
        connection.execute(text("INSERT INTO passing VALUES (zeroblob(80000))"))
        connection.execute(text("DROP TABLE passing"))
    engine.dispose()
    cli("verify")
    return path.stat().st_size // PAGE


def harm(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE + 1000)
        file.write(b"12345678")


def test_a_damaged_page_that_holds_no_row_is_a_finding(cli: Cli, case: str) -> None:
    number = free_page(cli)
    assert pages(cli("doctor", "--json")) == (True, "every page is as it was written")
    harm(cli.home / DATABASE, number)
    assert pages(cli("doctor", "--json", code=1)) == (False, f"damaged (1): {number}")
    assert cli("show", case)
    assert "bring the desk back from a backup" in cli("doctor", code=1).err


def test_of_a_large_desk_it_says_that_verify_reads_every_page(
    cli: Cli, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    harm(cli.home / DATABASE, free_page(cli))
    monkeypatch.setattr("breachdesk.cli.surroundings.QUICKLY_READ", PAGE)
    is_ok, found = pages(cli("doctor", "--json"))
    assert is_ok
    assert "“breachdesk verify” reads every page" in found
    assert case in cli("list").out
