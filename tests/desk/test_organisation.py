import pytest

from breachdesk.desk import Desk
from breachdesk.errors import RefusedError
from breachdesk.language import clean
from breachdesk.records import Profile


def profile(name: str = "Prøve AS", system: str = "Mail") -> Profile:
    activity = {"id": "pay", "title": "Pay", "role": "controller", "systems": ["a", system]}
    return Profile.model_validate({"organisation": {"name": name}, "processing": [activity]})


@pytest.mark.parametrize("control", ["\0", "\x07", "\x1b", "\x7f", "\x9b"])
def test_a_control_character_is_refused_with_the_field_it_stands_in(
    desk: Desk, control: str
) -> None:
    with pytest.raises(RefusedError, match=f"processing 1, systems 2.*U[+]{ord(control):04X}"):
        desk.organisation.take(profile(system=f"Mail{control}box"))
    with pytest.raises(RefusedError, match="organisation, name"):
        desk.organisation.take(profile(name=f"Prøve{control} AS"))
    assert desk.organisation.profile() is None


def test_line_ends_and_marks_of_direction_are_kept_and_shown_as_marks(desk: Desk) -> None:
    desk.organisation.take(profile(name="Prøve\u202e AS", system="Mail\n\tand files"))
    kept = desk.organisation.profile()
    assert kept
    assert kept.processing[0].systems == ("a", "Mail\n\tand files")
    assert clean(kept.organisation.name) == "Prøve‹U+202E› AS"
