"""A tagged PDF read as a screen reader reads it: its elements in order, each with its words."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pypdf import PdfReader
from pypdf.generic import ContentStream


@dataclass
class Node:
    """One element of the tree."""

    kind: str
    words: str = ""
    alt: str = ""
    scope: str = ""
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """Yield it and everything in it, in the order of reading."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, *kinds: str) -> list["Node"]:
        """Return what is of these kinds in it."""
        return [one for one in self.walk() if one.kind in kinds]

    def said(self) -> str:
        """Return all its words."""
        return " ".join(" ".join(one.words for one in self.walk()).split())


@dataclass(frozen=True)
class Marks:
    """What the pages' streams say: the words of each mark, and words that stand in no mark."""

    words: Mapping[tuple[int, int], str]
    outside: tuple[str, ...]
    artifacts: str


def read_marks(content: bytes) -> Marks:
    """Read the marks of every page.

    Raises:
        AssertionError: marks are nested, left open, or numbered twice.
    """
    found: dict[tuple[int, int], str] = {}
    outside: list[str] = []
    artifacts: list[str] = []
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):
        for mark, words, painted in _runs(page):
            if mark is None:
                outside += [words] if words.strip() or painted else []
            elif mark < 0:
                artifacts.append(words)
            else:
                assert (number, mark) not in found, "a number given twice"
                found[number, mark] = words
    return Marks(found, tuple(outside), "".join(artifacts))


_PAINTS = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh"}


def _runs(page: Any) -> Iterator[tuple[int | None, str, bool]]:  # noqa: ANN401
    """Yield mark (-1: artifact, None: none), words and whether something was painted."""
    fonts = {
        name: _letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()
    }
    mark, words, painted, letters = None, "", False, {}
    is_open = False
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in {b"BMC", b"BDC"}:
            assert not is_open, "a mark within a mark"
            yield mark, words, painted
            kind = operands[0]
            mark = -1 if kind == "/Artifact" else int(operands[1]["/MCID"])
            words, painted, is_open = "", False, True
        elif operator == b"EMC":
            assert is_open, "an end without a mark"
            yield mark, words, painted
            mark, words, painted, is_open = None, "", False, False
        elif operator == b"Tf":
            letters = fonts[operands[0]]
        elif operator == b"Tj":
            raw = operands[0]
            codes = raw if isinstance(raw, bytes) else raw.original_bytes
            words += "".join(letters[code] for code in codes)
            assert "\0" not in words, "a letter that means nothing"
        elif operator in _PAINTS:
            painted = True
    assert not is_open, "a mark left open"
    yield mark, words, painted


def _letters(font: Any) -> dict[int, str]:  # noqa: ANN401
    """Return what the codes of a font mean, from its own table."""
    table = font["/ToUnicode"].get_data().decode("latin-1")
    pairs = re.findall(r"^<(\w+)> <(\w+)>$", table.partition("beginbfchar")[2], re.MULTILINE)
    return {int(code, 16): bytes.fromhex(sign).decode("utf-16-be") for code, sign in pairs}


def read_tree(content: bytes, marks: Marks) -> Node:
    """Read the tree of elements.

    Raises:
        AssertionError: a mark belongs to no element or to two, or the file's own index of marks
            says otherwise.
    """
    left = dict(marks.words)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        root: Any = pdf.Root.StructTreeRoot
        owners = _owners(root)
        tree = _node(root.K, pages, owners, left)
        for number, page in enumerate(pdf.pages):
            assert page.obj.StructParents == number
            assert page.obj.Tabs == "/S"
    assert not left, "marks that belong to no element"
    assert not owners, "an index of marks that are not there"
    return tree


def _owners(root: Any) -> dict[tuple[int, int], tuple[int, int]]:  # noqa: ANN401
    listed = list(root.ParentTree.Nums)
    return {
        (int(page), mark): owner.objgen
        for page, owned in zip(listed[::2], listed[1::2], strict=True)
        for mark, owner in enumerate(owned)
    }


def _node(
    made: Any,  # noqa: ANN401
    pages: Mapping[Any, int],
    owners: dict[tuple[int, int], tuple[int, int]],
    left: dict[tuple[int, int], str],
) -> Node:
    attributes = made.get("/A", {})
    node = Node(
        str(made.S).removeprefix("/"),
        alt=str(made.get("/Alt", "")),
        scope=str(attributes.get("/Scope", "")).removeprefix("/"),
    )
    kids = made.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            assert kid.P.objgen == made.objgen
            node.children.append(_node(kid, pages, owners, left))
        else:
            is_here = isinstance(kid, int)
            page = pages[(made if is_here else kid).Pg.objgen]
            mark = page, int(kid if is_here else kid.MCID)
            assert owners.pop(mark) == made.objgen
            node.words += left.pop(mark)
    return node
