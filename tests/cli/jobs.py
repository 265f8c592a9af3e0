"""The main job as a script of documented commands, for each of the five sample organisations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breachdesk.forms import find_forms, load

Run = Callable[..., str]
"""Runs a command line, sees to it that it ends with 0, and returns what stood on stdout."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One organisation's job."""

    organisation: str
    """Name of the sample profile."""
    lang: str
    processing: str
    role: str


def jobs() -> tuple[Job, ...]:
    """Every organisation as controller, and as processor where it is one, in its own language."""
    from breachdesk.cli.profiles import parse_profile

    found = []
    for name, text in load(find_forms()).sample_profiles().items():
        profile = parse_profile(text, name=name)
        for role in ("controller", "processor"):
            chosen = next((one.id for one in profile.processing if one.role == role), None)
            if chosen is not None:
                lang = profile.organisation.language.value
                found.append(Job(organisation=name, lang=lang, processing=chosen, role=role))
    return tuple(found)


FACTS = """
[answers]
cause = "external-malicious"
incident_type = "phishing"
people_basis = "approximate"
people_number = 40
data_subjects = ["customers"]
data_types = ["basic", "contact", "credentials"]
description = "An account was taken over."

[unknown]
data_location_now = { owner = "Ola", due = "in 20 h" }
"""
RISK = (
    "exposure=obtained", "protection=none", "holder=attacker", "insight=ordinary",
    "implied=nothing", "identifiability=directly", "logins=account", "abuse=pose",
    "misuse=none", "undetected=month-or-less", "scope=certain", "repeats=single", "rest=alike",
)  # fmt: skip


def main_job(job: Job, run: Run, folder: Path, profiles: Path) -> dict[str, Any]:
    """Run the main job and return the case as `show --json` gives it at the end."""
    import json

    profile = profiles / f"{job.organisation}.toml"
    (folder / "facts.toml").write_text(FACTS, encoding="utf-8")
    run("init", "--recovery-file", str(folder / "recovery.txt"))
    run("organisation", "import", str(profile))
    ref = run("new", "Account taken over", "--aware", "2 h ago", "--detected", "5 h ago",
              "--nature", "c", "--processing", job.processing).splitlines()[0]  # fmt: skip
    run("note", ref, "The supplier called", "--at", "4 h ago")
    run("answer", ref, "facts", "--file", str(folder / "facts.toml"))
    run("answer", ref, "risk", *(word for one in RISK for word in ("--set", one)))
    run("assess", ref)
    for words in _decisions(job):
        run("decide", ref, *words)
    paper, whom = _paper(job)
    document = run("issue", ref, paper, "--out", str(folder / "paper.pdf")).splitlines()[0]
    run("sent", document, "--to", whom, "--channel", "Altinn", "--receipt", "AR1")
    run("issue", ref, "register-entry", "--out", str(folder / "entry.pdf"))
    for form in ("csv", "timesketch", "md", "pdf"):
        run("timeline", ref, "--format", form, "--out", str(folder / f"timeline.{form}"))
    run("register", "--format", "csv", "--out", str(folder / "register.csv"))
    run("verify")
    shown: dict[str, Any] = json.loads(run("show", ref, "--json"))
    return shown


def _decisions(job: Job) -> Iterator[tuple[str, ...]]:
    yield ("is_breach", "--outcome", "yes", "--because", "Somebody is in the account")
    if job.role == "processor":
        yield ("notify_controller", "--outcome", "yes", "--because", "They must know")
        return
    yield ("notify_authority", "--outcome", "yes", "--because", "A risk is likely")
    yield ("inform_subjects", "--outcome", "yes", "--because", "They can change passwords")


def _paper(job: Job) -> tuple[str, str]:
    if job.role == "processor":
        return "processor-notice", "Kunde AS"
    return "notification", "Datatilsynet"
