"""The same case twice on one desk, and an erasure that was killed before its files went."""

from pathlib import Path

import pytest

from breachdesk.desk import Desk
from breachdesk.desk.erasing import Erasing
from breachdesk.errors import RefusedError
from tests.desk.desks import new_desk
from tests.desk.test_erasing import worked_on


def said(lines: object) -> str:
    return "\n".join(str(one) for one in lines)  # type: ignore[attr-defined]


def test_erasing_names_the_twin_and_importing_names_the_erased_original(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for user in ("moving", "twins"):  # this desk was made without its key file
        monkeypatch.setattr(f"breachdesk.desk.{user}.desk_id", lambda _: "0" * 32)
    desk = new_desk(tmp_path)
    worked_on(desk, tmp_path)
    away = desk.moving.export("1")
    twin = desk.moving.take(away).case.ref
    outlook = said(desk.erasing.outlook("1").out_of_reach)
    assert f"the same case as {twin} on this desk" in outlook
    assert "the same case as BD-2026-001" in said(desk.erasing.outlook(twin).out_of_reach)
    erased = desk.erasing.erase("1", "Fem år er gått")
    assert f"the same case as {twin} on this desk" in said(erased.out_of_reach)
    again = desk.moving.take(away)
    assert f"is here already as {twin}" in said(again.skipped)
    assert "was erased here as BD-2026-001" in said(again.skipped)
    assert "BD-2026-001" not in said(desk.erasing.outlook(twin).out_of_reach)
    assert f"the same case as {again.case.ref}" in said(desk.erasing.outlook(twin).out_of_reach)
    desk.close()


def test_files_that_a_killed_erasure_left_go_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(tmp_path)
    worked_on(desk, tmp_path)
    with monkeypatch.context() as patch:

        def killed(*_: object) -> int:
            raise KeyboardInterrupt

        patch.setattr(Erasing, "_remove_files", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.erasing.erase("1", "Fem år er gått")
    (file,) = (tmp_path / "evidence").iterdir()
    stranger = file.with_name("evd-000000000000.sealed")  # being added by another program
    stranger.write_bytes(b"x")
    assert desk.erasing.outlook("1").files == 1
    assert desk.erasing.erase("1", "En gang til").files == 1
    assert [one.name for one in (tmp_path / "evidence").iterdir()] == [stranger.name]
    with pytest.raises(RefusedError, match="erased already"):
        desk.erasing.erase("1", "Og en gang til")
    assert desk.trust.verify().ok
    desk.close()


def test_a_case_alone_has_no_twin(tmp_path: Path) -> None:
    desk: Desk = new_desk(tmp_path)
    worked_on(desk, tmp_path)
    assert "the same case" not in said(desk.erasing.outlook("1").out_of_reach)
    desk.close()
