import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from breachdesk import __version__
from breachdesk.cli.app import application
from breachdesk.cli.placeholders import PLACEHOLDERS
from breachdesk.language.catalogue import catalogue
from tests.cli.runner import Cli

COMMANDS = {
    "demo", "init", "new", "aware", "correct", "close", "reopen", "list", "show", "answer",
    "assess", "decide", "due", "clock", "draft", "issue", "sent", "unsent", "note", "timeline",
    "register", "verify", "selftest", "doctor", "locate",
}  # fmt: skip


def every_command(
    command: Any,  # noqa: ANN401 - Typer's
    path: tuple[str, ...] = (),
) -> Iterator[tuple[str, ...]]:
    for name, inner in getattr(command, "commands", {}).items():
        yield (*path, name)
        yield from every_command(inner, (*path, name))


PATHS = sorted(every_command(typer.main.get_command(application())))


def test_every_command_of_the_contract_is_there() -> None:
    groups = {("organisation", "import"), ("organisation", "show")}
    groups |= {("form", one) for one in ("list", "show", "check", "upgrade")}
    groups |= {("task", one) for one in ("add", "done", "list")}
    assert {(one,) for one in COMMANDS} | groups <= set(PATHS)


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_help_page_has_a_usage_line_and_examples(bare: Cli, path: tuple[str, ...]) -> None:
    said = bare(*path, "--help").out
    assert said.startswith(f"Usage: breachdesk {' '.join(path)}")
    if path not in {("form",), ("organisation",), ("task",), ("evidence",), ("group",)}:
        assert f"  breachdesk {' '.join(path)}" in said or "| breachdesk" in said


def help_sentences(command: Any) -> Iterator[str]:  # noqa: ANN401 - Typer's
    yield command.help or ""
    for param in command.params:
        yield getattr(param, "help", None) or ""
    for inner in getattr(command, "commands", {}).values():
        yield from help_sentences(inner)


def test_every_sentence_of_help_is_said_in_bokmaal() -> None:
    sentences = set(help_sentences(typer.main.get_command(application()))) - {""}
    said = catalogue("nb")
    assert [one for one in sentences if said.gettext(one) == one] == []


def test_help_is_drawn_in_the_language_asked_for(bare: Cli) -> None:
    assert bare("new", "--help", "--lang", "nb").out.startswith("Bruk: breachdesk new TITTEL")
    bare.environ["BREACHDESK_LANG"] = "nb"
    assert bare("--help").out.startswith("Bruk: ")
    bare.environ["BREACHDESK_LANG"] = "klingon"
    assert bare("--help").out.startswith("Usage: ")


@pytest.mark.parametrize(
    "line", ["evidence --help --lang nb", "evidence --lang nb --help", "--lang nb evidence --help"]
)
def test_help_of_a_group_is_drawn_in_the_language_asked_for(bare: Cli, line: str) -> None:
    assert bare(*line.split()).out.startswith("Bruk: breachdesk evidence KOMMANDO")


def test_what_every_command_knows_may_stand_after_the_name_of_its_group(
    cli: Cli, case: str
) -> None:
    cli("group", "--as", "Ola Nordmann", "add", case, "Lærere")
    group = cli("group", "--json", "list", case).json[0]
    assert group["history"][0]["by"] == "Ola Nordmann"
    assert "has no evidence" in cli("evidence", "list", case).err
    assert "ingen bevis" in cli("evidence", "--lang", "nb", "list", case).err
    last = cli("--lang", "nb", "evidence", "--lang", "nb", "list", case, "--lang", "en")
    assert "has no evidence" in last.err


def every_page(command: Any) -> Iterator[Any]:  # noqa: ANN401 - Typer's
    yield command
    for inner in getattr(command, "commands", {}).values():
        yield from every_page(inner)


def test_every_placeholder_and_every_text_in_an_example_is_said_in_bokmaal() -> None:
    said, known = catalogue("nb"), {one.text for one in PLACEHOLDERS}
    pages = list(every_page(typer.main.get_command(application())))
    values = {
        str(one.metavar or one.name.upper())
        for page in pages
        for one in page.params
        if not getattr(one, "is_flag", False)
    }
    shouted = {one for one in values if re.search("[A-Z]{2}", one)}
    assert shouted - known == {"URL"}
    examples = [line for page in pages for line in (page.epilog or "").splitlines()]
    spoken = [one for one in examples if re.search(r'"[^"=]+ [^"]+"', one)]
    assert len(spoken) > 10
    assert [one for one in spoken if said.gettext(one) == one] == []


def test_the_version_is_said(bare: Cli) -> None:
    assert bare("--version").out == f"breachdesk {__version__}\n"


def loaded_by(*command_lines: list[str], environ: dict[str, str] | None = None) -> set[str]:
    """Return the modules that a fresh process has loaded after these command lines."""
    script = (
        "import sys\n"
        "from breachdesk.cli.main import main\n"
        f"codes = [main(one) for one in {command_lines!r}]\n"
        "assert codes == [0] * len(codes), codes\n"
        "print('loaded', *sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, env=environ
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.rpartition("loaded")[2].split())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["new", "--help"]])
def test_version_and_help_load_none_of_the_heavy_libraries(arguments: list[str]) -> None:
    heavy = {"sqlmodel", "sqlalchemy", "reportlab", "textual", "keyring", "breachdesk.desk"}
    assert not heavy & loaded_by(arguments)


def test_a_command_never_loads_the_screen(cli: Cli) -> None:
    loaded = loaded_by(["list", "--json"], ["selftest", "--json"], environ=cli.environ)
    assert "sqlmodel" in loaded
    assert not {"textual", "reportlab", "rich"} & loaded


OTHER_WORK = {
    "textual", "rich", "reportlab", "pikepdf", "alembic", "mako", "keyring", "icalendar", "segno",
    "rfc3161_client", "urllib.request", "http.client", "hypothesis", "babel.messages",
    "breachdesk.tui", "breachdesk.documents.pdf", "breachdesk.documents.compose",
    "breachdesk.documents.notification", "breachdesk.exchange.pack", "breachdesk.exchange.parcel",
    "breachdesk.exchange.recipients", "breachdesk.desk.letters", "breachdesk.desk.packing",
    "breachdesk.desk.papers", "breachdesk.desk.moving", "breachdesk.desk.stamping",
    "breachdesk.store.authority", "breachdesk.store.migrations.env",
}  # fmt: skip
"""What belongs to papers, packs, letters, time stamps, calendars, the keyring and the screen."""


def test_everything_that_is_other_work_is_there() -> None:
    assert [one for one in sorted(OTHER_WORK) if importlib.util.find_spec(one) is None] == []


@pytest.mark.parametrize(
    "line", ["list", "due", "show 1", "clock 1", "answer 1 facts --set cause=unknown", "note 1 x"]
)
def test_a_daily_command_loads_what_it_needs_and_nothing_else(
    cli: Cli, case: str, line: str
) -> None:
    assert case.endswith("-001")
    loaded = loaded_by(line.split(), environ=cli.environ)
    assert "breachdesk.desk.desk" in loaded
    assert sorted(OTHER_WORK & loaded) == []


def test_what_cannot_be_read_is_refused_in_one_line(bare: Cli) -> None:
    assert "“lsit”. Did you mean list" in bare.refused("lsit")
    assert "no option --foo here" in bare.refused("new", "x", "--foo")
    assert "Did you mean --aware" in bare.refused("new", "x", "--awaer", "14:30")
    assert bare.refused("new").startswith("TITLE is missing.")
    assert bare.refused("decide", "1", "is_breach", "--outcome", "yes").startswith("--because is")
    assert bare.refused("show", "1", "--at").startswith("--at needs a value")
    assert bare.refused("list", "--open=yes").startswith("--open takes no value")
    assert "Put quotation marks" in bare.refused("new", "Payroll", "list")


def test_a_refusal_is_in_the_language_asked_for(bare: Cli) -> None:
    english = bare.refused("lsit")
    assert bare.refused("lsit", "--lang", "nb") == bare.refused("lsit", "--lang=nb") != english


def test_a_group_alone_says_that_a_command_is_missing(bare: Cli) -> None:
    assert "breachdesk form --help" in bare.refused("form")


def test_shared_options_may_stand_before_or_after_the_command(cli: Cli) -> None:
    assert cli("--json", "list").json == []
    assert cli("list", "--json").json == []
    cli("--as", "Ola", "new", "One", "--json")
    cli("new", "Two", "--as", "Per", "--json")
    logged = [cli("show", ref, "--json").json["timeline"][0]["by"] for ref in ("1", "2")]
    assert logged == ["Ola", "Per"]


def test_completion_offers_commands_and_closed_lists(bare: Cli) -> None:
    def offered(line: str) -> str:
        environ = {
            **bare.environ,
            "_BREACHDESK_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(line.split(" ")) - 1),
        }
        ran = subprocess.run(
            [sys.executable, "-m", "breachdesk"],
            capture_output=True, text=True, env=environ, check=False,
        )  # fmt: skip
        return ran.stdout

    assert "register" in offered("breachdesk re")
    assert "notify_authority" in offered("breachdesk decide 1 ")
