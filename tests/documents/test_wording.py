from pathlib import Path
from string import Template

import pytest

from breachdesk.documents.wording import Wording, layered, parse
from breachdesk.errors import FormError
from breachdesk.forms import find_forms
from breachdesk.terms import DocumentKind, Lang
from tests.documents.builders import forms

HEAD = """
id = "wording.x"
version = "2026-11-22"
valid_from = 2018-05-25
reviewed_on = 2026-11-22
lang = "nb"
"""
KINDS = [*(kind.value for kind in DocumentKind), "register"]
FILES = sorted(find_forms().glob("*/wording/*.toml"))


def places(text: str) -> set[str]:
    return set(Template(text).get_identifiers())


def test_nested_tables_become_dotted_ids_and_lists_keep_their_order() -> None:
    wording = parse(HEAD + '[texts]\ntitle = "Hei $name"\n[texts.order]\na = ["x", "y"]\n')
    assert wording.text("title", name="Kari") == "Hei Kari"
    assert wording.order("order.a") == ("x", "y")
    assert wording.order("order.none") == ()
    assert wording.get("none", default="?") == "?"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("not toml [", "cannot be used"),
        ('lang = "nb"', "it lacks id, version, valid_from, reviewed_on, texts"),
        (HEAD.replace('"nb"', '"se"') + "[texts]\n", "not a language"),
        (HEAD + '[texts]\nprice = "100 $ only"\n', "a lone \\$ stands in price"),
        (HEAD + "[texts]\nnumber = 7\n", "number is neither a sentence"),
    ],
)
def test_a_wording_that_cannot_be_used_says_where_and_why(source: str, why: str) -> None:
    with pytest.raises(FormError, match=why) as caught:
        parse(source, name="forms/x.toml")
    assert "forms/x.toml" in str(caught.value)


def test_a_sentence_that_is_not_there_or_lacks_a_value_is_named() -> None:
    wording = Wording(Lang.EN, {"hello": "Hello $name"})
    with pytest.raises(FormError, match="“absent”"):
        wording.text("absent")
    with pytest.raises(FormError, match="'name'"):
        wording.text("hello")


def test_a_country_replaces_sentence_by_sentence() -> None:
    base = Wording(Lang.EN, {"a": "base", "b": "base"})
    country = Wording(Lang.EN, {"b": "country"})
    assert layered(base, country).texts == {"a": "base", "b": "country"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_exists_in_every_language_with_the_same_places(kind: str) -> None:
    en = forms().wording(kind, Lang.EN).texts
    for lang in (Lang.NB, Lang.NN):
        wording = forms().wording(kind, lang)
        assert wording.lang is lang
        assert set(wording.texts) == set(en)
        for text_id, text in wording.texts.items():
            assert places(text) == places(en[text_id]), text_id
            assert bool(text) == bool(en[text_id]), text_id
            if text_id.startswith("order."):
                assert text == en[text_id]


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parts[-3]}-{path.name}")
def test_a_file_is_in_the_language_its_name_says(file: Path) -> None:
    wording = parse(file.read_text(encoding="utf-8"), name=file.name)
    assert file.stem.endswith(f".{wording.lang}")


@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_of_a_country_stands_alone(kind: str) -> None:
    """What Norway replaces exists in the base, so that another country can do without."""
    for lang in ("nb", "nn", "en"):
        file = find_forms() / "no" / "wording" / f"{kind}.{lang}.toml"
        if not file.exists():
            continue
        own = parse(file.read_text(encoding="utf-8"))
        base = find_forms() / "eu" / "wording"
        known = {
            text_id
            for name in (f"common.{lang}.toml", f"{kind}.{lang}.toml")
            for text_id in parse((base / name).read_text(encoding="utf-8")).texts
        }
        assert set(own.texts) <= known


def test_options_that_a_letter_words_itself_exist_in_the_questionnaire() -> None:
    texts = forms().wording("communication", Lang.NB).texts
    facts = forms().questionnaires["facts"]
    for group, question_id in (("data", "data_types"), ("impact", "impacts")):
        question = facts.question(question_id)
        assert question is not None
        said = {one.split(".", 1)[1] for one in texts if one.startswith(f"{group}.")}
        unsaid = {"other", "none", "not-yet-known", "to-be-determined"}
        assert said == {option.id for option in question.options} - unsaid
