import csv
import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.people import BAD, HEAD, good, people
from tests.cli.runner import Cli

LIST = "\n".join((HEAD, *(good(number) for number in range(8)), BAD[0]))


@pytest.fixture
def listed(cli: Cli) -> Path:
    path = cli.home.parent / "people.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def pages(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages]


def test_ten_thousand_rows_with_37_bad_ones_give_9963_letters(cli: Cli, case: str) -> None:
    folder = cli.home.parent
    content, bad = people()
    (folder / "people.csv").write_bytes(content)
    said = cli(
        "letters", case, "--recipients", str(folder / "people.csv"),
        "--merged", str(folder / "print.pdf"), "--json",
    ).json  # fmt: skip
    assert len(BAD) == 37
    assert [one["row"] for one in said["skipped"]] == list(bad)
    assert said["letters"] == 9_963
    assert sum(said["languages"].values()) == 9_963
    reader = PdfReader(folder / "print.pdf")
    assert len(reader.pages) == said["pages"]
    assert said["pages"] % 2 == 0
    each = said["pages"] // said["letters"]
    for letter, number in ((0, 1), (9_962, 9_998)):
        name = good(number).split(";")[0]
        assert name in reader.pages[letter * each].extract_text()
    fixed = csv.reader(io.StringIO((folder / "print.skipped.csv").read_text("utf-8-sig")))
    assert [int(row[1]) for row in list(fixed)[1:]] == list(bad)


def test_each_person_gets_a_file_in_their_language_named_by_the_row(
    cli: Cli, case: str, listed: Path
) -> None:
    out = cli.home.parent / "letters"
    said = cli("letters", case, "--recipients", str(listed), "--out", str(out), "--json").json
    assert sorted(one.name for one in out.iterdir()) == [
        f"letter-{n:05d}.pdf" for n in range(2, 10)
    ]
    first, third = pages(out / "letter-00002.pdf")[0], pages(out / "letter-00004.pdf")[0]
    assert "Dear Kari Nordmann" in first or "Kjære Kari Nordmann" in first
    assert "Dear Åse Nordmann" in third
    assert "Storgata 2 B\n0003 Oslo" in third
    assert said["documents"].keys() == {"en", "nb"}
    assert all(one.stat().st_mode & 0o077 == 0 for one in out.iterdir())


def test_the_list_is_never_kept_but_its_digest_and_rows_are(
    cli: Cli, case: str, listed: Path
) -> None:
    target = cli.home.parent / "p.pdf"
    made = cli("letters", case, "--recipients", str(listed), "--merged", str(target), "--json").json
    (kept,) = cli("show", case, "--json").json["letters"]
    assert (kept["recipients_sha256"], kept["rows"]) == (made["sha256"], 9)
    assert (kept["letters"], kept["skipped"]) == (8, 1)
    assert "Letters made for 8 people" in cli("timeline", case, "--format", "md").out
    cli("verify")
    for file in cli.home.rglob("*"):
        if file.is_file():
            assert b"Storgata" not in file.read_bytes()


def test_the_letter_is_the_one_that_was_issued(cli: Cli, case: str, listed: Path) -> None:
    out = cli.home.parent / "issued.pdf"
    document = cli("issue", case, "communication", "--lang", "nb", "--out", str(out)).ref
    cli("answer", case, "facts", "--set", "measures_taken=Something new was done.")
    target = cli.home.parent / "p.pdf"
    made = cli("letters", case, "--recipients", str(listed), "--merged", str(target),
               "--lang", "nb", "--json").json  # fmt: skip
    assert made["documents"] == {"nb": document}
    said = "".join(pages(target))
    assert "Something new" not in said
    assert "Dear" not in said


def test_a_letter_that_cannot_be_made_again_word_for_word_is_not_sent_out_changed(
    cli: Cli, case: str, listed: Path, profile: Path
) -> None:
    cli("issue", case, "communication", "--lang", "nb", "--out", str(cli.home.parent / "i.pdf"))
    cli("organisation", "import", str(profile))
    target = cli.home.parent / "p.pdf"
    said = cli.refused("letters", case, "--recipients", str(listed), "--merged", str(target),
                       "--lang", "nb")  # fmt: skip
    assert "Utsted brevet på nytt" in said
    assert not target.exists()


def test_samples_show_each_language_and_keep_nothing(cli: Cli, case: str, listed: Path) -> None:
    target = cli.home.parent / "s.pdf"
    said = cli("letters", case, "--recipients", str(listed), "--merged", str(target),
               "--sample", "3", "--json").json  # fmt: skip
    text = "".join(pages(target))
    assert said["letters"] == 3
    assert "Dear" in text
    assert "Kjære" in text
    assert "DRAFT" in text
    kept = cli("show", case, "--json").json
    assert (kept["letters"], kept["documents"]) == ([], [])


def test_guardians_get_their_own_letter(cli: Cli, case: str, listed: Path) -> None:
    target = cli.home.parent / "g.pdf"
    cli("letters", case, "--recipients", str(listed), "--merged", str(target), "--lang", "nb",
        "--kind", "guardian-letter")  # fmt: skip
    first = pages(target)[0]
    assert "barnet ditt" in first
    assert "Kjære Kari Nordmann" in first


def test_lang_column_heeds_the_column(cli: Cli, case: str, listed: Path) -> None:
    target = cli.home.parent / "p.pdf"
    said = cli("letters", case, "--recipients", str(listed), "--merged", str(target),
               "--lang", "column", "--json").json  # fmt: skip
    assert said["languages"]["en"] == 2


def test_results_are_read_back_into_the_case(cli: Cli, case: str, listed: Path) -> None:
    assert "No letters were made" in cli.refused("letters", case, "--results", str(listed))
    out = cli.home.parent / "letters"
    made = cli("letters", case, "--recipients", str(listed), "--out", str(out), "--json").json
    kept = [one["row"] for one in made["skipped"]]
    results = cli.home.parent / "results.csv"
    results.write_text("Rad;Status\n2;levert\n3;retur\n4;levert\n99;levert\n", encoding="utf-8")
    said = cli("letters", case, "--results", str(results), "--json").json
    assert (said["delivered"], said["returned"], said["open"]) == (2, [3], 5)
    assert [one["row"] for one in said["skipped"]] == [5]
    assert said["kept_back"] == kept
    results.write_text("Rad;Status\n3;levert\n", encoding="utf-8")
    told = cli("letters", case, "--results", str(results)).out
    assert "Arrived: 3. Came back: 0." in told
    assert f"in these rows of the list: {kept[0]}." in told
    assert "No result yet: 5." in told
    assert f"so without one: {kept[0]}." in told
    assert cli("show", case, "--json").json["letters"][0]["delivered"] == 3
    assert "2 arrived and 1 came back" in cli("timeline", case, "--format", "md").out
    cli("verify")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "--recipients FILE"),
        (["--recipients", "{list}"], "Nothing says where"),
        (["--recipients", "nowhere.csv", "--merged", "{new}"], "cannot be read"),
        (["--recipients", "{list}", "--merged", "{list}"], "there already"),
        (["--recipients", "{list}", "--out", "{folder}"], "files in"),
        (["--recipients", "{list}", "--merged", "/nowhere/p.pdf"], "There is no folder"),
        (["--recipients", "{list}", "--merged", "{new}", "--sample", "few"], "not a number"),
        (["--recipients", "{list}", "--merged", "{new}", "--lang", "klingon"], "lang"),
        (["--recipients", "{list}", "--merged", "{new}", "--kind", "timeline"], "guardian-letter"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    cli: Cli, case: str, listed: Path, arguments: list[str], told: str
) -> None:
    folder = cli.home.parent
    before = sorted(one.name for one in folder.iterdir())
    places = {"list": listed, "folder": folder, "new": folder / "new.pdf"}
    said = cli.refused("letters", case, *(one.format(**places) for one in arguments))
    assert told in said
    assert sorted(one.name for one in folder.iterdir()) == before
    assert cli("show", case, "--json").json["letters"] == []


def test_a_row_in_nynorsk_gets_its_letter_in_nynorsk_under_nynorsk_headings(
    cli: Cli, case: str
) -> None:
    listed, out = cli.home.parent / "folk.csv", cli.home.parent / "brev"
    rows = (
        "namn;adresse;postnummer;poststad;målform",
        "Åse Nordmann;Storgata 2;0003;Oslo;nynorsk",
        "Ola Nordmann;Storgata 4;0003;Oslo;bokmål",
    )
    listed.write_text("\n".join(rows), encoding="utf-8")
    said = cli("letters", case, "--recipients", str(listed), "--out", str(out), "--json").json
    assert said["documents"].keys() == {"nb", "nn"}
    first, second = (" ".join(pages(out / f"letter-0000{row}.pdf")[0].split()) for row in (2, 3))
    assert "Kjære Åse Nordmann" in first
    assert "Vi skriv til deg fordi det har skjedd eit brot" in first
    assert "Vi skriver til deg fordi det har skjedd et brudd" in second


def test_letters_that_nobody_decided_on_say_so_and_that_they_were_issued(
    cli: Cli, case: str, listed: Path
) -> None:
    def letters(*more: str) -> str:
        target = str(cli.home.parent / "print.pdf")
        made = cli("letters", case, "--recipients", str(listed), "--merged", target, "--lang", "en",
                   "--force", *more)  # fmt: skip
        return " ".join(f"{made.out} {made.err}".split())

    said = letters()
    assert "No letter was issued before, so this command issued it: doc-" in said
    assert "Nobody has decided to tell these people" in said
    assert "The letter says nothing of what has been done. Article 34(2)" in said
    cli("decide", case, "inform_subjects", "--outcome", "yes", "--because", "The risk is high.")
    again = letters()
    assert "issued it" not in again
    assert "Nobody has decided" not in again


def test_letters_as_json_hold_the_same_warnings(cli: Cli, case: str, listed: Path) -> None:
    said = cli("letters", case, "--recipients", str(listed), "--merged",
               str(cli.home.parent / "p.pdf"), "--lang", "en", "--json").json  # fmt: skip
    assert said["issued"] == [said["documents"]["en"]]
    assert any("Nobody has decided" in one for one in said["warnings"])
    assert any("Article 34(2)" in one for one in said["warnings"])


def test_results_that_cannot_be_read_say_which_rows_and_words_there_are(
    cli: Cli, case: str, listed: Path
) -> None:
    out = cli.home.parent / "letters"
    cli("letters", case, "--recipients", str(listed), "--out", str(out))
    results = cli.home.parent / "results.csv"
    results.write_text("row;status\n1;returned\n", encoding="utf-8")
    said = " ".join(cli.refused("letters", case, "--results", str(results)).split())
    assert "whose headings are line 1, and letters were made for 2-9" in said
    results.write_text("row;status\n2;lost\n", encoding="utf-8")
    assert "write “delivered” or “returned”" in " ".join(
        cli.refused("letters", case, "--results", str(results)).split()
    )


def test_one_letter_is_made_for_one_person(cli: Cli, case: str) -> None:
    path = cli.home.parent / "one.csv"
    path.write_text("\n".join((HEAD, good(0))), encoding="utf-8")
    cli("letters", case, "--recipients", str(path), "--merged", str(cli.home.parent / "p.pdf"))
    assert "Letter made for one person" in cli("timeline", case, "--format", "md").out
