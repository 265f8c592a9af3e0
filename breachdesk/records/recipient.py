"""Someone a letter is for. Never kept: only how many there were, and the digest of their list."""

from dataclasses import dataclass

from breachdesk.terms import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One row of a list of recipients, ready to be printed."""

    row: int
    """Its row as a spreadsheet counts them: the headings stand in row 1. It names the letter."""
    lang: Lang
    name: str
    address: tuple[str, ...]
    """Street, postcode and place, country; empty when there is none to post to."""
    email: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The address as it stands on the letter; by e-mail, name and e-mail address."""
        return (self.name, *(self.address or (self.email,)))
