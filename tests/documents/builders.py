"""Cases for papers, put together without a desk: one default and named changes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from breachdesk.casefile import CaseFile, CaseRows, CaseRules, assemble
from breachdesk.documents.compose import compose
from breachdesk.documents.draft import Draft, Stamp
from breachdesk.forms import Forms, find_forms, load
from breachdesk.records import (
    Answer,
    Assessment,
    Decision,
    Dispatch,
    Document,
    Incident,
    IncidentFacts,
    Note,
    Profile,
)
from breachdesk.rules.plain import to_plain
from breachdesk.terms import (
    DocumentKind,
    Duty,
    Fidelity,
    Lang,
    Matter,
    NoteKind,
    Outcome,
    Phase,
    Role,
)

AWARE = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
"""Friday 20 November 2026 16:30 in Oslo."""
NOW = AWARE + timedelta(hours=20)
STAMP = Stamp(
    issued_at=datetime(2026, 11, 23, 15, 30, tzinfo=UTC),
    actor="Kari Eksempel",
    audit_head="5f2b8c14" * 8,
    zone="Europe/Oslo",
)
CASE_ID = "inc-1"

PROFILE = Profile.model_validate(
    {
        "organisation": {
            "name": "Nordvakt Programvare AS",
            "organisation_number": "000000035",
            "address": "Prøveveien 3, 5003 Bergen",
            "language": "nb",
            "privacy_contact": {
                "name": "Sárá Đuodji",
                "function": "personvernkontakt",
                "email": "personvern@nordvakt.example",
                "phone": "+47 00 00 00 03",
            },
            "dpo": "none",
        },
        "controller": [
            {"name": "Prøve kommune", "contact": "personvern@prove.example", "notice_hours": 24}
        ],
        "reporter": {"name": "Kari Eksempel", "function": "sikkerhetsleder"},
    }
)

ANSWERS: Mapping[str, Any] = {
    "cause": "internal-accidental",
    "incident_type": "sent-by-mistake",
    "period": "specific-day",
    "how_discovered": "external-party",
    "discovery_text": "Mottakeren ringte oss og sa fra om at e-posten var kommet feil.",
    "told_at": "2026-11-20T13:10:00+00:00",
    "people_basis": "exact",
    "people_number": 1240,
    "data_subjects": ["employees", "minors"],
    "data_subjects_text": "Ansatte og ferievikarer hos oss i perioden 2023–2026.",
    "description": (
        "En lønnsliste for hele virksomheten ble sendt som vedlegg til feil mottaker. "
        "E-posten skulle til regnskapsføreren, men gikk til en leverandør med liknende navn.\n\n"
        "Leverandøren oppdaget feilen samme dag, ringte oss og har bekreftet skriftlig at "
        "e-posten er slettet og ikke sendt videre."
    ),
    "how_it_happened": "Adressefeltet ble fylt ut automatisk, og mottakeren ble ikke kontrollert.",
    "systems": "E-post og lønnssystem, driftet i Norge.",
    "data_types": ["basic", "contact", "identification-number", "economic"],
    "records_basis": "approximate",
    "records_number": 14880,
    "data_location_now": "Slettet hos mottakeren. Originalen ligger i lønnssystemet.",
    "impacts": ["loss-of-control", "identity-theft", "fraud"],
    "impacts_text": "Fødselsnummer og kontonummer kan misbrukes til svindel.",
    "severity_view": "moderate",
    "measures_prevent": ["changed-processes", "training"],
    "measures_prevent_text": "Lønnslister sendes heretter bare gjennom den sikre portalen.",
    "measures_taken": "Mottakeren har slettet e-posten og bekreftet det skriftlig.",
    "measures_before": ["policies", "encryption"],
    "police": False,
    "cross_border": False,
}

ASSESSED: Mapping[str, Any] = {
    "exposure": "obtained",
    "protection": "none",
    "holder": "few-known",
    "intent": "mistake",
    "deletion": "confirmed",
    "misuse": "none",
    "repeats": "single",
    "insight": "ordinary",
    "implied": "standing",
    "identifiability": "directly",
    "rest": "alike",
}
"""Answers to the risk form that leave nothing undetermined."""


@cache
def forms() -> Forms:
    """The forms as shipped, read once."""
    return load(find_forms())


def case(  # noqa: PLR0913  # one default each, and named changes
    answers: Mapping[str, Any] | None = None,
    *,
    unknown: Mapping[str, tuple[str, datetime | None]] | None = None,
    unconfirmed: tuple[str, ...] = (),
    aware: datetime | None = AWARE,
    now: datetime = NOW,
    title: str = "Lønnsliste sendt til feil mottaker",
    nature: tuple[str, ...] = ("confidentiality",),
    role: Role = Role.CONTROLLER,
    is_drill: bool = False,
    profile: Profile | None = PROFILE,
    is_assessed: bool = False,
    decisions: tuple[Decision, ...] = (),
    dispatches: tuple[Dispatch, ...] = (),
    documents: tuple[Document, ...] = (),
    notes: tuple[Note, ...] = (),
    known: bool = True,
) -> CaseFile:
    """A case that knows everything; `known=False`: it knows only its title."""
    given = {**(ANSWERS if known else {}), **(answers or {})}
    rows = [_answer(key, value, unconfirmed) for key, value in given.items() if value is not None]
    for question, (owner, due) in (unknown or {}).items():
        rows = [row for row in rows if row.question != question]
        rows.append(
            Answer(
                **_kept(f"ans-{question}"), question=question, form="facts", form_digest="",
                is_unknown=True, owner=owner, due=due,
            )
        )  # fmt: skip
    facts = IncidentFacts(
        **_kept("fac-1", seq=2),
        title=title,
        role=role,
        regime="no",
        nature=list(nature) if known else [],
        occurred_from=AWARE - timedelta(hours=4) if known else None,
        detected_at=AWARE - timedelta(hours=2, minutes=20) if known else None,
        became_aware_at=aware,
        awareness_reason="Mottakeren sendte oss en kopi av e-posten." if aware and known else "",
    )
    base = CaseRows(
        incident=Incident(
            id=CASE_ID, seq=1, recorded_at=AWARE + timedelta(minutes=8), recorded_by="per-1",
            year=2026, number=7, is_drill=is_drill,
        ),
        snapshots=(facts,),
        answers=tuple(rows),
        decisions=decisions,
        dispatches=dispatches,
        documents=documents,
        notes=notes,
        people={"per-1": "Kari Eksempel", "per-2": "Áslak Nordmann"},
        profile=profile,
        seq=40,
    )  # fmt: skip
    made = assemble(base, _rules(aware, now), now=now)
    if not is_assessed:
        return made
    kept = Assessment(
        **_kept("ass-1", seq=30), pack=made.current.pack, risk=made.current.risk,
        result=to_plain(made.current), answers={},
    )  # fmt: skip
    return assemble(replace(base, assessments=(kept,)), _rules(aware, now), now=now)


def _rules(aware: datetime | None, now: datetime) -> CaseRules:
    return CaseRules(
        regime=forms().regime_for(aware, now),
        pack=forms().rule_pack(aware, now),
        forms=forms().questionnaires,
        sources=forms().sources,
    )


def _kept(row_id: str, seq: int = 10) -> dict[str, Any]:
    return {
        "id": row_id,
        "seq": seq,
        "recorded_at": AWARE + timedelta(minutes=seq),
        "recorded_by": "per-1",
        "incident_id": CASE_ID,
    }


def _answer(question: str, value: object, unconfirmed: tuple[str, ...]) -> Answer:
    return Answer(
        **_kept(f"ans-{question}"), question=question, form="facts", form_digest="",
        value=value, is_confirmed=question not in unconfirmed,
    )  # fmt: skip


def decision(
    matter: Matter, outcome: Outcome, rationale: str = "Vurdert av oss.", **changes: object
) -> Decision:
    """A decision by Áslak."""
    row = {**_kept(f"dec-{matter}", 31), "recorded_by": "per-2", **changes}
    return Decision(**row, matter=matter, outcome=outcome, rationale=rationale)


def dispatch(duty: Duty, **changes: object) -> Dispatch:
    """A sending, to the authority through Altinn unless told otherwise."""
    row: dict[str, Any] = {
        **_kept(f"dsp-{duty}", 35), "to": "Datatilsynet", "channel": "Altinn",
        "receipt": "AR123456", "sent_at": AWARE + timedelta(hours=18), **changes,
    }  # fmt: skip
    return Dispatch(**row, duty=duty)


def document(kind: DocumentKind = DocumentKind.NOTIFICATION, **changes: object) -> Document:
    """An issued paper."""
    said: dict[str, Any] = {
        "phase": Phase.INITIAL, "lang": Lang.NB, "version": 1, "content": b"%PDF", "text": "",
        "title": "Melding om brudd på personopplysningssikkerheten", "sha256": "ab" * 32,
        "audit_head": "cd" * 32, **changes,
    }  # fmt: skip
    return Document(**{**_kept("doc-1", 34), **said}, kind=kind)


def note(
    text: str,
    *,
    hours: float,
    kind: NoteKind = NoteKind.ACTION,
    fidelity: Fidelity = Fidelity.MINUTE,
    source: str = "",
) -> Note:
    """A line of the timeline, some hours after awareness."""
    return Note(
        **_kept(f"not-{hours}", 20), text=text, kind=kind, fidelity=fidelity, source=source,
        occurred_at=AWARE + timedelta(hours=hours),
    )  # fmt: skip


def draft(
    given: CaseFile,
    kind: DocumentKind = DocumentKind.NOTIFICATION,
    lang: Lang = Lang.NB,
    *,
    phase: Phase | None = None,
    version: int = 1,
) -> Draft:
    """The paper about a case."""
    wording = forms().wording(kind.value, lang)
    return compose(given, kind, wording=wording, lang=lang, phase=phase, version=version)


def full_case() -> CaseFile:
    """A case with decisions, an assessment, a paper issued and sent, and notes."""
    return case(
        {
            "subjects_told": "planned",
            "planned_on": "2026-11-23T09:00:00+00:00",
            "means": ["individual"],
            **ASSESSED,
        },
        is_assessed=True,
        decisions=(
            decision(Matter.IS_BREACH, Outcome.YES, "Uvedkommende fikk en lønnsliste."),
            decision(Matter.NOTIFY_AUTHORITY, Outcome.YES, "Fødselsnummer er ute av kontroll."),
        ),
        documents=(document(),),
        dispatches=(dispatch(Duty.NOTIFY_AUTHORITY, document_id="doc-1"),),
        notes=(
            note("Ringte leverandøren og ba om skriftlig bekreftelse.", hours=1),
            note(
                "Bekreftelse mottatt.", hours=2.5, kind=NoteKind.INFORMATION,
                fidelity=Fidelity.HOUR, source="E-post",
            ),
        ),
    )  # fmt: skip
