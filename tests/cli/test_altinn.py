"""The Altinn sheet, whether somebody can send, and the receipt kept with the sending."""

import hashlib
import json
from pathlib import Path

import pytest

from breachdesk.records.attachment import MOST_BYTES
from tests.cli.runner import Cli

HEADINGS = (
    "Hovedårsak", "Tidsrom", "Når ble avviket oppdaget", "Antall berørte personer",
    "Beskrivelse av hva som har skjedd", "Hvordan avviket oppstod",
    "Hva slags type personopplysninger som ble berørt",
    "Hvilken relasjon virksomheten har til de berørte personene",
    "Hvor personopplysningene befinner seg etter avviket", "Mulige konsekvenser for de berørte",
    "Tiltak som er gjort og planlagt for å hindre gjentakelse",
    "Hva som er gjort for å redusere potensielle skadevirkninger",
    "Har de berørte blitt informert?",
    "Navn og kontaktinformasjon til personvernombud eller annen kontaktperson",
)  # fmt: skip
"""The form's public headings that always stand, in their order; “Hvordan?” only once told."""
PROFILE = """
[organisation]
name = "Prøve AS"
[altinn]
holder = "Siv Øvelse"
holder_eid = true
deputy = "Per Prøve"
deputy_eid = true
fallback = "post"
checked_on = 2026-11-01
"""


def with_profile(cli: Cli, text: str = PROFILE) -> Path:
    path = cli.home.parent / "profile.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_sheet_follows_datatilsynets_headings_in_their_order(cli: Cli, case: str) -> None:
    cli("answer", case, "facts", "--set", "cause=internal-accidental",
        "--set", "description=A list went to a stranger",
        "--unknown", "people_number", "--owner", "Ola", "--due", "tomorrow 12:00")  # fmt: skip
    fields = cli("altinn", case, "--lang", "nb", "--json").json
    assert all({"field", "value"} <= set(one) for one in fields)
    names = [one["field"] for one in fields]
    assert [one for one in names if one in HEADINGS] == list(HEADINGS)
    values = {one["field"]: one for one in fields}
    assert values["Hovedårsak"]["value"] == "Intern, utilsiktet"
    what = values["Beskrivelse av hva som har skjedd"]
    assert (what["value"], what["missing"]) == ("A list went to a stranger", False)
    assert [one["number"] for one in fields] == list(range(1, len(fields) + 1))


def test_what_is_not_known_says_who_supplies_it_by_when(cli: Cli, case: str) -> None:
    cli("answer", case, "facts", "--set", "people_basis=approximate", "--unknown", "people_number",
        "--owner", "Ola", "--due", "tomorrow 12:00")  # fmt: skip
    fields = {one["field"]: one for one in cli("altinn", case, "--lang", "nb", "--json").json}
    people = fields["Antall berørte personer"]
    assert people["missing"]
    assert "Ola" in people["value"]
    assert (people["owner"], people["due"]) == ("Ola", "2026-11-21T11:00:00+00:00")


def test_the_sheet_says_the_same_as_the_notification(cli: Cli, case: str) -> None:
    cli("answer", case, "facts", "--set", "description=A list", "--set", "how_it_happened=A slip")
    sheet = cli("altinn", case, "--lang", "en", "--json").json
    draft = json.dumps(cli("draft", case, "notification", "--lang", "en", "--json").json)
    known = [one for one in sheet if not one["missing"]]
    assert len(known) >= 5
    for one in known:
        assert json.dumps(one["value"])[1:-1] in draft, one


def test_the_sheet_is_read_by_people_too(cli: Cli, case: str) -> None:
    said = cli("altinn", case, "--lang", "nb").out
    assert "BESKRIVELSE AV AVVIKET" in said
    assert "Ingen er oppgitt med Altinn-rollen" in said
    assert f"breachdesk sent {case} --duty notify_authority" in said


def test_what_may_be_personal_data_is_warned_of(cli: Cli, case: str) -> None:
    cli("answer", case, "facts", "--set", "description=Mail kari@nordmann.example about it")
    assert "kari@nordmann.example" in cli("altinn", case).err


def test_the_check_says_who_can_send_and_what_is_lacking(cli: Cli) -> None:
    assert cli("altinn", "--check", code=1).out.startswith("! Nobody is named who holds")
    cli("organisation", "import", str(with_profile(cli)))
    said = cli("altinn", "--check")
    assert "+ Siv Øvelse holds the Altinn role" in said.out
    assert "!" not in said.out
    assert cli("altinn", "--check", "--json").json["ready"] is True
    cli.clock.move(days=200)
    checks = cli("altinn", "--check", "--json", code=1).json["checks"]
    assert [one["id"] for one in checks if not one["ready"]] == ["checked"]


@pytest.mark.parametrize(
    ("old", "new", "lacks"),
    [
        ("holder_eid = true", "", ["holder_eid"]),
        ("holder_eid = true", "holder_eid = false", ["holder_eid"]),
        ("holder_eid = true", "certificate = true", []),
        ('deputy = "Per Prøve"', "", ["deputy"]),
        ('fallback = "post"', "", ["fallback"]),
        ("checked_on = 2026-11-01", "", ["checked"]),
        ("checked_on = 2026-11-01", "checked_on = 2027-01-01", ["checked"]),
    ],
)
def test_each_thing_that_is_lacking_is_named_with_what_to_do(
    cli: Cli, old: str, new: str, lacks: list[str]
) -> None:
    cli("organisation", "import", str(with_profile(cli, PROFILE.replace(old, new))))
    checks = cli("altinn", "--check", "--json", code=int(bool(lacks))).json["checks"]
    not_ready = [one for one in checks if not one["ready"]]
    assert [one["id"] for one in not_ready] == lacks
    assert all(one["remedy"] for one in not_ready)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("holder_eid = true", 'holder_eid = "perhaps"', "Write true or false"),
        ("holder_eid = true", "holder_eid = [1]", "Write true or false"),
        ("checked_on = 2026-11-01", 'checked_on = "soon"', "Write it as 2026-11-22"),
        ("checked_on = 2026-11-01", "checked_on = 7.5", "Write it as 2026-11-22"),
        ("holder_eid", "holder_id", "check how it is spelled"),
    ],
)
def test_a_malformed_profile_is_refused_in_one_sentence(
    cli: Cli, old: str, new: str, says: str
) -> None:
    path = with_profile(cli, PROFILE.replace(old, new))
    assert says in cli.refused("organisation", "import", str(path))


def test_a_receipt_is_kept_with_the_sending_byte_for_byte(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    receipt = tmp_path / "kvittering.pdf"
    receipt.write_bytes(b"%PDF-1.7\n\x00\xff receipt")
    shown = cli("sent", case, "--duty", "notify_authority", "--to", "Datatilsynet", "--channel",
                "Altinn", "--receipt", "AR1", "--attach", str(receipt), "--json").json  # fmt: skip
    (sending,) = shown["dispatches"]
    (file,) = sending["attachments"]
    assert (file["name"], file["size"]) == ("kvittering.pdf", 19)
    assert file["sha256"] == hashlib.sha256(receipt.read_bytes()).hexdigest()
    assert f"{file['id']}  kvittering.pdf, 19 bytes" in cli("show", case).out
    out = tmp_path / "back.pdf"
    cli("attachment", file["id"], "--out", str(out))
    assert out.read_bytes() == receipt.read_bytes()
    assert "is there already" in cli("attachment", file["id"], "--out", str(out), code=2).err
    cli("attach", sending["id"], str(receipt))
    assert len(cli("show", case, "--json").json["dispatches"][0]["attachments"]) == 1
    receipt.write_bytes(b"another")
    cli("attach", sending["id"], str(receipt))
    assert len(cli("show", case, "--json").json["dispatches"][0]["attachments"]) == 2
    assert cli("verify", "--json").json["ok"]


def test_a_file_that_cannot_be_kept_is_refused_and_nothing_is_recorded(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    sent = ("sent", case, "--duty", "notify_authority", "--to", "D", "--channel", "Altinn")
    empty, large = tmp_path / "empty", tmp_path / "large"
    empty.touch()
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert "Check that it was saved" in cli.refused(*sent, "--attach", str(empty))
    assert "larger files belong elsewhere" in cli.refused(*sent, "--attach", str(large))
    assert "Give the name of a file" in cli.refused(*sent, "--attach", str(tmp_path))
    assert "Check the path" in cli.refused(*sent, "--attach", str(tmp_path / "none"))
    assert cli("show", case, "--json").json["dispatches"] == []
    cli.refused("attach", "dsp-none", str(large))
    assert "There is no kept file" in cli(
        "attachment", "att-none", "--out", str(tmp_path / "x"), code=2
    ).err  # fmt: skip
    assert not (tmp_path / "x").exists()


def test_a_sending_taken_back_takes_no_more_files(cli: Cli, case: str, tmp_path: Path) -> None:
    receipt = tmp_path / "r.txt"
    receipt.write_text("ok", encoding="utf-8")
    sent = ("sent", case, "--duty", "notify_authority", "--to", "D", "--channel", "Altinn")
    dispatch = cli(*sent, "--json").json["dispatches"][0]["id"]
    cli("unsent", dispatch, "--because", "Another case")
    assert "taken back already" in cli("attach", dispatch, str(receipt), code=2).err


def test_warnings_come_in_the_readers_language_not_the_papers(cli: Cli, case: str) -> None:
    norwegian = cli("altinn", case, "--lang", "nb").err
    cli.environ["BREACHDESK_PAPER_LANG"] = "nb"
    said = cli("altinn", case)
    assert "Look at this: " in said.err
    warnings = [one for one in said.err.splitlines() if one.startswith("Look at this: ")]
    assert not any(one.removeprefix("Look at this: ") in norwegian for one in warnings)
    assert "Hovedårsak" in said.out
