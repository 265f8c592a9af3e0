"""What letters share: how they close."""

from collections.abc import Iterable, Iterator

from breachdesk.documents.contacts import joined
from breachdesk.documents.draft import Paragraph, Section, Signature
from breachdesk.documents.form_paper import Part
from breachdesk.documents.telling import Telling

CLOSING = "closing"
"""Id of the section in which a letter is signed: nothing stands below it."""


def closing(telling: Telling) -> Part:
    """Return the regards and who signs: the one who reports, else the organisation."""
    name, function = _reporter(telling)
    return _signed(telling, ((name, function),) if name else ())


def closing_by(telling: Telling, names: Iterable[str]) -> Part:
    """Return the signatures of these people, each once; of the organisation without any.

    Their function stands there when the case or the profile knows it.
    """
    functions = dict(_functions(telling))
    people = {one.casefold(): one for one in names}
    return _signed(telling, [(name, functions.get(key, "")) for key, name in people.items()])


def _signed(telling: Telling, people: Iterable[tuple[str, str]]) -> Part:
    signatures = [Signature(name, joined(does, telling.organisation)) for name, does in people]
    blocks = signatures or [Signature(telling.organisation, "")]
    regards = Paragraph(telling.word("closing.regards"))
    return Part(section=Section(id=CLOSING, heading="", blocks=(regards, *blocks)))


def _reporter(telling: Telling) -> tuple[str, str]:
    """Return name and function of the one who reports: as answered, else from the profile."""
    name, function = telling.text("reporter_name"), telling.text("reporter_function_text")
    if telling.profile and not name:
        return telling.profile.reporter.name, telling.profile.reporter.function
    return name, function


def _functions(telling: Telling) -> Iterator[tuple[str, str]]:
    """Yield what the people do that the profile and the case name, by name in lower case."""
    if telling.profile:
        for one in (telling.profile.organisation.privacy_contact, telling.profile.reporter):
            yield one.name.casefold(), one.function
    name, function = _reporter(telling)
    yield name.casefold(), function
