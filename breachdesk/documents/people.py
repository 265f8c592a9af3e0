"""Groups of people whose data differ: who they are, their data, their risk, and who is told."""

from collections.abc import Iterator

from breachdesk.casefile.groups import CaseGroup, Told
from breachdesk.documents.dates import within
from breachdesk.documents.lines import Line, known
from breachdesk.documents.telling import Telling
from breachdesk.terms import Outcome


def groups(telling: Telling) -> Line | None:
    """Return each group with its data, number and risk, and whether they are told; else None."""
    if not telling.case.groups:
        return None
    said = ["\n".join(_group(telling, one)) for one in telling.case.groups]
    return known(telling, "groups", "\n".join(said))


def _group(telling: Telling, group: CaseGroup) -> Iterator[str]:
    seen = telling.case.for_group(group)
    yield f"– {called(telling, group)}"
    of_them = Telling(case=seen, wording=telling.wording, lang=telling.lang, phase=telling.phase)
    kinds = ", ".join(within(one) for one in of_them.options("data_types"))
    yield telling.word("groups.data", data=kinds or telling.word("groups.not_known"))
    risk = seen.kept.risk if seen.kept else None
    yield telling.word(f"groups.{risk or 'not_assessed'}")
    yield told_words(telling, group)


def called(telling: Telling, group: CaseGroup) -> str:
    """Return a group's name and how many they are."""
    match group.number:
        case None:
            return telling.word("groups.called_some", name=group.name)
        case 1:
            return telling.word("groups.called_one", name=group.name)
        case number:
            return telling.word(
                "groups.called", name=group.name, number=telling.dates.number(number)
            )


def told_words(telling: Telling, group: CaseGroup) -> str:
    """Return whether a group was told, or what is decided about it, in a sentence."""
    if group.told_at is not None:
        return telling.word("groups.told", day=telling.dates.day(group.told_at))
    outcome = group.decision.outcome if group.decision else None
    return telling.word(f"groups.{outcome or 'undecided'}")


def told_by_group(telling: Telling) -> tuple[str, ...]:
    """Return for each group, and those in none, whether they are told, and why not."""
    lines = []
    for part in telling.case.told:
        name = part.group.name if part.group else telling.word("groups.rest")
        lines.append(f"– {name}: {_part(telling, part)}")
        lines += _why_not(telling, part)
    return tuple(lines)


def _part(telling: Telling, part: Told) -> str:
    if part.told_at is not None:
        return telling.word("groups.told", day=telling.dates.day(part.told_at))
    return telling.word(f"groups.{part.decision.outcome if part.decision else 'undecided'}")


def _why_not(telling: Telling, part: Told) -> Iterator[str]:
    decision = part.decision
    if decision is None or decision.outcome is not Outcome.NO or part.told_at is not None:
        return
    if decision.ground:
        yield telling.word(f"ground.{decision.ground}")
    yield decision.rationale.strip()
