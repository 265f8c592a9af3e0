"""The forms that ship: they hold together, ask what the law asks, and say it in both languages."""

import json
import tomllib
from collections.abc import Iterator
from datetime import date

import pytest

from breachdesk.forms import Forms, check, find_forms, load
from breachdesk.records import Profile
from breachdesk.rules.questionnaire import (
    Question,
    Questionnaire,
    asked,
    derived_facts,
    missing,
)
from breachdesk.terms import Lang, Nature, QuestionKind, Role, Words

DATATILSYNET = {
    "Hovedårsak": ("cause",),
    "Tidsrom": ("period", "occurred_from", "occurred_to"),
    "Når ble avviket oppdaget": ("detected_at",),
    "Antall berørte personer": ("people_basis", "people_number"),
    "Hva som har skjedd": ("description",),
    "Hvordan avviket oppstod": ("how_it_happened",),
    "Type personopplysninger": ("data_types", "data_types_text"),
    "Relasjon": ("relation", "data_subjects"),
    "Hvor opplysningene er": ("data_location_now",),
    "Mulige konsekvenser": ("impacts", "impacts_text"),
    "Hindre gjentakelse": ("measures_prevent", "measures_prevent_text"),
    "Redusere skadevirkninger": ("measures_taken",),
    "Er de berørte informert": ("subjects_told",),
    "Hvordan informert": ("means", "means_text"),
    "Kontaktinformasjon": ("dpo_name", "dpo_contact", "contact_name", "contact_details"),
}
"""The form's fifteen headings in order, and the questions that supply them."""

FROM_ELSEWHERE = {
    3, 4, 7,  # the phase, and the case
    89, 90,  # the desk's assessment
}  # fmt: skip
HEADINGS = {1, 2, 8, 9, 20, 27, 28, 32, 37, 42, 43, 54, 64, 69, 74, 77, 78, 88, 91, 93, 96, 107}
HEADINGS |= {108, 112, 119, 124}


@pytest.fixture(scope="module")
def forms() -> Forms:
    return load(find_forms())


@pytest.fixture(scope="module")
def facts(forms: Forms) -> Questionnaire:
    return forms.questionnaires["facts"]


def words_of(forms: Forms) -> Iterator[tuple[str, Words]]:
    for form in forms.questionnaires.values():
        yield form.id, form.title
        for section in form.sections:
            yield f"{form.id} {section.id}", section.title
        for one in form.questions:
            yield one.id, one.text
            yield f"{one.id} why", one.why
            if one.example:
                yield f"{one.id} example", one.example
            for option in one.options:
                yield f"{one.id} {option.id}", option.text


def test_everything_in_forms_holds_together() -> None:
    assert [f"{file}: {problem}" for file, problem in check(find_forms())] == []


def test_each_heading_of_datatilsynet_has_its_questions_in_its_order(facts: Questionnaire) -> None:
    place = {one.id: number for number, one in enumerate(facts.questions)}
    order = [place[questions[0]] for questions in DATATILSYNET.values()]
    sections = [s.id for s in facts.sections]
    assert all(one in place for questions in DATATILSYNET.values() for one in questions)
    assert sections[:9] == [
        "cause", "time", "people", "events", "data", "consequences", "measures", "information",
        "contact",
    ]  # fmt: skip
    assert order == sorted(order)


def test_every_field_of_the_template_is_asked_or_supplied_from_elsewhere(forms: Forms) -> None:
    numbers = {n for form in forms.questionnaires.values() for q in form.questions for n in q.edpb}
    assert numbers | FROM_ELSEWHERE | HEADINGS == set(range(1, 127))
    assert not numbers & HEADINGS


def test_each_item_that_the_law_lists_is_supplied(facts: Questionnaire) -> None:
    for item in ("33.1", "33.3.a", "33.3.b", "33.3.c", "33.3.d", "33.5", "34.2"):
        assert [one.id for one in facts.questions if item in one.needed_for], item


def test_a_first_look_at_the_facts_is_no_wall(facts: Questionnaire) -> None:
    first = derived_facts({}, late=False, follow_up=False, incomplete=True)
    assert len(missing(facts, {}, first)) <= 20
    assert len(asked(facts, {}, first)) <= 50


def test_options_carry_the_letters_of_the_template_each_once(facts: Questionnaire) -> None:
    for one in facts.questions:
        letters = [option.edpb for option in one.options if option.edpb]
        assert len(set(letters)) == len(letters), one.id


def test_the_template_s_lists_are_whole(facts: Questionnaire) -> None:
    last = {
        "incident_type": "y",
        "cause": "f",
        "period": "e",
        "data_subjects": "k",
        "data_types": "u",
        "impacts": "o",
        "measures_before": "l",
        "measures_prevent": "o",
    }
    for question_id, letter in last.items():
        one = facts.question(question_id)
        assert one is not None
        letters = {option.edpb for option in one.options if option.edpb}
        assert letters == {chr(n) for n in range(ord("a"), ord(letter) + 1)}, question_id


def test_reasons_for_delay_are_asked_when_late_and_only_of_a_controller(
    facts: Questionnaire,
) -> None:
    def is_asked(role: Role, *, late: bool) -> bool:
        derived = derived_facts({}, late=late, follow_up=False, incomplete=True)
        return "reasons_for_delay" in {one.id for one in asked(facts, {"role": role}, derived)}

    assert is_asked(Role.CONTROLLER, late=True)
    assert not is_asked(Role.CONTROLLER, late=False)
    assert not is_asked(Role.PROCESSOR, late=True)


def test_consequences_are_asked_for_the_nature_they_belong_to(facts: Questionnaire) -> None:
    for nature in Nature:
        found = {one.id for one in asked(facts, {"nature": (nature.value,)})}
        kinds = {one for one in Nature if f"consequences_{one}" in found}
        assert kinds == {nature}


def test_the_template_s_own_words_for_unknown_are_offered_only_while_incomplete(
    forms: Forms,
) -> None:
    vague = {"not-yet-known", "to-be-determined", "under-assessment", "investigating"}
    for form in forms.questionnaires.values():
        for one in form.questions:
            for option in one.options:
                if option.id in vague:
                    assert option.offered_if == {"incomplete": ("true",)}, (one.id, option.id)


def test_bound_questions_have_the_law_s_own_words_as_options(facts: Questionnaire) -> None:
    def options(question_id: str) -> set[str]:
        one = facts.question(question_id)
        return {option.id for option in one.options} if one else set()

    assert options("nature") == set(Nature)
    assert options("role") == set(Role)


def test_norwegian_words_are_norwegian(forms: Forms) -> None:
    same = {place for place, words in words_of(forms) if words.en == words.nb}
    assert same == set()
    letters = sum(words.nb.count(sign) for _, words in words_of(forms) for sign in "æøå")
    assert letters > 300


def test_nothing_passes_as_an_authority_s_own_options(forms: Forms) -> None:
    for place, words in words_of(forms):
        for text in (words.en, words.nb):
            assert "official option" not in text.lower(), place
            assert "offisielle alternativ" not in text.lower(), place


def test_words_are_short_enough_to_be_read_on_a_small_screen(forms: Forms) -> None:
    for place, words in words_of(forms):
        limit = 320 if place.endswith((" why", " example")) else 160
        assert max(len(words.en), len(words.nb)) <= limit, place
        assert words.en == words.en.strip()
        assert words.nb == words.nb.strip()


def test_every_source_has_a_short_and_a_full_name(forms: Forms) -> None:
    for source in forms.citations.values():
        assert len(source.short.en) < len(source.title.en), source.id
        assert len(source.short.nb) < len(source.title.nb), source.id
        assert date(2026, 1, 1) <= source.read_on, source.id
    assert forms.sources["gdpr-33-1"].in_(Lang.NN) == "personvernforordninga artikkel 33 nr. 1"


def test_a_kept_form_reads_back_the_same(forms: Forms) -> None:
    for form in forms.questionnaires.values():
        source = forms.source_texts[form.digest]
        assert forms.parse_questionnaire(source) == form
        assert json.loads(source)["version"] == form.version


def test_the_same_forms_have_the_same_fingerprints(forms: Forms) -> None:
    again = load(find_forms())
    assert again.source_texts == forms.source_texts


def sample(forms: Forms) -> dict[str, Profile]:
    texts = forms.sample_profiles()
    return {name: Profile.model_validate(tomllib.loads(text)) for name, text in texts.items()}


def test_five_made_up_organisations_differ_in_language_role_and_tables(forms: Forms) -> None:
    profiles = sample(forms)
    assert len(profiles) == 5
    assert {one.organisation.language for one in profiles.values()} == {Lang.EN, Lang.NB}
    roles = [{each.role for each in one.processing} for one in profiles.values()]
    assert all(one == {Role.CONTROLLER, Role.PROCESSOR} for one in roles)
    assert sum(bool(one.altinn.holder) for one in profiles.values()) == 2
    assert sum(one.organisation.dpo == "appointed" for one in profiles.values()) == 1


def test_no_sample_organisation_can_be_real(forms: Forms) -> None:
    weights = (3, 2, 7, 6, 5, 4, 3, 2)
    for name, text in forms.sample_profiles().items():
        number = tomllib.loads(text)["organisation"]["organisation_number"]
        total = sum(w * int(digit) for w, digit in zip(weights, number, strict=False))
        assert (total + int(number[-1])) % 11 != 0, name
        assert number.startswith("0"), name
        hosts = [part.split('"')[0] for part in text.split("@")[1:]]
        assert hosts
        assert all(host.endswith(".example") for host in hosts), name


def test_what_a_profile_names_is_an_option(forms: Forms, facts: Questionnaire) -> None:
    def known(question_id: str) -> set[str]:
        one = facts.question(question_id)
        assert isinstance(one, Question)
        assert one.kind is QuestionKind.MANY
        return {option.id for option in one.options}

    for profile in sample(forms).values():
        for processing in profile.processing:
            assert set(processing.data_subjects) <= known("data_subjects")
            assert set(processing.data_types) <= known("data_types")
