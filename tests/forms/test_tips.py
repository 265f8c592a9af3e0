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
