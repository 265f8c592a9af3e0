"""A letter's last page never holds the closing words alone."""

import io

import pytest
from pypdf import PdfReader

from breachdesk.documents import pdf
from breachdesk.terms import DocumentKind, Lang
from tests.documents.builders import case, draft

ENDS, REGARDS = "datatilsynet", "med vennlig hilsen"


@pytest.mark.parametrize("paragraphs", range(1, 45, 2))
def test_a_signature_stands_below_the_paragraph_before_it(paragraphs: int) -> None:
    advice = "\n\n".join(["Følg med på kontoen din."] * paragraphs)
    letter = draft(case({"advice_to_subjects": advice}), DocumentKind.COMMUNICATION, Lang.NB)
    content = pdf.render(letter, None)
    pages = [one.extract_text().casefold() for one in PdfReader(io.BytesIO(content)).pages]
    (signed,) = [one for one in pages if REGARDS in one]
    assert ENDS in signed.partition(REGARDS)[0]
