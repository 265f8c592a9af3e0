"""Playbooks: seven of them, whole in both languages, and refused with file and place when not."""

from pathlib import Path

import pytest

from breachdesk.errors import FormError
from breachdesk.forms import Forms, check, find_forms, load
from breachdesk.rules.playbook import suggested
from breachdesk.rules.questionnaire import Answers
from tests.forms.shelf import head, load_over, write

SEVEN = {
    "misdirected", "lost-device", "ransomware", "intrusion", "insider", "publication", "processor",
}  # fmt: skip
OF_TYPE = {
    "sent-by-mistake": "misdirected",
    "mail-misdelivered": "misdirected",
    "device-lost": "lost-device",
    "ransomware": "ransomware",
    "phishing": "intrusion",
    "access-abuse": "insider",
    "unintended-publication": "publication",
}
STEP = """
[[step]]
id = "extra"
playbooks = ["misdirected"]
hours = 2
owner = "it"
text = { en = "Do it", nb = "Gjør det" }
why = { en = "So", nb = "Slik" }
cites = ["gdpr-33-5"]
"""


@pytest.fixture(scope="module")
def forms() -> Forms:
    return load(find_forms())


def test_the_seven_playbooks_are_there_each_with_steps_in_order_of_time(forms: Forms) -> None:
    books = forms.playbooks()
    assert {one.id for one in books} == SEVEN
    for book in books:
        hours = [step.hours for step in book.steps]
        assert hours == sorted(hours)
        assert len(hours) >= 4, book.id


def test_every_word_stands_in_both_languages_and_they_differ(forms: Forms) -> None:
    for book in forms.playbooks():
        words = [book.title, book.about]
        words += [one for step in book.steps for one in (step.text, step.why, step.owner)]
        assert [one for one in words if not one.nb or one.nb == one.en] == []


def test_every_step_cites_a_known_source(forms: Forms) -> None:
    for book in forms.playbooks():
        for step in book.steps:
            assert step.cites
            assert set(step.cites) <= set(forms.sources), step.id


@pytest.mark.parametrize(("kind", "book"), OF_TYPE.items())
def test_the_kind_of_incident_suggests_its_playbook_first(
    forms: Forms, kind: str, book: str
) -> None:
    assert suggested(forms.playbooks(), {"incident_type": kind})[0].id == book


def test_without_answers_nothing_is_suggested(forms: Forms) -> None:
    assert suggested(forms.playbooks(), {}) == ()
    assert suggested(forms.playbooks(), {"incident_type": None}) == ()


def test_a_known_recipient_alone_suggests_the_misdirected_message(forms: Forms) -> None:
    answers = {"exposure": "obtained", "holder": "trusted"}
    assert [one.id for one in suggested(forms.playbooks(), answers)] == ["misdirected"]


def test_the_kind_of_incident_counts_more_than_who_has_the_data(forms: Forms) -> None:
    answers = {"exposure": "obtained", "holder": "few-known", "incident_type": "device-lost"}
    fitting = [one.id for one in suggested(forms.playbooks(), answers)]
    assert fitting == ["lost-device", "misdirected"]


def test_steps_follow_the_role_and_the_kinds_of_data(forms: Forms) -> None:
    books = {one.id: one for one in forms.playbooks()}
    ours = {step.id for step in books["processor"].applying({"role": "controller"})}
    theirs = {step.id for step in books["processor"].applying({"role": "processor"})}
    assert "processor-ask" in ours - theirs
    assert "processor-tell" in theirs - ours
    numbers: Answers = {"role": "controller", "data_types": ("identification-number",)}
    with_numbers = {step.id for step in books["misdirected"].applying(numbers)}
    without = {step.id for step in books["misdirected"].applying({"role": "controller"})}
    assert with_numbers - without == {"no-credit-block"}


def test_a_desk_adds_a_step_of_its_own(tmp_path: Path) -> None:
    forms = load_over(tmp_path, no__playbooks=head("playbooks") + STEP)
    book = next(one for one in forms.playbooks() if one.id == "misdirected")
    assert "extra" in {step.id for step in book.steps}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (', nb = "Gjør det"', "", "“text” has no words in “nb”"),
        (', nb = "Slik"', "", "“why” has no words in “nb”"),
        ('cites = ["gdpr-33-5"]', "", "no source is cited"),
        ("gdpr-33-5", "gdpr-99", "the source “gdpr-99” is not known"),
        ('"misdirected"', '"nothing"', "there is no playbook “nothing”"),
        ('owner = "it"', 'owner = "cook"', "there is no owner “cook”"),
        ("hours = 2", "hours = 0", "“hours” must be from 1 to"),
        ("hours = 2", "hours = 2\nwhen = 3", "the key “when” means nothing here"),
        ("hours = 2", "hours = 2\nonly_if = { colour = ['red'] }", "which is no question"),
        ("hours = 2", "hours = 2\nonly_if = { role = ['cook'] }", "which it cannot be"),
    ],
)
def test_what_is_wrong_in_a_step_is_said_and_listed(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in STEP
    folder = write(tmp_path, no__playbooks=head("playbooks") + STEP.replace(old, new))
    with pytest.raises(FormError, match="playbooks"):
        load(find_forms(), folder).playbooks()
    listed = [str(problem) for file, problem in check(find_forms(), folder) if "playbooks" in file]
    assert any(says in one for one in listed), listed


def test_a_playbook_without_steps_is_refused(tmp_path: Path) -> None:
    book = """
[[playbook]]
id = "empty"
title = { en = "E", nb = "T" }
about = { en = "E", nb = "T" }
fits = [{ incident_type = ["other"] }]
cites = ["gdpr-33-5"]
"""
    with pytest.raises(FormError) as caught:
        load_over(tmp_path, no__playbooks=head("playbooks") + book).playbooks()
    assert "no step names this playbook" in str(caught.value.what)


def test_the_short_way_asks_what_the_forms_ask_and_answers_with_their_options(
    forms: Forms,
) -> None:
    (book,) = [one for one in forms.playbooks() if one.shortly]
    assert book.id == "misdirected"
    questions = {one.id: one for form in forms.questionnaires.values() for one in form.questions}
    assert set(book.shortly) <= set(questions)
    assert not set(book.shortly) & set(book.answers)
    for name, options in book.answers.items():
        assert all(questions[name].option(one) for one in options), name
