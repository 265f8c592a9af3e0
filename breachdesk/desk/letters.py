"""Letters to many: the issued letter with each person's address, and what became of them.

The list of recipients is read, used and forgotten. What is kept is its digest, how many rows it had
and how many letters were made; what came back is kept as row numbers that say nothing without it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from breachdesk.casefile import CaseFile
from breachdesk.desk.addressing import seen_for
from breachdesk.desk.issued_letter import IssuedLetter, letter_in
from breachdesk.desk.letter_files import LetterFiles
from breachdesk.desk.letter_lists import Look
from breachdesk.desk.office import Office
from breachdesk.desk.papers import Papers, paper_language
from breachdesk.documents import privacy
from breachdesk.errors import RefusedError
from breachdesk.exchange.recipients import Checks, Problem, Recipients, read_recipients
from breachdesk.exchange.recipients.ranges import from_ranges, outcome, to_ranges
from breachdesk.exchange.recipients.results import Results, read_results
from breachdesk.message import say
from breachdesk.records import Delivery, Mailing
from breachdesk.records.recipient import Recipient
from breachdesk.terms import AuditAction, DocumentKind, Lang, Matter, Outcome

SAMPLES = 3
"""Letters that are looked at before all are made."""
OnLetter = Callable[[int, int], None]
"""Is told how many letters are made and how many there will be."""
KINDS = (DocumentKind.COMMUNICATION, DocumentKind.GUARDIAN_LETTER)
"""Papers that are written to one person each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be made."""

    content: bytes
    """The list of recipients."""
    kind: DocumentKind = DocumentKind.COMMUNICATION
    """One of `KINDS`."""
    group: str = ""
    """The group of people the letter is for, by name or id; empty: everybody."""
    lang: Lang | None = None
    """One language for everybody; None heeds the list's column, else the organisation's."""
    folder: Path | None = None
    """Where a file for each person goes."""
    print_file: Path | None = None
    """Where the one file for paper goes."""
    sample: int | None = None
    """Only so many letters, to be looked at; nothing is kept."""
    is_one_sided: bool = False
    """No blank page after a letter with an odd number of pages."""
    may_replace: bool = False
    """Files that are there may be written over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What came of it."""

    case: CaseFile
    letters: int
    by_email_only: int
    """Letters without a postal address: they are not in the print file."""
    in_bokmaal: int
    """People who asked for nynorsk and got bokmål."""
    pages: int
    """Of the print file."""
    problems: tuple[Problem, ...]
    rows: int
    sha256: str
    """Of the list."""
    documents: Mapping[str, str]
    """Language to the issued letter's id; empty for a sample of a letter not issued yet."""
    unused: tuple[str, ...]
    """Headings of columns that are not read."""
    missing: int
    """What the letter says it does not know yet."""
    mailing: Mailing | None
    """None when nothing was kept: a sample, or no row that could be printed."""
    issued: tuple[str, ...] = ()
    """Ids of letters that were issued on the way, because there was none in that language."""
    warnings: tuple[str, ...] = ()
    """What to look at in letters that were not issued before, as their drafts said."""
    decided: Outcome | None = None
    """What is decided about telling these people; None: nothing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of the letters."""

    case: CaseFile
    results: Results
    delivered: int
    """Of all results so far."""
    returned: frozenset[int]
    """Rows of the list whose letter came back and has not arrived since."""
    open: int
    """Letters nobody has told anything about yet."""
    kept_back: frozenset[int]
    """Rows of the list that got no letter, so that nobody was told there."""

    @property
    def untold(self) -> frozenset[int]:
        """Rows of the list whose people have not been told, as far as is known."""
        return self.returned | self.kept_back


class Letters:
    """Where the issued letter is made out to many people."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def look(
        self,
        ref: str,
        content: bytes,
        *,
        lang: Lang | None = None,
        by_post: bool = False,
        samples: int = SAMPLES,
    ) -> Look:
        """Return a list of recipients as it is read for this case; nothing is made or kept.

        Args:
            ref: The case.
            content: The list's bytes.
            lang: One language for everybody; None heeds the list's column.
            by_post: Every letter goes by post.
            samples: How many rows are worth looking at.

        Raises:
            RefusedError: it is no list that can be read.
        """
        listed = read_recipients(
            content,
            checks=_checks(),
            lang=lang or paper_language(self._case(ref)),
            use_column=lang is None,
            needs_post=by_post,
        )
        return Look(listed=listed, samples=telling_samples(listed.people, samples))

    def make(
        self,
        ref: str,
        order: Order,
        *,
        on_letter: OnLetter | None = None,
        speaks: Lang | None = None,
    ) -> Made:
        """Make a letter for each person; a language in which none is issued yet is issued first.

        `on_letter` is told how far it is; `speaks` is the language of warnings to the author.

        Raises:
            RefusedError: the list cannot be read, or nothing says where the letters go.
            StoreError: the files cannot be written; nothing is kept then.
        """
        if order.folder is None and order.print_file is None:
            raise RefusedError(
                say("Nothing says where the letters go."),
                say("Say --merged FILE for one file to print, or --out FOLDER for one each."),
            )
        case = self._case(ref)
        listed = read_recipients(
            order.content,
            checks=_checks(),
            lang=order.lang or paper_language(case),
            use_column=order.lang is None,
            needs_post=order.folder is None,
        )
        people, in_bokmaal = self._in_languages_we_have(listed.people, order.kind)
        if order.sample is not None:
            people = telling_samples(people, order.sample)
        letters, issued, warnings = self._letters(ref, {one.lang for one in people}, order, speaks)
        with LetterFiles(
            order.folder,
            order.print_file,
            is_one_sided=order.is_one_sided,
            may_replace=order.may_replace,
        ) as files:
            self._set_all(files, people, letters, on_letter)
            mailing = self._keep(ref, order, listed, people, letters, files)
        fresh = self._case(ref)
        return Made(
            case=fresh,
            issued=issued,
            warnings=warnings,
            decided=_decided(fresh, order),
            letters=len(people),
            by_email_only=sum(not one.address for one in people),
            in_bokmaal=in_bokmaal,
            pages=files.pages,
            problems=listed.problems,
            rows=listed.rows,
            sha256=listed.sha256,
            documents=_documents(letters),
            unused=listed.unused,
            missing=max((len(one.draft.missing) for one in letters.values()), default=0),
            mailing=mailing,
        )

    def _case(self, ref: str) -> CaseFile:
        with self._office.reading() as reading:
            return self._office.case(reading, self._office.find(reading, ref, writing=False))

    def _in_languages_we_have(
        self, people: tuple[Recipient, ...], kind: DocumentKind
    ) -> tuple[tuple[Recipient, ...], int]:
        """Return people with the language their letter is in, and how many asked for another."""
        from dataclasses import replace

        if not any(one.lang is Lang.NN for one in people):
            return people, 0
        if self._office.forms.wording(kind.value, Lang.NN).lang is Lang.NN:
            return people, 0
        changed = tuple(
            replace(one, lang=Lang.NB) if one.lang is Lang.NN else one for one in people
        )
        return changed, sum(one.lang is Lang.NN for one in people)

    def _letters(
        self, ref: str, langs: Iterable[Lang], order: Order, speaks: Lang | None
    ) -> tuple[dict[Lang, IssuedLetter], tuple[str, ...], tuple[str, ...]]:
        """Return the letters, the ids of those issued for it, and the warnings of their drafts."""
        papers, kind, group = Papers(self._office), order.kind, order.group
        found: dict[Lang, IssuedLetter] = {}
        issued: list[str] = []
        warnings: list[str] = []
        for lang in sorted(langs):
            letter = letter_in(self._office, ref, kind, lang, group)
            if letter is None and order.sample is None:
                paper = papers.issue(ref, kind, lang=lang, group=group, speaks=speaks)
                issued.append(paper.document.id)
                warnings += paper.warnings
                letter = letter_in(self._office, ref, kind, lang, group)
            if letter is None:
                wording = self._office.forms.wording(kind.value, lang)
                draft = papers.draft(ref, kind, lang=lang, group=group, speaks=speaks)
                warnings += draft.warnings
                letter = IssuedLetter(draft=draft, wording=wording, stamp=None, document_id="")
            found[lang] = letter
        return found, tuple(issued), tuple(dict.fromkeys(warnings))

    def _set_all(
        self,
        files: LetterFiles,
        people: tuple[Recipient, ...],
        letters: Mapping[Lang, IssuedLetter],
        on_letter: OnLetter | None,
    ) -> None:
        from breachdesk.documents.pdf.press import Typesetter

        signs = frozenset(sign for one in people for line in one.lines for sign in line)
        setters = {
            lang: Typesetter(one.draft, one.wording, one.stamp, signs)
            for lang, one in letters.items()
        }
        for number, person in enumerate(people, 1):
            files.add(person, setters[person.lang].letter(person))
            if on_letter is not None:
                on_letter(number, len(people))

    def _keep(
        self,
        ref: str,
        order: Order,
        listed: Recipients,
        people: tuple[Recipient, ...],
        letters: Mapping[Lang, IssuedLetter],
        files: LetterFiles,
    ) -> Mailing | None:
        """Put the files in their place and keep the record, both or neither."""
        if not people:
            return None
        print_sha256 = files.finish()
        if order.sample is not None:
            files.put_in_place()
            return None
        with self._office.changing(ref) as change:
            mailing = change.add(
                Mailing(
                    id="",
                    incident_id=change.incident.id,
                    documents=_documents(letters),
                    recipients_sha256=listed.sha256,
                    rows=listed.rows,
                    letters=len(people),
                    skipped=len(listed.problems),
                    languages=dict(sorted(Counter(one.lang.value for one in people).items())),
                    lettered=to_ranges(one.row for one in people),
                    kept_back=to_ranges(one.row for one in listed.problems),
                    print_sha256=print_sha256,
                    single_files=files.singles,
                ),
                AuditAction.MAILING_RECORD,
            )
            files.put_in_place()
            return mailing

    def results(self, ref: str, content: bytes) -> Told:
        """Read what became of the newest letters into the case.

        Raises:
            RefusedError: no letters were made yet, or the results cannot be read.
        """
        with self._office.changing(ref) as change:
            if not change.case.mailings:
                raise RefusedError(
                    say("No letters were made in this case yet."),
                    say("Make them first: letters REF --recipients FILE --merged FILE."),
                )
            mailing = change.case.mailings[-1]
            lettered = from_ranges(mailing.lettered)
            results = read_results(content, lettered=lettered)
            if not results.delivered and not results.returned:
                raise _nothing_read(results)
            change.add(
                _delivery(change.incident.id, mailing.id, results), AuditAction.DELIVERY_RECORD
            )
            case = change.fresh()
        arrived, returned = outcome(case.deliveries, mailing.id)
        return Told(
            case=case,
            results=results,
            delivered=len(arrived),
            returned=returned,
            open=len(lettered - arrived - returned),
            kept_back=from_ranges(mailing.kept_back),
        )


def _decided(case: CaseFile, order: Order) -> Outcome | None:
    """Return what is decided about telling the people the letters are for."""
    decision = seen_for(case, order.kind, order.group).decision(Matter.INFORM_SUBJECTS)
    return decision.outcome if decision else None


def _nothing_read(results: Results) -> RefusedError:
    """Return the refusal of results without one that can be read, with what is wrong first."""
    nothing = say("No row of the results could be understood; nothing was written.")
    if not results.problems:
        like = say("Each row needs the number of a letter that was made, and its result.")
        return RefusedError(nothing, like)
    first = results.problems[0]
    return RefusedError(
        nothing, say("Line {line}: {reason}.", line=first.line, reason=first.reasons[0])
    )


def _delivery(incident_id: str, mailing_id: str, results: Results) -> Delivery:
    return Delivery(
        id="",
        incident_id=incident_id,
        mailing_id=mailing_id,
        results_sha256=results.sha256,
        rows=results.rows,
        skipped=len(results.problems),
        delivered=to_ranges(results.delivered),
        returned=to_ranges(results.returned),
        delivered_count=len(results.delivered),
        returned_count=len(results.returned),
    )


def telling_samples(people: tuple[Recipient, ...], count: int) -> tuple[Recipient, ...]:
    """Return letters worth looking at: each language, the longest address, then the first ones."""
    by_lang = {one.lang: one for one in reversed(people)}
    longest = sorted(people, key=lambda one: (-len(one.lines), -len(max(one.lines, key=len))))[:1]
    chosen = dict.fromkeys((*by_lang.values(), *longest, *people))
    return tuple(sorted(tuple(chosen)[:count], key=lambda one: one.row))


def _documents(letters: Mapping[Lang, IssuedLetter]) -> dict[str, str]:
    return {lang.value: one.document_id for lang, one in letters.items() if one.document_id}


def _checks() -> Checks:
    from breachdesk.documents.pdf.markup import can_be_drawn

    return Checks(
        has_identity_number=lambda text: any(privacy.identity_numbers(text)),
        can_be_printed=can_be_drawn,
    )
