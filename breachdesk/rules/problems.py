"""Answers that contradict each other. They are pointed out; they never make advice undetermined."""

from collections.abc import Callable, Mapping

from breachdesk.rules.advice import Reason
from breachdesk.rules.pack import RulePack
from breachdesk.rules.questionnaire import Answers, Questionnaire
from breachdesk.rules.wording import reason


def find_problems(form: Questionnaire, pack: RulePack, answers: Answers) -> tuple[Reason, ...]:
    """Return the contradictions in everything that was answered, asked still or not."""
    return tuple(
        reason(form, pack, named, answers)
        for named in pack.problems.values()
        if CONTRADICTIONS[named.id](answers)
    )


def _is(answers: Answers, question: str, *options: str) -> bool:
    return answers.get(question) in options


def _answered(answers: Answers, question: str) -> bool:
    return answers.get(question) is not None


CONTRADICTIONS: Mapping[str, Callable[[Answers], bool]] = {
    "ruled_out_yet_held": lambda a: _is(a, "exposure", "ruled-out") and _answered(a, "holder"),
    "ruled_out_yet_used": lambda a: (
        _is(a, "exposure", "ruled-out") and _is(a, "misuse", "unwanted", "harmful")
    ),
    "unreadable_yet_used": lambda a: (
        _is(a, "protection", "strong")
        and _is(a, "key", "safe")
        and _is(a, "misuse", "unwanted", "harmful")
    ),
    "encrypted_key_gone": lambda a: _is(a, "protection", "strong") and _is(a, "key", "exposed"),
    "in_time_yet_harmed": lambda a: (
        _is(a, "restored", "back-in-time") and _is(a, "effect", "felt", "serious", "health")
    ),
    "copy_yet_harmed": lambda a: (
        _is(a, "restored", "copy-only")
        and _is(a, "effect", "felt", "serious", "health")
        and not _answered(a, "altered")
    ),
    "public_yet_secret": lambda a: (
        _is(a, "insight", "public") and _is(a, "implied", "private", "danger")
    ),
    "mistake_yet_harm": lambda a: _is(a, "intent", "mistake") and _is(a, "misuse", "harmful"),
    "nobody_concerned": lambda a: a.get("people_number") == 0,
}
"""Problem id to its condition; the words stand in the form under the same id."""
