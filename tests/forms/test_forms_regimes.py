"""Clocks, thresholds and calendars: which ones apply follows the time of awareness."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from breachdesk.errors import RuleError
from breachdesk.forms import Forms, find_forms, load
from breachdesk.rules.regime import Regime
from breachdesk.terms import Duty
from tests.forms.shelf import head, load_over

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def forms() -> Forms:
    return load(find_forms())


@pytest.fixture(scope="module")
def norway(forms: Forms) -> Regime:
    return forms.regime_for(None, NOW)


def test_norway_is_a_regime_and_the_base_is_not(forms: Forms) -> None:
    assert "no" in forms.regimes
    assert "eu" not in forms.regimes
    with pytest.raises(RuleError, match="There is no regime “eu”; there are: no"):
        forms.regime_for(None, NOW, "eu")


def test_the_authority_has_72_hours_and_the_other_duties_none(norway: Regime) -> None:
    hours = {duty: rule.hours for duty, rule in norway.clocks.items()}
    assert hours == {
        Duty.NOTIFY_AUTHORITY: 72,
        Duty.NOTIFY_CONTROLLER: None,
        Duty.INFORM_SUBJECTS: None,
    }
    assert norway.clocks[Duty.NOTIFY_AUTHORITY].due_soon_hours == 24
    assert norway.clocks[Duty.NOTIFY_AUTHORITY].to.nb == "Datatilsynet"
    assert all(rule.cites for rule in norway.clocks.values())
    assert norway.rationale_against_advice == 40


def test_norway_has_its_zone_its_working_time_and_its_first_day(norway: Regime) -> None:
    assert (norway.id, norway.zone) == ("no", "Europe/Oslo")
    assert norway.valid_from == date(2018, 7, 20)
    assert norway.working_time.weekdays == (0, 1, 2, 3, 4)
    assert (norway.working_time.opens, norway.working_time.closes) == (time(8), time(16))


def test_norwegian_holidays_are_fixed_or_counted_from_easter(norway: Regime) -> None:
    closed = [one for one in norway.holidays if one.closed]
    fixed = {(one.month, one.day) for one in closed if one.easter_offset is None}
    moving = {one.easter_offset for one in closed if one.easter_offset is not None}
    early = {one.name.nb for one in norway.holidays if not one.closed}
    assert fixed == {(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)}
    assert moving == {-3, -2, 0, 1, 39, 49, 50}
    assert early == {"onsdag før skjærtorsdag", "påskeaften", "julaften", "nyttårsaften"}


def test_a_time_before_the_first_rules_is_refused_in_words(forms: Forms) -> None:
    with pytest.raises(RuleError, match="“no” has no rules"):
        forms.regime_for(datetime(2018, 7, 19, 21, 59, tzinfo=UTC), NOW)


def test_the_first_day_counts_on_the_regime_s_own_calendar(forms: Forms) -> None:
    midnight_in_oslo = datetime(2018, 7, 19, 22, 0, tzinfo=UTC)
    assert forms.regime_for(midnight_in_oslo, NOW).id == "no"


def test_without_awareness_today_s_rules_count(forms: Forms) -> None:
    assert forms.regime_for(None, NOW) == forms.regime_for(NOW, NOW + timedelta(days=400))


OMNIBUS = (
    head("no", valid_from="2030-01-01")
    + """
[[clock]]
duty = "notify_authority"
to = { en = "the single entry point", nb = "felles innmeldingspunkt" }
hours = 96
cites = ["house-choice"]
"""
)


def test_a_new_deadline_counts_from_its_first_day_and_not_before(tmp_path: Path) -> None:
    forms = load_over(tmp_path, no__regime=OMNIBUS)
    later = datetime(2030, 6, 1, tzinfo=UTC)

    def hours(aware: datetime) -> int | None:
        return forms.regime_for(aware, later).clocks[Duty.NOTIFY_AUTHORITY].hours

    assert hours(datetime(2029, 12, 31, 22, 59, tzinfo=UTC)) == 72
    assert hours(datetime(2029, 12, 31, 23, 0, tzinfo=UTC)) == 96
    assert hours(later) == 96


def test_a_changed_deadline_changes_the_version_and_the_fingerprint(tmp_path: Path) -> None:
    forms = load_over(tmp_path, no__regime=OMNIBUS)
    old = forms.regime_for(datetime(2029, 1, 1, tzinfo=UTC), NOW)
    new = forms.regime_for(datetime(2031, 1, 1, tzinfo=UTC), NOW)
    assert old.version != new.version
    assert old.digest != new.digest


SWEDEN = (
    head("se", valid_from="2018-05-25", more='extends = "eu"\nzone = "Europe/Stockholm"\n')
    + """
authority = { en = "IMY", nb = "IMY" }
[working_time]
weekdays = [0, 1, 2, 3, 4]
opens = 08:00:00
closes = 17:00:00
cites = ["house-choice"]
"""
)


def test_a_new_country_is_a_folder_and_no_python(tmp_path: Path) -> None:
    forms = load_over(tmp_path, se__regime=SWEDEN)
    sweden = forms.regime_for(datetime(2018, 6, 1, tzinfo=UTC), NOW, "se")
    assert forms.regimes == ("no", "se")
    assert sweden.clocks[Duty.NOTIFY_AUTHORITY].hours == 72
    assert sweden.holidays == ()
    assert "relation" not in {one.id for one in forms.questionnaires_of("se")["facts"].questions}
    assert forms.questionnaires["facts"].question("relation")


def test_rules_of_the_pack_follow_the_awareness_time_too(forms: Forms) -> None:
    assert forms.rule_pack(None, NOW) == forms.rule_pack(NOW, NOW)
    with pytest.raises(RuleError):
        forms.rule_pack(datetime(2017, 1, 1, tzinfo=UTC), NOW)
