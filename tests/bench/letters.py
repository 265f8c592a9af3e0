"""Ratios, never pass marks: letters a second and peak memory, ours and plain Platypus in one run.

Plain Platypus builds the same two-page letter anew for each person, untagged, once in Helvetica and
once with the same embedded fonts. Our single files are tagged, our print file is not. WeasyPrint
stands beside it where it is installed. Each memory figure is of a process of its own.
"""

import argparse
import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from breachdesk.documents.addressed import addressed
from breachdesk.documents.draft import Bullets, Draft, Gap, Paragraph, Salutation, Signature
from breachdesk.documents.pdf import fonts
from breachdesk.documents.pdf.press import SingleFiles, Typesetter
from breachdesk.documents.pdf.print_file import PrintFile
from breachdesk.records.recipient import Recipient
from breachdesk.terms import DocumentKind, Lang
from tests.documents.builders import STAMP, case, draft, forms

MANY = 10_000
FEW = 60
LETTER = DocumentKind.COMMUNICATION
WORDING = forms().wording(LETTER, Lang.NB)


def everybody(many: int) -> Iterator[Recipient]:
    """Yield made-up people, no two alike."""
    for row in range(2, many + 2):
        address = (f"Storgata {row} B", f"{row % 9998 + 1:04d} Bjørkåsen")
        yield Recipient(row=row, lang=Lang.NB, name=f"Åse Nordmann {row}", address=address)


def the_letter() -> Draft:
    """Return the two-page letter with a place for the address."""
    return draft(case(), LETTER)


def typesetter(made: Draft) -> Typesetter:
    """Return our typesetter, every letter of the names known."""
    signs = {sign for one in everybody(FEW) for line in one.lines for sign in line}
    return Typesetter(made, WORDING, STAMP, signs | set("0123456789"))


def print_file(many: int) -> bytes:
    """Return one file with everybody's letter."""
    press = typesetter(the_letter())
    with PrintFile() as sheets:
        for person in everybody(many):
            sheets.add(press.letter(person))
        return sheets.content()


def single_files(many: int) -> int:
    """Make a file for each person; return how many bytes they are together."""
    press, files = typesetter(the_letter()), SingleFiles()
    return sum(len(files.content(press.letter(person))) for person in everybody(many))


def lines_of(made: Draft) -> Iterator[tuple[str, str]]:
    """Yield every paragraph of an addressed letter with its kind."""
    yield from (("body", one) for one in (made.letterhead.name, made.letterhead.address))
    for section in made.sections:
        if section.heading:
            yield "heading", section.heading
        for block in section.blocks:
            match block:
                case Paragraph(text) | Salutation(text) | Gap(text):
                    yield "body", text
                case Bullets(items):
                    yield from (("body", f"– {one}") for one in items)
                case Signature(name, function):
                    yield "body", f"{name}, {function}"
                case _:
                    yield from (("body", one) for one in getattr(block, "lines", ()))


def plain(made: Draft, font: str) -> bytes:
    """Return the same words through plain Platypus, with nothing of ours but the fonts."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, SimpleDocTemplate
    from reportlab.platypus import Paragraph as Words

    bold = fonts.BOLD if font == fonts.REGULAR else "Helvetica-Bold"
    styles = {
        "body": ParagraphStyle("body", fontName=font, fontSize=10, leading=14.6, spaceAfter=6),
        "heading": ParagraphStyle("heading", fontName=bold, fontSize=12, leading=16),
    }
    story: list[Flowable] = [Words(escape(text), styles[kind]) for kind, text in lines_of(made)]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, invariant=1, initialFontName=font).build(story)
    return buffer.getvalue()


def weasy(made: Draft) -> bytes:
    """Return the same words through WeasyPrint, tagged."""
    from weasyprint import HTML  # type: ignore[import-not-found,import-untyped,unused-ignore]

    tags = {"body": "p", "heading": "h2"}
    body = "".join(f"<{tags[kind]}>{escape(text)}</{tags[kind]}>" for kind, text in lines_of(made))
    page = HTML(string=f"<html lang=nb><body>{body}</body></html>")
    content: bytes = page.write_pdf(pdf_tags=True)
    return content


def rate(make: Callable[[Draft], bytes], times: int) -> float:
    """Return letters a second of processor time, another person's each time."""
    people = list(everybody(times + 1))
    made = the_letter()
    make(addressed(made, people[0], WORDING))
    start = time.process_time()
    for person in people[1:]:
        make(addressed(made, person, WORDING))
    return times / (time.process_time() - start)


def timed(make: Callable[[int], object], many: int) -> float:
    """Return letters a second of processor time, with all that comes before the first one."""
    start = time.process_time()
    make(many)
    return many / (time.process_time() - start)


def peak(make: str) -> float:
    """Return the peak memory in megabytes of a process that makes ten thousand letters so."""
    done = subprocess.run(
        [sys.executable, __file__, "--only", make],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return float(done.stdout.strip().splitlines()[-1])


def peak_here() -> float:
    """Return this process's peak memory in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def through_the_desk() -> None:
    """Make ten thousand letters as the command line does, from a list to both kinds of file."""
    from breachdesk.desk.letters import Order
    from breachdesk.records import NewIncident
    from tests.cli.people import good
    from tests.desk.desks import FRIDAY, new_desk

    heads = "Navn;Adresse;Postnummer;Poststed;Språk;E-post"
    content = "\n".join([heads, *(good(number) for number in range(MANY))]).encode()
    with tempfile.TemporaryDirectory() as folder:
        desk = new_desk(Path(folder))
        desk.intake.log(NewIncident(title="Payroll list astray", became_aware_at=FRIDAY))
        start = time.perf_counter()
        both = Order(
            content=content, print_file=Path(folder) / "p.pdf", folder=Path(folder) / "single"
        )
        made = desk.letters.make("1", both)
        print(f"{made.letters / (time.perf_counter() - start):.0f}")
        desk.close()


ONLY: dict[str, Callable[[], object]] = {
    "print": lambda: print_file(MANY),
    "single": lambda: single_files(MANY),
    "desk": through_the_desk,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print every figure and its ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", choices=tuple(ONLY))
    only = parser.parse_args(arguments).only
    if only:
        ONLY[only]()
        print(peak_here())
        return
    for make in ONLY:  # first: a child's peak counts from what its parent had when it was started
        print(f"peak memory at {MANY} letters, {make}: {peak(make):.0f} MB", flush=True)
    fonts.register()
    helvetica = rate(lambda made: plain(made, "Helvetica"), FEW)
    same_fonts = rate(lambda made: plain(made, fonts.REGULAR), FEW)
    print(f"plain Platypus: Helvetica {helvetica:.0f}/s, our fonts {same_fonts:.0f}/s")
    for name, made in (("print file", print_file), ("single files", single_files)):
        ours = timed(made, MANY)
        print(f"{name}: {ours:.0f}/s, {ours / helvetica:.1f} x Helvetica, "
              f"{ours / same_fonts:.1f} x our fonts")  # fmt: skip
    try:
        print(f"WeasyPrint: {rate(weasy, 8):.1f}/s")
    except (ImportError, OSError) as error:
        print(f"WeasyPrint is not here: {error}")


if __name__ == "__main__":
    main()
