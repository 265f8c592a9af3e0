"""The named rules above the score, and what risk each channel comes to.

GDPR Art. 33(1) asks whether a risk is unlikely, Art. 34(1) whether a high risk is likely; recitals
75, 76 and 85 say what harm is meant. Confidentiality, integrity and availability are channels of
their own, and the worst counts. Precedence within a channel: protection takes the harm away; else
upward rules set a floor; containment lowers only what the score raised, never a floor.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from breachdesk.errors import RuleError
from breachdesk.message import say
from breachdesk.rules.pack import (
    AT_LEAST_HIGH,
    AT_LEAST_RISK,
    LOWERS,
    PROTECTS,
    NamedRule,
    RulePack,
    Table,
    parse_pack,
)
from breachdesk.rules.pack_check import check_pack
from breachdesk.rules.questionnaire import Question
from breachdesk.rules.severity import measure, points
from breachdesk.rules.situation import Situation
from breachdesk.terms import Nature, RiskLevel

__all__ = ["CONDITIONS", "LEVELS", "Judgement", "judge", "read_pack"]

LEVELS = (RiskLevel.UNLIKELY, RiskLevel.RISK, RiskLevel.HIGH_RISK)
"""The law's three steps, by the numbers used here: 0, 1, 2."""

UNLIKELY, RISK, HIGH = range(3)


def read_pack(table: Table, *, questions: Mapping[str, Question], digest: str) -> RulePack:
    """Return the rule pack of a form's tables, each rule with a condition here.

    Raises:
        RuleError: Something is missing or does not fit, or a rule is not known.
    """
    pack = parse_pack(table, digest=digest)
    check_pack(pack, questions)
    for rule in pack.rules:
        if rule not in CONDITIONS:
            raise RuleError(say("There is no condition for the rule “{rule}”.", rule=rule))
    return pack


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one situation."""

    level: int
    """The worst channel's, as a place in `LEVELS`."""
    channels: Mapping[Nature, int]
    fired: tuple[tuple[str, str], ...]
    """Rule id and its effect here, in the pack's order."""
    score: int
    """In quarters."""
    score_level: int
    """What the score alone said of confidentiality, before anything lowered it."""
    counted_level: int
    """What was left of it after protection and lowering."""


def judge(situation: Situation) -> Judgement:
    """Return what the score and the rules say of one situation."""
    nature = situation.values.get("nature")
    hit = [one for one in Nature if isinstance(nature, tuple) and one in nature]
    fired: dict[str, str] = {}
    scored = measure(situation).se
    said = LEVELS.index(situation.pack.level(scored).risk)
    counted = UNLIKELY
    channels: dict[Nature, int] = {}
    for channel in hit:
        rules = [one for one in situation.pack.rules.values() if channel in one.channels]
        shields = _fire(situation, rules, PROTECTS, fired)
        if shields:
            channels[channel] = UNLIKELY
            continue
        level = max(_floor(situation, rules, fired), UNLIKELY)
        if channel is Nature.CONFIDENTIALITY:
            counted = _lowered(situation, rules, said, fired)
            level = max(level, counted)
        channels[channel] = level
    order = tuple((one, fired[one]) for one in situation.pack.rules if one in fired)
    worst = max(channels.values(), default=UNLIKELY)
    return Judgement(worst, channels, order, scored, said, counted)


def _fire(
    situation: Situation, rules: list[NamedRule], effect: str, fired: dict[str, str]
) -> list[NamedRule]:
    """Return the rules of one effect whose condition holds, and note them as fired."""
    found = [one for one in rules if one.effect == effect and CONDITIONS[one.id](situation)]
    fired.update((one.id, effect) for one in found)
    return found


def _floor(situation: Situation, rules: list[NamedRule], fired: dict[str, str]) -> int:
    """Return the highest floor. Without evidence that anyone came near, a high one is a risk."""
    floor = RISK if _fire(situation, rules, AT_LEAST_RISK, fired) else UNLIKELY
    high = _fire(situation, rules, AT_LEAST_HIGH, fired)
    if high and _only_possible(situation):
        ours = {one.id for one in high if Nature.CONFIDENTIALITY in one.channels}
        fired.update(dict.fromkeys(ours, AT_LEAST_RISK))
        high = [one for one in high if one.id not in ours]
        floor = max(floor, RISK)
    return HIGH if high else floor


def _lowered(situation: Situation, rules: list[NamedRule], said: int, fired: dict[str, str]) -> int:
    """Return what is left of the score's level after containment. EDPB 9/2022, section IV.B.

    The highest band never falls below a risk, unless someone bound to us has confirmed deletion:
    what a mere promise covers is still grave.
    """
    lowering = _fire(situation, rules, LOWERS, fired) if said else []
    level = said - sum(_LOWERING[one.id](situation) for one in lowering)
    grave = measure(situation).se >= situation.pack.levels[-1].start
    sure = not _outsider(situation) and situation.says("deletion", "confirmed")
    least = RISK if grave and not sure else UNLIKELY
    return max(level, min(least, said))


def _only_possible(s: Situation) -> bool:
    """Was the data within reach only, with no sign that anyone came? An intruder is a sign."""
    return s.says("exposure", "no-sign") and not s.at_least("holder", "public")


def _containment(s: Situation) -> int:
    """Return the steps by which containment lowers: more where the recipient can be trusted.

    Our own people are bound by confidentiality and our instructions before we have asked them.
    """
    tie = {"own-organisation": "own", "trusted": "bound"}.get(str(s.values.get("holder")), "known")
    return points(s, "deletion", tie)


_LOWERING: Mapping[str, Callable[[Situation], int]] = {
    "no_sign_found": lambda _: 1,
    "contained": _containment,
}


def _outsider(s: Situation) -> bool:
    """Does somebody have the data who owes us nothing?"""
    return s.at_least("holder", "few-known")


def _uncontrolled(s: Situation) -> bool:
    """Are the data with people we cannot follow up?"""
    return s.at_least("holder", "many-known")


def _about_someone(s: Situation) -> bool:
    """Can the data be tied to a person without extreme effort? Art. 4(1), recital 26 GDPR."""
    return s.at_least("identifiability", "with-effort")


def _tells(s: Situation, least: str) -> bool:
    return s.at_least("insight", least) and _about_someone(s)


def _many(s: Situation) -> bool:
    return s.number("people_number") > s.pack.thresholds["many_people"]


def _likely(s: Situation) -> bool:
    return s.at_least("exposure", "likely")


def _impersonation(s: Situation) -> bool:
    """Could somebody take over an identity or an account, and is that more than a thought?

    Money or accounts within reach are enough. To pose as someone takes an actor who took the data,
    the public, or very many people. One person can be enough (recital 75 GDPR).
    """
    if not (_uncontrolled(s) and _likely(s) and _tells(s, "hardly-any")):
        return False
    wanted = s.at_least("holder", "public") or s.at_least("intent", "object")
    return s.says("abuse", "take") or (s.says("abuse", "pose") and (wanted or _many(s)))


def _armed(s: Situation) -> bool:
    """Does someone who means harm know enough to deceive people? Recitals 75 and 85 GDPR."""
    meant = s.says("holder", "attacker") or (s.says("intent", "harm") and _uncontrolled(s))
    return (
        meant
        and _likely(s)
        and s.at_least("abuse", "target")
        and s.holds("beyond_contact")
        and _tells(s, "ordinary")
    )


def _usable(s: Situation) -> bool:
    """Could the data be used to deceive people, by someone who may want to? Recital 85 GDPR."""
    if not _tells(s, "hardly-any"):
        return False
    doubtful = s.at_least("holder", "unknown") or s.at_least("intent", "object") or _many(s)
    return s.at_least("abuse", "pose") or (s.says("abuse", "target") and doubtful)


CONDITIONS: Mapping[str, Callable[[Situation], bool]] = {
    # Protection.
    "nothing_left": lambda s: s.says("exposure", "ruled-out"),
    "unintelligible": lambda s: s.says("protection", "strong") and s.says("key", "safe"),
    "only_a_copy": lambda s: s.says("restored", "copy-only"),
    "restored_in_time": lambda s: (
        s.says("restored", "back-in-time") and s.says("effect", "none", "nuisance")
    ),
    "put_right": lambda s: s.says("altered", "put-right"),
    # High risk, confidentiality.
    "endangered": lambda s: s.says("implied", "danger") and _outsider(s),
    "special_uncontrolled": lambda s: (
        s.holds("special") and _uncontrolled(s) and _tells(s, "ordinary")
    ),
    "identity_uncontrolled": lambda s: (
        _uncontrolled(s)
        and (
            (s.holds("identity") and _tells(s, "ordinary"))
            or (s.holds("identity_papers") and _tells(s, "a-little"))
        )
    ),
    "identity_takeover": _impersonation,
    "stolen_and_telling": _armed,
    "logins_at_large": lambda s: (
        _about_someone(s)
        and (
            (s.says("logins", "critical") and _uncontrolled(s))
            or (s.says("logins", "account") and s.at_least("holder", "public"))
        )
    ),
    "whole_file_of_vulnerable": lambda s: (
        s.holds("vulnerable") and _uncontrolled(s) and _tells(s, "whole-picture")
    ),
    "harmful_misuse": lambda s: s.says("misuse", "harmful"),
    # At least a risk, confidentiality.
    "special_with_outsider": lambda s: (
        s.holds("special") and _outsider(s) and _tells(s, "a-little")
    ),
    "private_implied": lambda s: (
        s.at_least("implied", "private") and _outsider(s) and _about_someone(s)
    ),
    "identity_with_outsider": lambda s: (
        s.holds("identity") and _outsider(s) and _tells(s, "a-little")
    ),
    "vulnerable_people": lambda s: (
        s.holds("vulnerable")
        and _outsider(s)
        and _tells(s, "a-little" if _uncontrolled(s) else "ordinary")
    ),
    "telling_and_uncontrolled": lambda s: (
        s.holds("beyond_contact") and _uncontrolled(s) and _tells(s, "ordinary")
    ),
    "logins_out": lambda s: s.at_least("logins", "account") and _outsider(s),
    "taken_on_purpose": lambda s: (
        s.at_least("intent", "own-interest") and s.at_least("insight", "hardly-any")
    ),
    "taken_by_attacker": lambda s: (
        s.says("holder", "attacker") and s.at_least("insight", "hardly-any")
    ),
    "believable_fraud": _usable,
    "misuse_seen": lambda s: s.says("misuse", "unwanted"),
    "long_undetected": lambda s: (
        s.says("undetected", "longer") and _likely(s) and _tells(s, "hardly-any")
    ),
    "many_people": lambda s: _many(s) and _outsider(s) and _tells(s, "hardly-any"),
    "same_cause_again": lambda s: s.says("repeats", "flaw") and _tells(s, "a-little"),
    "scope_open": lambda s: s.says("scope", "uncertain"),
    # Integrity and availability.
    "health_at_stake": lambda s: s.says("effect", "health"),
    "serious_and_lost": lambda s: s.says("effect", "serious") and s.at_least("restored", "rebuilt"),
    "serious_and_wrong": lambda s: s.says("effect", "serious") and s.says("altered", "for-good"),
    "effect_felt": lambda s: s.at_least("effect", "felt"),
    "lost_for_good": lambda s: s.says("restored", "gone"),
    "rebuilt_with_trouble": lambda s: (
        s.says("restored", "rebuilt") and s.at_least("effect", "nuisance")
    ),
    "attack_noticed": lambda s: (
        (s.says("intent", "harm") or s.says("holder", "attacker"))
        and s.at_least("restored", "back-late")
        and s.at_least("effect", "nuisance")
    ),
    "wrong_data_used": lambda s: s.at_least("altered", "used") and s.at_least("effect", "nuisance"),
    "cannot_be_undone": lambda s: s.says("altered", "for-good"),
    # What lowers the score, and nothing else.
    "no_sign_found": _only_possible,
    "contained": lambda s: s.says("intent", "mistake") and _containment(s) > 0,
}
"""Rule id to its condition; effect, words and citations stand in the form under the same id."""
