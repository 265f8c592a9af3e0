"""The tree of a paper's elements, written into its file, with what the file says about itself.

ReportLab writes the pages; their marks mean nothing until the file says what they belong to.
"""

import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from breachdesk.documents.pdf.tags import Element, Mark

_VERSION = "1.7"
_CELLS = {"TH", "TD"}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the file says about itself, for whoever catalogues it."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    lang: str
    issued: str = ""
    """ISO 8601 with offset; empty for a draft."""


def tagged(content: bytes, root: Element, about: About) -> bytes:
    """Return a file with the structure of its marks; the same input gives the same bytes.

    Args:
        content: A PDF whose pages carry the marks that the elements name.
        root: The paper's outermost element.
        about: Repeated in the file as XMP.
    """
    with Pdf.open(io.BytesIO(content)) as pdf:
        _Tree(pdf).write(root)
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        _describe(pdf, about)
        buffer = io.BytesIO()
        pdf.save(
            buffer,
            min_version=_VERSION,
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return buffer.getvalue()


class _Tree:
    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._owners: dict[int, dict[int, Any]] = defaultdict(dict)

    def write(self, root: Element) -> None:
        top = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        top.K = self._element(root, top)
        numbers: Any = Array()
        for number, page in enumerate(self._pages):
            owners = self._owners[number]
            page.StructParents, page.Tabs = number, Name.S
            listed = Array([owners[one] for one in range(len(owners))])
            numbers.extend([number, self._pdf.make_indirect(listed)])
        top.ParentTree = self._pdf.make_indirect(Dictionary(Nums=numbers))
        top.ParentTreeNextKey = len(self._pages)
        self._pdf.Root.StructTreeRoot = top

    def _element(self, element: Element, parent: Any) -> Any:  # noqa: ANN401 - pikepdf's object
        made = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{element.kind}"), P=parent)
        )
        first = next((one.page for one in element.children if isinstance(one, Mark)), None)
        if first is not None:
            made.Pg = self._pages[first]
        kids: list[Any] = [
            self._kid(one, made, first) for one in element.children if not _is_empty(one)
        ]
        if kids:
            made.K = kids[0] if len(kids) == 1 else Array(kids)
        if element.alt:
            made.Alt = String(element.alt)
        if element.lang:
            made.Lang = String(element.lang)
        attributes = _attributes(element)
        if attributes:
            made.A = Dictionary(**attributes)
        return made

    def _kid(self, child: Element | Mark, parent: Any, first: int | None) -> Any:  # noqa: ANN401
        if isinstance(child, Element):
            return self._element(child, parent)
        self._owners[child.page][child.number] = parent
        if child.page == first:
            return child.number
        return Dictionary(Type=Name.MCR, Pg=self._pages[child.page], MCID=child.number)


def _is_empty(child: Element | Mark) -> bool:
    """Was nothing of it drawn? A cell keeps its place in the row all the same."""
    if isinstance(child, Mark) or child.kind in _CELLS:
        return False
    return all(_is_empty(one) for one in child.children)


def _attributes(element: Element) -> Mapping[str, Any]:
    if element.scope:
        return {"O": Name.Table, "Scope": Name(f"/{element.scope}")}
    if element.box:
        box = Array([round(one, 2) for one in element.box])
        return {"O": Name.Layout, "Placement": Name.Block, "BBox": box}
    if element.kind == "L":
        return {"O": Name.List, "ListNumbering": Name("/None")}
    return {}


def _describe(pdf: Pdf, about: About) -> None:
    """Say as XMP what the file's own dictionary says, and in which language it is."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        said["dc:title"] = about.title
        said["dc:creator"] = [about.author]
        said["dc:description"] = about.subject
        said["dc:language"] = {about.lang}
        said["pdf:Keywords"] = ", ".join(about.keywords)
        said["xmp:CreatorTool"] = "breachdesk"
        if about.issued:
            said["xmp:CreateDate"] = about.issued
            said["xmp:ModifyDate"] = about.issued
