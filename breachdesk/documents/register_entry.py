"""Our own record of a breach, notified or not: facts, effects, remedial action. Art. 33(5) GDPR."""

from datetime import datetime

from breachdesk.casefile.todo import Todo
from breachdesk.documents.draft import Block, Fields, MissingItem, Paragraph, Table
from breachdesk.documents.form_paper import Part, Said, parts
from breachdesk.documents.kept import (
    assessment_rows,
    decision_rows,
    duties_not_decided,
    logged_rows,
    sending_rows,
    undecided_row,
)
from breachdesk.documents.promises import with_promises
from breachdesk.documents.telling import Telling
from breachdesk.records import Document, Evidence
from breachdesk.terms import DocumentKind


def register_entry(telling: Telling) -> tuple[Part, ...]:
    """Return the whole record: what the authority needs to verify that the duty was kept."""
    leads = {
        "case": _case,
        "assessment": _assessment,
        "decisions": _decisions,
        "sent": _sent,
        "papers": _papers,
        "tasks": _tasks,
        "evidence": _evidence,
    }
    return with_promises(telling, parts(telling, DocumentKind.REGISTER_ENTRY, leads))


def _case(telling: Telling) -> Said:
    return (Fields(logged_rows(telling)),), ()


def _assessment(telling: Telling) -> Said:
    rows = assessment_rows(telling)
    return ((Fields(rows),) if rows else ()), ()


def _decisions(telling: Telling) -> Said:
    """Return every decision with its reasons, also when it was no, and those still to be made."""
    owed = duties_not_decided(telling)
    rows = (*decision_rows(telling), *(undecided_row(telling, one) for one in owed))
    missing = tuple(
        MissingItem(item=f"decision.{one}", text=telling.word(f"matter.{one}")) for one in owed
    )
    return ((Fields(rows),) if rows else ()), missing


def _sent(telling: Telling) -> Said:
    rows = sending_rows(telling)
    return ((Fields(rows),) if rows else (Paragraph(telling.word("sent.nothing")),)), ()


def _papers(telling: Telling) -> Said:
    """Return the papers issued, each with the digest of its bytes, and those erased since."""
    documents, erased = telling.case.documents, _erased_papers(telling)
    if not documents:
        return erased or (Paragraph(telling.word("papers.nothing")),), ()
    header = tuple(telling.word(f"papers.{one}") for one in ("paper", "issued", "digest"))
    rows = tuple(
        (
            _called(telling, one),
            f"{telling.dates.short(one.recorded_at)}\n{telling.case.name_of(one.recorded_by)}",
            one.sha256,
        )
        for one in documents
    )
    langs = tuple(None if one.lang is telling.lang else one.lang for one in documents)
    return (Table(header=header, rows=rows, widths=(5, 3, 4), langs=langs), *erased), ()


def _erased_papers(telling: Telling) -> tuple[Block, ...]:
    """Return which papers an erasure took: kind, version and when each was issued."""
    erasure = telling.case.erasure
    papers = erasure.papers if erasure else ()
    if not papers:
        return ()
    header = tuple(telling.word(f"papers.{one}") for one in ("paper", "version", "issued"))
    rows = tuple(
        (
            telling.word(f"kind.{one['kind']}"),
            str(one["version"]),
            telling.dates.short(datetime.fromisoformat(one["at"])),
        )
        for one in papers
    )
    return Paragraph(telling.word("papers.erased")), Table(
        header=header, rows=rows, widths=(6, 2, 4)
    )


def _called(telling: Telling, document: Document) -> str:
    """Return a paper's title and version; a title in another language is a line of its own."""
    said = telling.word(
        "said.paper", title=document.title, version=document.version, id=document.id
    )
    group = telling.case.group_name(document.group_id)
    said = f"{said}\n{group}" if group else said
    if document.lang is telling.lang:
        return said
    return f"{document.title}\n{said.removeprefix(document.title).lstrip(', ')}"


def _tasks(telling: Telling) -> Said:
    """Return what is still to be done and what was done: part of the remedial action."""
    todos = telling.case.todos
    if not todos:
        return (), ()
    header = tuple(telling.word(f"tasks.{one}") for one in ("what", "who", "state"))
    rows = tuple(
        (telling.words(one.what), _who(telling, one), _state(telling, one)) for one in todos
    )
    return (Table(header=header, rows=rows, widths=(6, 3, 3)),), ()


def _who(telling: Telling, todo: Todo) -> str:
    return telling.words(todo.doer) if todo.doer else ""


def _state(telling: Telling, todo: Todo) -> str:
    """Return whether a task is done, when, and whether it is or was late."""
    due = telling.dates.short(todo.due) if todo.due else ""
    if todo.done_at is None:
        text_id = "late" if todo.is_overdue else "open_by"
        return telling.word(f"tasks.{text_id}", due=due) if due else telling.word("tasks.open")
    when = telling.dates.short(todo.done_at)
    if todo.due is None or todo.done_at <= todo.due:
        return telling.word("tasks.done", when=when)
    return telling.word("tasks.done_late", when=when, due=due)


def _evidence(telling: Telling) -> Said:
    """Return the evidence: what it is and where it is from, when and by whom collected, digest."""
    evidence = telling.case.evidence
    if not evidence:
        return (), ()
    header = tuple(telling.word(f"evidence.{one}") for one in ("what", "collected", "digest"))
    rows = tuple(
        (
            _piece(telling, one),
            f"{telling.dates.short(one.collected_at)}\n{one.collector}",
            one.sha256,
        )
        for one in evidence
    )
    return (Table(header=header, rows=rows, widths=(5, 3, 4)),), ()


def _piece(telling: Telling, piece: Evidence) -> str:
    """Return a file's name, where it comes from and where it is kept, each on a line."""
    origin = telling.word("evidence.from", origin=piece.origin) if piece.origin.strip() else ""
    kept = telling.word(f"evidence.{piece.keeping}", id=piece.id)
    return "\n".join(one for one in (piece.name, origin, kept) if one)
