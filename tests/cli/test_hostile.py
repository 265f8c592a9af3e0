"""What a person or a file gave stays text: on the terminal, in JSON, in CSV."""

import csv
import io
import json

import pytest

from tests.cli.runner import Cli

HOSTILE = (
    '[@click=app.quit]x[/] [bold]y[/bold] <img src="file:///etc/passwd"> & <b>',
    "=1+1 {title} {0} %s ${HOME} `id`",
    "@SUM(A1)",
    "\x1b[2J\x1b]0;owned\x07 \x9b31m \u202eevil\u202c \u2066x\u2069 \u200b \ufeff",
    "line\r\nbreak\u2028here\x85there",
)
STEERS = set(map(chr, [*range(9), *range(11, 32), 127, *range(128, 160)])) | set(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\u2028\u2029\ufeff"
)

PRINTED = "\u202e\u202c\u2066\u2069\u200b\ufeff\u2028\r\n\x85"
"""Unseen characters that a profile may hold; control characters are refused there."""


def text(nasty: str) -> str:
    """The text without the two characters that no argument may hold at its start."""
    return f"@{nasty}" if nasty.startswith("@") else nasty


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def nasty(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def fill(cli: Cli, nasty: str) -> str:
    """Put it into every text field there is."""
    said = text(nasty)
    profile = cli.home.parent / "profile.toml"
    quoted = json.dumps("".join(sign for sign in nasty if sign.isprintable() or sign in PRINTED))
    profile.write_text(
        f"[organisation]\nname = {quoted}\naddress = {quoted}\n"
        f"privacy_contact = {{ name = {quoted}, email = {quoted} }}\n"
        f'[[processing]]\nid = "p"\ntitle = {quoted}\nrole = "controller"\nsystems = [{quoted}]\n',
        encoding="utf-8",
    )
    cli("organisation", "import", str(profile))
    ref = cli("new", said, "--aware", "14:00", "--why", said, "--summary", said,
              "--processing", "p", "--nature", "c").ref  # fmt: skip
    cli("correct", ref, "summary", f"{said} again", "--because", said)
    cli("answer", ref, "facts", "--set", f"description={said}", "--unknown", "cause",
        "--owner", said)  # fmt: skip
    cli("decide", ref, "is_breach", "--outcome", "yes", "--because", said)
    cli("assess", ref)
    cli("note", ref, said, "--source", said)
    sent = cli("sent", ref, "--duty", "notify_authority", "--to", said, "--channel", said,
               "--receipt", said, "--json").json["dispatches"][0]["id"]  # fmt: skip
    cli("unsent", sent, "--because", said)
    cli("issue", ref, "register-entry", "--out", str(cli.home.parent / "r.pdf"))
    return ref


def test_it_stays_text_on_the_terminal_and_exact_in_json(cli: Cli, nasty: str) -> None:
    ref = fill(cli, nasty)
    for command in (
        ["list"], ["list", "--search", text(nasty)], ["due"], ["show", ref], ["clock", ref],
        ["organisation", "show"], ["assess", ref], ["draft", ref, "notification"],
        ["show", ref, "--json"], ["list", "--json"], ["timeline", ref, "--format", "md"],
    ):  # fmt: skip
        said = cli(*command)
        assert not STEERS & set(said.out + said.err), command
    shown = cli("show", ref, "--json").json
    kept = nasty.replace("\r\n", "\n") if "\r\n" in nasty else nasty
    assert shown["facts"]["description"]["value"] == kept
    assert shown["decisions"][0]["because"] == nasty
    assert shown["timeline"][-1]["by"] == "Kari Nordmann"


def test_no_cell_of_a_csv_starts_a_formula(cli: Cli, nasty: str) -> None:
    ref = fill(cli, nasty)
    for command in (["timeline", ref, "--format", "csv"], ["register", "--format", "csv"]):
        told = cli(*command).out.lstrip("\ufeff")
        for row in csv.reader(io.StringIO(told)):
            assert not [one for one in row if one.startswith(("=", "+", "-", "@"))], command


def test_refusals_quote_it_harmlessly(cli: Cli, case: str, nasty: str) -> None:
    said = text(nasty)
    for arguments in (
        ["show", said], ["new", "x", "--aware", said], ["decide", case, said, "--outcome", "yes",
        "--because", "x"], ["answer", case, "facts", "--set", f"cause={said}"],
        ["answer", case, said, "--set", "a=b"], ["correct", case, said, "x", "--because", "y"],
        ["timeline", case, "--format", said], [said], ["new", "x", said],
        ["organisation", "import", said], ["list", "--limit", said],
    ):  # fmt: skip
        told = cli(*arguments, code=2)
        assert not STEERS & set(told.out + told.err), arguments


def test_a_name_that_steers_the_terminal_is_refused(cli: Cli) -> None:
    assert "--as" in cli.refused("new", "x", "--as", "\x1b[2JKari")


def test_own_forms_cannot_speak_to_the_terminal(cli: Cli) -> None:
    own = cli.home / "forms" / "no"
    own.mkdir(parents=True)
    (own / "facts.toml").write_text('id = "\\u001b[2J"\n', encoding="utf-8")
    told = cli("form", "check", code=1)
    assert "\x1b" not in told.out + told.err
