import shutil
from pathlib import Path

import pytest

from breachdesk.forms import find_forms
from breachdesk.forms.checking import check


@pytest.mark.parametrize(
    ("was", "becomes", "named"),
    [
        ('data_types = ["credentials"]', 'data_types = ["passwords"]', "passwords"),
        ('data_types = ["credentials"]', 'data_type = ["credentials"]', "data_type"),
        ('cites = ["gdpr-34-2", "gdpr-rec-86"]', 'cites = ["gdpr-34-9"]', "gdpr-34-9"),
    ],
)
def test_advice_that_names_what_does_not_exist_is_found(
    tmp_path: Path, was: str, becomes: str, named: str
) -> None:
    folder = tmp_path / "forms"
    shutil.copytree(find_forms(), folder)
    advice = folder / "eu" / "advice.toml"
    text = advice.read_text(encoding="utf-8")
    advice.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    ((file, problem),) = check(folder)
    assert "advice.toml" in file
    assert named in str(problem)


def test_a_letter_never_says_what_is_listed_as_unverified(tmp_path: Path) -> None:
    own = tmp_path / "no"
    own.mkdir()
    shipped = (find_forms() / "no" / "advice.toml").read_text(encoding="utf-8")
    told = shipped.replace("Keep an eye on your accounts", "Call 815 00 000 about your accounts")
    told = told.replace(
        'when = { data_types = ["economic"] }',
        'when = { data_types = ["economic"] }\nunverified = ["815 00 000"]',
    )
    assert told.count("815 00 000") == 2
    (own / "advice.toml").write_text(told, encoding="utf-8")
    problems = [str(what) for _, what in check(find_forms(), tmp_path)]
    assert any("“economy” tells people what is listed as unverified" in one for one in problems)
