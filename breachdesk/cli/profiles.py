"""An organisation's profile: read from TOML, and what is wrong with it in our words."""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from breachdesk.cli.inputs import read_file
from breachdesk.cli.validated import first_problem
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.settings.complaints import toml_complaint

if TYPE_CHECKING:
    from breachdesk.records import Profile

_MOST_BYTES = 500_000


def read_profile(path: Path) -> "Profile":
    """Return the profile in a file.

    Raises:
        RefusedError: It cannot be read, is no TOML, or does not hold together.
    """
    return parse_profile(read_file(path, most=_MOST_BYTES), name=str(path))


def parse_profile(source: str, *, name: str) -> "Profile":
    """Return the profile written in a TOML text; `name` says where it came from.

    Raises:
        RefusedError: It is no TOML, or does not hold together.
    """
    from pydantic import ValidationError

    from breachdesk.records import Profile

    try:
        return Profile.model_validate(tomllib.loads(source))
    except ValidationError as error:
        problem, remedy = first_problem(error)
        raise RefusedError(say("{file}: {problem}", file=name, problem=problem), remedy) from None
    except (ValueError, RecursionError) as error:
        raise RefusedError(
            say("{file} is not TOML: {why}.", file=name, why=toml_complaint(error)),
            say("Correct that line; a text stands in quotation marks."),
        ) from error
