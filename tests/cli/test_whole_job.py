"""The main job with documented commands only: five organisations, in each one's own language."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from breachdesk.forms import find_forms
from tests.cli.jobs import Job, jobs, main_job
from tests.cli.runner import Cli

PROFILES = find_forms() / "organisations"
ALL = jobs()
BY_A_SCRIPT = tuple({(job.role, job.lang): job for job in reversed(ALL)}.values())
"""One for each role and language: what a process of its own adds is the same for all others."""


def test_there_are_five_organisations_in_both_languages_and_both_roles() -> None:
    assert len({job.organisation for job in ALL}) == 5
    assert {job.lang for job in ALL} == {"en", "nb"}
    assert {job.role for job in ALL} == {"controller", "processor"}
    assert {(job.role, job.lang) for job in BY_A_SCRIPT} == {
        (role, lang) for role in ("controller", "processor") for lang in ("en", "nb")
    }


def check(job: Job, case: dict[str, object], folder: Path) -> None:
    assert case["role"] == job.role
    documents = case["documents"]
    assert isinstance(documents, list)
    assert {one["lang"] for one in documents} == {job.lang}
    states = {one["duty"]: one["state"] for one in case["clock"]}  # type: ignore[attr-defined]
    met = "notify_controller" if job.role == "processor" else "notify_authority"
    assert states[met] == "met"
    assert (folder / "paper.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("job", ALL, ids=lambda job: f"{job.organisation}-{job.role}")
def test_the_main_job_is_done(bare: Cli, job: Job, tmp_path: Path) -> None:
    passphrase = tmp_path / "secret"
    passphrase.write_text("correct horse\n", encoding="utf-8")
    bare.environ |= {
        "BREACHDESK_PASSPHRASE_FILE": str(passphrase),
        "BREACHDESK_LANG": job.lang,
    }
    case = main_job(job, lambda *words: bare(*words).out, tmp_path, PROFILES)
    check(job, case, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("job", BY_A_SCRIPT, ids=lambda job: f"{job.organisation}-{job.role}")
def test_the_main_job_is_done_by_a_script(job: Job, tmp_path: Path) -> None:
    """As a shell script does it: a process for each command, only the two variables set."""
    passphrase = tmp_path / "secret"
    passphrase.write_text("correct horse\n", encoding="utf-8")
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "BREACHDESK_HOME": str(tmp_path / "desk"),
        "BREACHDESK_PASSPHRASE_FILE": str(passphrase),
    }

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "breachdesk", *words, "--lang", job.lang]
        if words[0] in {"issue", "timeline", "draft"}:
            command = command[:-2]
        ran = subprocess.run(
            command, env=environ, capture_output=True, text=True, check=False, cwd=tmp_path
        )
        assert ran.returncode == 0, (words, ran.stderr)
        return ran.stdout

    check(job, main_job(job, run, tmp_path, PROFILES), tmp_path)


def test_two_writers_at_once_lose_nothing(cli: Cli, case: str) -> None:
    environ = {**os.environ, **cli.environ}
    del cli.environ["BREACHDESK_ACTOR"]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "breachdesk", "note", case, f"Line {number}", "--json"],
            env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for number in range(3)
    ]  # fmt: skip
    for one in started:
        out, err = one.communicate()
        assert one.returncode == 0, err
        assert out.startswith(b"{")
    told = {one["text"] for one in cli("show", case, "--json").json["timeline"]}
    assert {f"Line {number}" for number in range(3)} <= told
    assert cli("verify", "--json").json["ok"]


def test_a_pipe_that_closes_is_silent(cli: Cli, case: str) -> None:
    head = shutil.which("true")
    if head is None:
        pytest.skip("there is no “true” here")
    environ = {**os.environ, **cli.environ}
    with subprocess.Popen([head], stdin=subprocess.PIPE) as gone:
        gone.wait()
        ran = subprocess.run(
            [sys.executable, "-m", "breachdesk", "show", case, "--json"],
            env=environ, stdout=gone.stdin, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")
