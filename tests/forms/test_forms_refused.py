"""What does not hold together is refused with file and place; strangers' files do no harm."""

import errno
import os
from pathlib import Path

import pytest

from breachdesk.errors import FormError
from breachdesk.forms import check, find_forms, load
from breachdesk.forms.files import MOST_FILES, FormFile
from breachdesk.language import Speaker
from breachdesk.terms import Lang
from tests.desk.desks import OSLO
from tests.forms.shelf import PLACED, head, load_over, question, write


def refusal(folder: Path, **files: str) -> str:
    with pytest.raises(FormError) as caught:
        load_over(folder, **files)
    return str(caught.value.what)


def with_question(**changes: str) -> str:
    return head("facts") + PLACED + question(**changes)


def test_a_question_of_the_desk_s_own_is_added(tmp_path: Path) -> None:
    forms = load_over(tmp_path, no__facts=with_question())
    facts = forms.questionnaires["facts"]
    data = next(section for section in facts.sections if section.id == "data")
    assert data.questions[-1] == "extra"
    assert facts.question("extra")
    assert facts.digest != load(find_forms()).questionnaires["facts"].digest


def test_an_item_of_the_same_id_replaces_the_whole_item_in_its_place(tmp_path: Path) -> None:
    forms = load_over(tmp_path, no__facts=head("facts") + question("systems"))
    before = load(find_forms()).questionnaires["facts"]
    after = forms.questionnaires["facts"]
    systems = after.question("systems")
    assert systems is not None
    assert systems.text.nb == "Tekst"
    assert systems.edpb == ()
    assert [one.id for one in after.questions] == [one.id for one in before.questions]


def test_a_folder_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    assert load(find_forms(), tmp_path / "none").source_texts == load(find_forms()).source_texts


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cites": ""}, "no source is cited"),
        ({"cites": '["gdpr-99"]'}, "the source “gdpr-99” is not known"),
        ({"why": '{ en = "Why" }'}, "“why” has no words in “nb”"),
        ({"why": '{ en = "Why", nb = " " }'}, "“why” has no words in “nb”"),
        ({"why": '{ en = "W", nb = "H", sv = "V" }'}, "unknown language, “sv”"),
        ({"why": '"Why"'}, "“why” must be a table of languages"),
        ({"text": ""}, "“text” is missing"),
        ({"kind": '"essay"'}, "“kind” is “essay”; it can be: boolean"),
        ({"kind": '"one"'}, "options belong to"),
        ({"asked_if": '{ nowhere = ["x"] }'}, "“nowhere”, which is no question"),
        ({"asked_if": '{ cause = ["magic"] }'}, "“cause” to be “magic”"),
        ({"asked_if": '{ late = ["perhaps"] }'}, "“late” to be “perhaps”"),
        ({"asked_if": "{ cause = [] }"}, "must name questions with lists of values"),
        ({"asked_if": "{ cause = 3 }"}, "must name questions with lists of values"),
        ({"asked_if": '{ extra = ["x"] }'}, "“extra” to be “x”"),
        ({"asked_iff": '{ cause = ["unknown"] }'}, "the key “asked_iff” means nothing here"),
        ({"binds": '"incident.title"'}, "it cannot bind “incident.title”"),
        ({"needed_for": '["33.9"]'}, "knows no “33.9”"),
        ({"edpb": "[127]"}, "no field 127"),
        ({"edpb": '["a"]'}, "must be a list of whole numbers"),
        ({"minimum": "-1"}, "must not be negative"),
        ({"required": '"no"'}, "“required” must be true or false"),
    ],
)
def test_a_wrong_question_is_named_with_its_file(
    tmp_path: Path, changes: dict[str, str], says: str
) -> None:
    what = refusal(tmp_path, no__facts=with_question(**changes))
    assert says in what
    assert "no/facts.toml" in what
    assert "question “extra”" in what


OPTIONS = '[{ id = "a", en = "A", nb = "A-en" }, { id = "%s", en = "B", nb = "B-en" }]'


@pytest.mark.parametrize(
    ("option", "says"), [("a", "two options have the same id"), ("B !", "an option's id has")]
)
def test_wrong_options_are_named(tmp_path: Path, option: str, says: str) -> None:
    text = with_question(kind='"one"', options=OPTIONS % option)
    assert says in refusal(tmp_path, no__facts=text)


def test_a_circle_of_conditions_is_refused(tmp_path: Path) -> None:
    options = OPTIONS % "b"
    text = (
        head("facts")
        + '[[section]]\nid = "data"\nadd = ["extra", "other_one"]\n'
        + question("extra", kind='"one"', options=options, asked_if='{ other_one = ["a"] }')
        + question("other_one", kind='"one"', options=options, asked_if='{ extra = ["b"] }')
    )
    assert "its conditions lead back to itself" in refusal(tmp_path, no__facts=text)


def test_a_duplicate_id_is_refused(tmp_path: Path) -> None:
    text = head("facts") + PLACED + question() + question()
    assert "question “extra”: the id is used twice" in refusal(tmp_path, no__facts=text)


def test_a_question_in_no_section_or_in_two_forms_is_refused(tmp_path: Path) -> None:
    what = refusal(tmp_path / "a", no__facts=head("facts") + question())
    assert "“extra” stands in no section" in what
    what = refusal(tmp_path / "b", no__risk=head("risk") + question("description"))
    assert "stands in two forms" in what


def test_an_unknown_borrowed_question_is_refused(tmp_path: Path) -> None:
    text = head("risk") + '[[use]]\nquestion = "shoe_size"\n'
    assert "“facts” has no such question" in refusal(tmp_path, no__risk=text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id = ", "this is not valid TOML"),
        ("a = " + "[" * 5000, "this is not valid TOML"),
        ("a = " + "9" * 5000, "this is not valid TOML"),
        ("", "“languages” must hold “en”"),
        (head("fact"), "the form's id “fact” is not the file's name"),
        (head("facts").replace("reviewed_on", "reviewed_om"), "“reviewed_on” is missing"),
        (head("facts", more='colour = "red"'), "the key “colour” means nothing here"),
        (head("facts", valid_from='"soon"'), "“valid_from” must be a date"),
        (head("facts", more="valid_to = 2001-01-01"), "“valid_to” lies before “valid_from”"),
    ],
)
def test_a_file_that_is_no_form_is_refused(tmp_path: Path, text: str, says: str) -> None:
    what = refusal(tmp_path, no__facts=text)
    assert says in what
    assert "no/facts.toml" in what


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    write(tmp_path, no__facts="")
    (tmp_path / "no" / "facts.toml").write_bytes(b'id = "\xff"')
    with pytest.raises(FormError, match="not UTF-8 text"):
        load(find_forms(), tmp_path)


def test_a_file_too_large_to_be_a_form_is_refused_unread(tmp_path: Path) -> None:
    assert "larger than" in refusal(tmp_path, no__facts="#" * 1_000_001)


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    for number in range(MOST_FILES + 1):
        (tmp_path / "no" / f"f{number}.toml").touch()
    with pytest.raises(FormError, match="more than 500 files"):
        load(find_forms(), tmp_path)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text(with_question(), encoding="utf-8")
    (tmp_path / "forms" / "no").mkdir(parents=True)
    (tmp_path / "forms" / "no" / "facts.toml").symlink_to(outside)
    with pytest.raises(FormError, match="outside the folder"):
        load(find_forms(), tmp_path / "forms")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    os.mkfifo(tmp_path / "no" / "facts.toml")
    with pytest.raises(FormError, match="not a plain file"):
        load(find_forms(), tmp_path)


def test_a_folder_without_norway_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="no regime “no”"):
        load(tmp_path)


def test_a_regime_without_its_base_is_refused(tmp_path: Path) -> None:
    text = head("se", more='extends = "nowhere"\n')
    assert "forms/nowhere" in refusal(tmp_path, se__regime=text)


def test_check_lists_every_problem_and_not_only_the_first(tmp_path: Path) -> None:
    text = (
        head("facts")
        + PLACED
        + question(cites='["gdpr-99"]')
        + question("description", why='{ en = "Why" }')
        + question("systems", kind='"essay"')
    )
    found = check(find_forms(), write(tmp_path, no__facts=text))
    lines = [str(problem) for _, problem in found]
    assert any("gdpr-99" in line for line in lines)
    assert any("question “description”: “why” has no words" in line for line in lines)
    assert any("question “systems”: “kind” is “essay”" in line for line in lines)
    places = [Path(file).name for file, _ in found]
    assert places[0] == "facts.toml"
    assert set(places) == {"facts.toml", "playbooks.toml", "sharing.toml"}, "and who spoke of it"


def test_a_kept_text_that_is_no_form_is_refused() -> None:
    forms = load(find_forms())
    for source in ("", "{}", "[]", '{"format": "breachdesk-questionnaire/9"}', "[" * 9999):
        with pytest.raises(FormError, match="cannot be read"):
            forms.parse_questionnaire(source)


def test_wording_that_does_not_exist_is_refused_in_words() -> None:
    with pytest.raises(FormError, match="There is no wording for “poem” in “en”"):
        load(find_forms()).wording("poem", Lang.EN)


def test_what_the_system_says_of_a_file_is_said_in_the_readers_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "facts.toml"
    path.write_text("id = 1", encoding="utf-8")
    for number in (errno.EACCES, errno.EIO, errno.ENOTCONN):

        def broken(*_: object, number: int = number, **__: object) -> None:
            raise OSError(number, "Some English words")

        monkeypatch.setattr(Path, "open", broken)
        with pytest.raises(FormError) as refused:
            _ = FormFile(path, "facts.toml").text
        for lang in ("en", "nb"):
            said = Speaker(lang, OSLO).say(refused.value.what)
            assert "English words" not in said
            assert "facts.toml" in said


def test_where_a_file_stops_being_toml_is_said_in_the_readers_language(tmp_path: Path) -> None:
    path = tmp_path / "facts.toml"
    path.write_text('id = "facts"\nlang = what', encoding="utf-8")
    with pytest.raises(FormError) as refused:
        _ = FormFile(path, "facts.toml").table
    assert "linje 2" in Speaker("nb", OSLO).say(refused.value.what)
