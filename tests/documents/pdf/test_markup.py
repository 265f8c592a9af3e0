from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from reportlab.platypus.paraparser import ParaParser

from breachdesk.documents.pdf import fonts, styles
from breachdesk.documents.pdf.markup import markup, plain
from breachdesk.language import clean


def test_markup_is_escaped_and_breaks_lines() -> None:
    assert markup('AT&T <b>\n"x"') == 'AT&amp;T &lt;b&gt;<br/>"x"'


def test_a_sign_the_text_font_lacks_is_set_in_another() -> None:
    assert markup("a → b") == f'a <font name="{fonts.SIGNS[0]}">→</font> b'


def test_what_no_font_can_draw_is_shown_by_its_code() -> None:
    assert markup("漢") == plain("漢") == "‹U+6F22›"


def test_the_fonts_cover_norwegian_and_sami() -> None:
    letters = fonts.register().text
    assert set(map(ord, "áčđŋšŧžÁČĐŊŠŦŽæøåÆØÅäöÄÖ«»–—…·×‹›§№")) <= letters


def shown(one: str) -> str:
    letters = fonts.register()
    is_drawn = one == "\n" or ord(one) in letters.text or letters.font_for(ord(one))
    return one if is_drawn else plain(one)


@given(st.text(max_size=60))
def test_any_text_reads_back_as_itself(text: str) -> None:
    fonts.register()
    parser: Any = ParaParser()
    _, fragments, _ = parser.parse(f"<para>{markup(text)}</para>", styles.BODY)
    read = "".join(getattr(one, "text", "") for one in fragments)
    expected = "".join(shown(one) for one in clean(text, lines=True))
    assert "".join(read.split()) == "".join(expected.split())
