"""A template file that does not hold together is refused with file and place."""

from pathlib import Path

import pytest

from breachdesk.errors import FormError
from tests.forms.shelf import head, load_over

FIELD = {
    "id": '"62"', "section": '"nature"', "kind": '"text"', "by": '["description"]',
    "title": '{ en = "Text", nb = "Tekst" }', "cites": '["edpb-template"]',
}  # fmt: skip


def changed(**changes: str) -> str:
    """A country's own field 62, with changes."""
    lines = [f"{key} = {value}" for key, value in (FIELD | changes).items() if value]
    return head("edpb", more="\n".join(["", "[[field]]", *lines, ""]))


def test_a_country_replaces_a_field_and_keeps_the_others(tmp_path: Path) -> None:
    template = load_over(tmp_path, no__edpb=changed(required="false")).template()
    assert not template.field(62).required
    assert len(template.fields) == 100


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"section": '"nowhere"'}, "there is no section “nowhere”"),
        ({"kind": '"one"'}, "letters belong to the kinds"),
        ({"letters": '["a"]'}, "letters belong to the kinds"),
        ({"kind": '"one"', "letters": '["a"]', "while_incomplete": '["b"]'}, "no letter “b”"),
        ({"kind": '"essay"'}, "it can be: boolean"),
        ({"by": '["weather"]'}, "nothing called “weather” can supply it"),
        ({"by": "[]"}, "nothing called “” can supply it"),
        ({"visible_if": '{ 300 = ["a"] }'}, "names “300”, which is no field"),
        ({"required_if": '{ weekend = ["true"] }'}, "names “weekend”, which is no field"),
        ({"id": '"sixty"'}, "a field's id is its number"),
        ({"title": '{ en = "Text" }'}, "has no words in “nb”"),
        ({"cites": '["gdpr-99"]'}, "“gdpr-99” is not known"),
        ({"colour": '"red"'}, "the key “colour” means nothing here"),
    ],
)
def test_a_wrong_field_is_refused(tmp_path: Path, changes: dict[str, str], says: str) -> None:
    with pytest.raises(FormError) as caught:
        load_over(tmp_path, no__edpb=changed(**changes)).template()
    assert "edpb.toml" in str(caught.value.what)
    assert says in str(caught.value.what)
