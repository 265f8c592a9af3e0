"""Whole cases told as data, made on a real desk: what was answered, and the fields that follow."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from breachdesk.cli.profiles import parse_profile
from breachdesk.desk import Desk, Sheet
from breachdesk.desk.template import FilledIn
from breachdesk.records import NewIncident
from breachdesk.terms import Lang, Phase
from tests.desk.desks import ToldClock, new_desk, the_forms

FOLDER = Path(__file__).parent
WHOLE = tuple(sorted(path.stem for path in (FOLDER / "whole").glob("*.toml")))


@dataclass(frozen=True)
class Whole:
    """A case on a desk of its own."""

    desk: Desk
    clock: ToldClock
    told: Mapping[str, Any]
    ref: str

    def filled(self, phase: Phase | None = None) -> FilledIn:
        """The template filled in from it."""
        return self.desk.template.fill(self.ref, lang=Lang(self.told["lang"]), phase=phase)


def whole(name: str, home: Path) -> Whole:
    """Make one of the cases on a fresh desk."""
    told = tomllib.loads((FOLDER / "whole" / f"{name}.toml").read_text(encoding="utf-8"))
    clock = ToldClock(datetime.fromisoformat(told["now"]))
    desk = new_desk(home, clock)
    profile = the_forms().sample_profiles()[told["profile"]]
    desk.organisation.take(parse_profile(profile, name=told["profile"]))
    case = desk.intake.log(NewIncident.model_validate(told["incident"]))
    for form, unknown in (("facts", "unknown"), ("risk", "unknown_risk")):
        open_ = {
            key: (one["owner"], datetime.fromisoformat(one["due"]))
            for key, one in told.get(unknown, {}).items()
        }
        desk.assessment.answer(case.ref, form, Sheet(values=told[form], unknown=open_))
    desk.assessment.assess(case.ref)
    return Whole(desk, clock, told, case.ref)
