"""A misdirected message, half of all cases: from the first word to a closed case in a few commands.

Each command is the one that the step before named. Counted are the commands and the questions of
the risk form that somebody has to answer.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.cli.runner import Cli

MOST_QUESTIONS = 10
KNOWN_AND_DELETED = (
    "data_types=basic,contact", "data_subjects=customers", "exposure=obtained", "protection=none",
    "holder=trusted", "intent=mistake", "deletion=confirmed", "insight=a-little",
    "implied=nothing", "identifiability=directly",
)  # fmt: skip
STRANGER = (
    "data_types=basic,identification-number", "data_subjects=customers", "exposure=obtained",
    "protection=none", "holder=few-known", "intent=mistake", "deletion=no", "repeats=single",
    "insight=ordinary", "implied=nothing", "identifiability=directly", "rest=alike",
)  # fmt: skip


@dataclass
class Path:
    """One case on its way, and what it took."""

    cli: Cli
    commands: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    """The next step after each command."""

    def __call__(self, *words: str) -> dict[str, Any]:
        self.commands.append(" ".join(words))
        case: dict[str, Any] = self.cli(*words, "--json").json
        shown = case if "next_step" in case else self.cli("show", "1", "--json").json
        self.steps.append(shown["next_step"]["id"])
        return case

    def begin(self, answers: tuple[str, ...]) -> dict[str, Any]:
        """Log, take the playbook, answer and assess; return the assessment."""
        self("new", "Letter to the wrong customer", "--aware", "40 min ago", "--nature", "c")
        self("task", "add", "1", "--playbook", "misdirected")
        report = self("answer", "1", "risk", *(word for one in answers for word in ("--set", one)))
        assert (report["missing"], report["problems"]) == ([], [])
        return self("assess", "1")

    def decide(self, matter: str, outcome: str, because: str) -> None:
        self("decide", "1", matter, "--outcome", outcome, "--because", because)


def owed(assessed: dict[str, Any]) -> dict[str, str]:
    return {one["duty"]: one["owed"] for one in assessed["advice"]}


def test_a_letter_returned_by_a_known_recipient_takes_ten_questions_and_nine_commands(
    cli: Cli,
) -> None:
    path = Path(cli)
    assessed = path.begin(KNOWN_AND_DELETED)
    assert len(KNOWN_AND_DELETED) <= MOST_QUESTIONS
    assert owed(assessed) == {"record": "yes", "notify_authority": "no", "inform_subjects": "no"}
    path.decide("is_breach", "yes", "A customer got another customer's letter")
    path.decide("notify_authority", "no", "Returned unread by a recipient we can rely on")
    path.decide("inform_subjects", "no", "Nobody but the recipient saw it")
    path("task", "done", "1", "3", "--because", "Returned, confirmed by e-mail")
    case = path("close", "1", "--because", "Returned and confirmed; the template is changed")
    assert path.steps == [
        "assess", "assess", "assess", "decide_is_breach", "decide_notify", "decide_inform",
        "tasks", "tasks", "nothing",
    ]  # fmt: skip
    assert len(path.commands) == 9
    assert case["status"] == "closed"
    assert {one["state"] for one in case["clock"]} == {"not_owed"}
    assert cli("verify", "--json").json["ok"]


def test_a_letter_kept_by_a_stranger_is_notified_and_told_in_thirteen_commands(cli: Cli) -> None:
    path = Path(cli)
    assessed = path.begin(STRANGER)
    assert len(STRANGER) == 12
    assert owed(assessed)["notify_authority"] == "yes"
    path.decide("is_breach", "yes", "A stranger has it")
    path.decide("notify_authority", "yes", "A risk is likely")
    path.decide(
        "inform_subjects", "yes", "They can block credit checks with the bureaus, so we tell them"
    )
    folder = cli.home.parent
    for kind, whom, channel in (
        ("notification", "Datatilsynet", "Altinn"),
        ("communication", "the person", "post"),
    ):
        issued = path("issue", "1", kind, "--out", str(folder / f"{kind}.pdf"))
        path("sent", issued["document"], "--to", whom, "--channel", channel)
    path("close", "1", "--because", "Notified and told")
    assert path.steps[4:] == [
        "decide_notify", "send_notification", "send_notification", "send_notification",
        "tell_people", "tell_people", "supplement", "nothing",
    ]  # fmt: skip
    assert len(path.commands) <= 13
    states = {one["duty"]: one["state"] for one in cli("show", "1", "--json").json["clock"]}
    assert states == {"notify_authority": "met", "inform_subjects": "met"}


def test_the_path_is_the_same_in_bokmaal(cli: Cli) -> None:
    path = Path(cli)
    cli.environ["BREACHDESK_LANG"] = "nb"
    assert owed(path.begin(KNOWN_AND_DELETED))["notify_authority"] == "no"
    assert cli("task", "list", "1").out.startswith("- 1. innen")
