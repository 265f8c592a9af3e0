"""The letter to a person affected: every part of Art. 34(2) GDPR, in plain language."""

import re
from collections.abc import Iterator

from breachdesk.documents.contacts import contact_of
from breachdesk.documents.draft import (
    AddressBlock,
    Block,
    Bullets,
    Gap,
    MissingItem,
    Paragraph,
    Salutation,
    Section,
)
from breachdesk.documents.form_paper import Part, Said
from breachdesk.documents.letter import closing
from breachdesk.documents.lines import promised
from breachdesk.documents.telling import Telling

NATURES = ("confidentiality", "integrity", "availability")


def communication(telling: Telling) -> tuple[Part, ...]:
    """Return the letter: what happened, what it can mean, what is done, what to do, whom to ask."""
    return (
        _opening(telling),
        _part(telling, "happened", _happened(telling), _author_warning(telling)),
        _part(telling, "affected", _affected(telling)),
        _part(telling, "meaning", _meaning(telling)),
        _part(telling, "done", _done(telling), _no_measures(telling)),
        _part(telling, "advice", (tuple(_advice(telling)), ())),
        _part(telling, "questions", _questions(telling)),
        closing(telling),
    )


def guardian_letter(telling: Telling) -> tuple[Part, ...]:
    """Return the same in fewer and plainer words, to a child's guardian about the child."""
    return (
        _opening(telling),
        _part(telling, "happened", _happened(telling), _author_warning(telling)),
        _part(telling, "affected", _affected(telling)),
        _part(telling, "meaning", _meaning(telling)),
        _part(telling, "done", _done(telling), _no_measures(telling)),
        _part(telling, "advice", ((_tips(telling, for_guardian=True),), ())),
        _part(telling, "questions", _questions(telling)),
        closing(telling),
    )


def public_notice(telling: Telling) -> tuple[Part, ...]:
    """Return what everybody may read, whom it concerns first: Art. 34(3)(c) GDPR."""
    return (
        _part(telling, "who", _who(telling)),
        _part(telling, "happened", _happened(telling), _author_warning(telling)),
        _part(telling, "affected", _affected(telling)),
        _part(telling, "meaning", _meaning(telling)),
        _part(telling, "done", _done(telling), _no_measures(telling)),
        _part(telling, "advice", (tuple(_advice(telling)), ())),
        _part(telling, "questions", _questions(telling)),
    )


def _who(telling: Telling) -> Said:
    """Return whom the notice concerns; without it nobody knows that it is for them."""
    why = Paragraph(telling.word("who.why", organisation=telling.organisation))
    groups = [_worded(telling, "group", one) for one in telling.chosen("data_subjects")]
    texts = _paragraphs(telling.text("data_subjects_text"))
    blocks: list[Block] = []
    if any(groups):
        named = tuple(filter(None, groups))
        which = "who.these" if len(named) > 1 else "who.this"
        blocks += [Paragraph(telling.word(which)), Bullets(named)]
    blocks += [Paragraph(one) for one in texts]
    if not blocks:
        gap, missing = _gap(telling, "data_subjects")
        return (why, *gap), missing
    return (why, *blocks), ()


def _part(telling: Telling, section_id: str, said: Said, warnings: tuple[str, ...] = ()) -> Part:
    heading = telling.word(f"section.{section_id}")
    blocks, missing = said
    texts = "\n".join(one.text for one in blocks if isinstance(one, Paragraph))
    return Part(
        section=Section(id=section_id, heading=heading, blocks=blocks),
        missing=missing,
        free=((heading, texts),) if texts else (),
        warnings=warnings,
    )


def _opening(telling: Telling) -> Part:
    address = AddressBlock(tuple(telling.word("place.address").split("\n")))
    natures = telling.chosen("nature")
    lines = [telling.word("opening.why")]
    lines += [telling.word(f"opening.{one}") for one in NATURES if one in natures]
    lines += [telling.word("opening.sorry", organisation=telling.organisation)]
    greeting = Salutation(telling.word("salutation.anyone"))
    blocks = (address, greeting, Paragraph(" ".join(lines)))
    return Part(section=Section(id="opening", heading="", blocks=blocks))


def _gap(telling: Telling, item: str) -> Said:
    """Return "we do not know yet", and that the person will hear from us.

    Who finds out, and by when, is between us: a date here would be a promise nobody chose to make.
    """
    owner, due = promised(telling, item)
    text = telling.word(f"gap.{item}")
    missing = MissingItem(item=item, text=telling.word(f"lacks.{item}"), owner=owner, due=due)
    return (Gap(f"{text} {telling.word('promise.later')}"),), (missing,)


def _happened(telling: Telling) -> Said:
    text = telling.text("message_content") or telling.text("description")
    times = " ".join(_times(telling))
    if not text:
        blocks, missing = _gap(telling, "description")
        return ((Paragraph(times),) if times else ()) + blocks, missing
    return tuple(Paragraph(one) for one in (*_paragraphs(text), times) if one), ()


def _author_warning(telling: Telling) -> tuple[str, ...]:
    """Return a word to the author when the letter uses what was written for the authority."""
    borrowed = telling.text("description") and not telling.text("message_content")
    return (telling.word("warning.borrowed"),) if borrowed else ()


def _times(telling: Telling) -> Iterator[str]:
    """Yield when it happened and when it was noticed; awareness is another thing, for no letter."""
    facts, dates = telling.case.facts, telling.dates
    start, end = facts.occurred_from, facts.occurred_to
    if start and end and dates.day(start) != dates.day(end):
        yield telling.word("happened.from_to", start=dates.day(start), end=dates.day(end))
    noticed = facts.detected_at
    if start and not end and noticed and dates.day(start) == dates.day(noticed):
        yield telling.word("happened.same_day", day=dates.day(start))
        return
    if start and not (end and dates.day(start) != dates.day(end)):
        yield telling.word("happened.on", day=dates.day(start))
    if noticed:
        yield telling.word("happened.noticed", day=dates.day(noticed))


def _affected(telling: Telling) -> Said:
    kinds = [_worded(telling, "data", one) for one in telling.chosen("data_types")]
    text = telling.text("data_types_text")
    blocks: list[Block] = []
    if any(kinds):
        blocks += [Paragraph(telling.word("affected.these")), Bullets(tuple(filter(None, kinds)))]
    blocks += [Paragraph(one) for one in _paragraphs(text)]
    if not blocks:
        return _gap(telling, "data_types")
    return tuple(blocks), ()


def _worded(telling: Telling, group: str, option_id: str) -> str:
    """Return an option in the letter's own words; empty for "other", which a text explains."""
    return telling.wording.get(f"{group}.{option_id}")


def _meaning(telling: Telling) -> Said:
    chosen = telling.chosen("impacts")
    kinds = tuple(filter(None, (_worded(telling, "impact", one) for one in chosen)))
    text = telling.text("impacts_text")
    blocks: list[Block] = []
    if "none" in chosen:
        blocks.append(Paragraph(telling.word("meaning.unlikely")))
    elif kinds:
        blocks += [Paragraph(telling.word("meaning.these")), Bullets(kinds)]
    blocks += [Paragraph(one) for one in _paragraphs(text)]
    if not blocks:
        return _gap(telling, "impacts")
    return tuple(blocks), ()


def _done(telling: Telling) -> Said:
    taken, prevent = telling.text("measures_taken"), telling.text("measures_prevent_text")
    blocks: tuple[Block, ...] = tuple(Paragraph(one) for one in _paragraphs(taken))
    missing: tuple[MissingItem, ...] = ()
    if not blocks:
        blocks, missing = _gap(telling, "measures_taken")
    if prevent:
        blocks += (
            Paragraph(telling.word("done.prevent")),
            *(Paragraph(one) for one in _paragraphs(prevent)),
        )
    return blocks, missing


def _no_measures(telling: Telling) -> tuple[str, ...]:
    """Return a word to the author of a letter without a measure: Art. 34(2) GDPR."""
    return () if telling.text("measures_taken") else (telling.word("warning.no_measures"),)


def _advice(telling: Telling) -> Iterator[Block]:
    """Return what one can do: the author's advice, then what fits the data lost (recital 86)."""
    yield from (Paragraph(one) for one in _paragraphs(telling.text("advice_to_subjects")))
    yield _tips(telling)
    if "minors" in telling.chosen("data_subjects"):
        yield Paragraph(telling.word("advice.minors"))


def _tips(telling: Telling, *, for_guardian: bool = False) -> Bullets:
    """Return the advice that fits the data and the kind of breach."""
    fitting = [one for one in telling.wording.tips if one.fits(telling.chosen)]
    said = [one.guardian if for_guardian else one.text for one in fitting]
    return Bullets(tuple(dict.fromkeys(telling.words(one) for one in said if one)))


def _questions(telling: Telling) -> Said:
    who = contact_of(telling)
    complain = Paragraph(telling.word("questions.complain", authority=telling.authority))
    if not who:
        blocks, missing = _gap(telling, "contact_name")
        return (*blocks, complain), missing
    return (Paragraph(telling.word("questions.ask", who=who)), complain), ()


def _paragraphs(text: str) -> tuple[str, ...]:
    """Return what stands between blank lines."""
    return tuple(one.strip() for one in re.split(r"\n\s*\n", text) if one.strip())
