"""Write a case, whole or redacted, as a signed pack that anybody can check."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breachdesk.audit import Finding
from breachdesk.casefile import CaseFile
from breachdesk.desk.evidence import EvidenceState, bytes_of, look_at
from breachdesk.desk.moving import desk_id, parcel_of
from breachdesk.desk.office import Office
from breachdesk.desk.pack_words import account, named_papers, paper_stem
from breachdesk.desk.sharing import redacted_of
from breachdesk.desk.signing import Signer, Signing
from breachdesk.desk.standing import faults_of, plain_faults
from breachdesk.desk.words import says_something
from breachdesk.errors import RefusedError
from breachdesk.exchange.pack import PackWriter, chain_lines, safe_name, verifier
from breachdesk.exchange.parcel import Parcel, write_parcel
from breachdesk.exchange.read_me import read_me
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.records import Attachment, CasePack, Document, Evidence, EvidenceUse
from breachdesk.store.container import Progress, untold
from breachdesk.store.files import streamed_private
from breachdesk.terms import AuditAction, EvidenceUseKind, PackKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a pack is to hold, and for whom."""

    kind: PackKind = PackKind.WHOLE
    with_evidence: bool = False
    recipient: str = ""
    purpose: str = ""
    included: tuple[str, ...] = ()
    """Of a redacted copy: questions whose free text is to stand in it all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A pack that was written."""

    case: CaseFile
    row: CasePack
    signer: Signer
    files: int
    left_out: tuple[Message, ...]
    """What the pack does not hold, so that nobody takes it for more than it is."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with the chain the case lies in, as the manifest says too."""


class Packing:
    """Where packs are written."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def pack(
        self,
        ref: str,
        path: Path,
        wanted: Wanted,
        *,
        speaker: Speaker,
        force: bool = False,
        told: Progress = untold,
    ) -> Packed:
        """Write a pack; that it was written is recorded before the file gets its name.

        Args:
            ref: The case.
            path: Of the zip file.
            wanted: What it holds.
            speaker: Whose language the words beside the data are in.
            force: Write over a file that is there.
            told: Is told how many bytes of evidence are done, and of how many.

        Raises:
            RefusedError: The case was erased; evidence is handed out to nobody or for nothing;
                there is a file of that name.
            StoreError: A disk is full or out of reach; nothing is left behind.
        """
        check(wanted)
        signer = Signing(self._office).signer()
        path = path.expanduser().absolute()
        now = self._office.now()
        findings = faults_of(self._office, ref)
        with streamed_private(path, force=force) as (file, name_it):
            writer = PackWriter(file, now)
            whole = wanted.kind is PackKind.WHOLE
            one = _Whole(self._office, writer, wanted, told, speaker) if whole else None
            about, left_out, used = (
                one.fill(ref) if one else _fill_redacted(self._office, writer, ref, wanted, speaker)
            )
            left = [speaker.say(each) for each in left_out]
            about |= {
                "kind": wanted.kind.value,
                "desk": desk_id(self._office),
                "made_at": now.isoformat(timespec="seconds"),
                "public_key": signer.public_key,
                "left_out": left,
                "findings": plain_faults(findings),
            }
            if whole:
                about["made_by"] = self._office.actor
            papers = named_papers(one.case, speaker) if one and one.case else ()
            written = read_me(about, words=signer.words, speaker=speaker, papers=papers)
            writer.add("README.txt", written)
            writer.add("verify.py", verifier())
            digest = writer.close(about, signer.sign)
            case, row = self._record(ref, path, wanted, (digest, signer), used)
            name_it()
        return Packed(case=case, row=row, signer=signer, files=len(writer.names), left_out=left_out,
                      findings=findings)  # fmt: skip

    def _record(
        self,
        ref: str,
        path: Path,
        wanted: Wanted,
        signed: tuple[str, Signer],
        used: tuple[Evidence, ...],
    ) -> tuple[CaseFile, CasePack]:
        digest, signer = signed
        with self._office.changing(ref) as change:
            row = change.add(
                CasePack(
                    id="",
                    incident_id=change.incident.id,
                    kind=wanted.kind,
                    place=str(path),
                    recipient=wanted.recipient,
                    purpose=wanted.purpose,
                    manifest_sha256=digest,
                    public_key=signer.public_key,
                ),
                AuditAction.CASE_PACK,
            )
            for piece in used:
                change.add(
                    EvidenceUse(
                        id="",
                        kind=EvidenceUseKind.HANDED_OUT,
                        incident_id=change.incident.id,
                        evidence_id=piece.id,
                        purpose=wanted.purpose,
                        recipient=wanted.recipient,
                        place=str(path),
                        sha256=piece.sha256,
                    ),
                    AuditAction.EVIDENCE_EXPORT,
                )
            return change.fresh(), row


Filled = tuple[dict[str, Any], tuple[Message, ...], tuple[Evidence, ...]]
"""What the manifest says of it, what was left out, and the evidence that is in it."""


def check(wanted: Wanted) -> None:
    """Refuse to hand out evidence to nobody or for nothing, or in a redacted copy.

    Raises:
        RefusedError: It is one of these.
    """
    if wanted.with_evidence and wanted.kind is PackKind.REDACTED:
        raise RefusedError(
            say("Evidence does not go into a redacted copy."),
            say("Leave --with-evidence out, or give the whole case."),
        )
    if wanted.with_evidence and not (
        says_something(wanted.purpose) and says_something(wanted.recipient)
    ):
        raise RefusedError(
            say("Evidence is handed out to somebody and for something."),
            say("Say the purpose and the recipient; on the command line with --purpose and --to."),
        )


class _Whole:
    """Fills a pack with a whole case."""

    def __init__(
        self, office: Office, writer: PackWriter, wanted: Wanted, told: Progress, speaker: Speaker
    ) -> None:
        self._office, self._writer, self._wanted, self._told = office, writer, wanted, told
        self._speaker = speaker
        self.case: CaseFile | None = None
        """The case as it was packed."""

    def fill(self, ref: str) -> Filled:
        with self._office.reading() as reading:
            parcel = parcel_of(self._office, reading, ref)
            seq, digest = reading.head()
            case = self._office.case(reading, self._office.find(reading, ref, writing=False))
        self.case = case
        self._writer.add("case.json", write_parcel(parcel))
        self._writer.add("chain.jsonl", chain_lines(parcel))
        for name, content in account(self._office, case, self._speaker.lang):
            self._writer.add(name, content)
        self._add_papers(parcel, case)
        used, left_out = self._add_evidence(parcel)
        about = {
            "ref": parcel.ref,
            "case_head": parcel.head,
            "head": {"seq": seq, "digest": digest},
        }
        return about, left_out, used

    def _add_papers(self, parcel: Parcel, case: CaseFile) -> None:
        for row in parcel.rows:
            if isinstance(row, Document):
                name = paper_stem(case, row)
                self._writer.add(f"{name}.pdf", row.content)
                self._writer.add(f"{name}.txt", row.text.encode())
            elif isinstance(row, Attachment):
                self._writer.add(f"receipts/{row.id}-{safe_name(row.name)}", row.content)

    def _add_evidence(self, parcel: Parcel) -> tuple[tuple[Evidence, ...], tuple[Message, ...]]:
        pieces = tuple(row for row in parcel.rows if isinstance(row, Evidence))
        if not self._wanted.with_evidence:
            left = tuple(say("the evidence “{name}” itself", name=row.name) for row in pieces)
            return (), left
        home, done, total = self._office.store.home, 0, sum(row.size for row in pieces)
        used, left_out = [], []
        for row in pieces:
            state = look_at(home, row)
            if state is not EvidenceState.SAME:
                left_out.append(_not_in(row, state))
                continue
            name = f"evidence/{row.id}-{safe_name(row.name)}"
            self._writer.stream(name, bytes_of(home, row), size=row.size)
            done += row.size
            self._told(done, total)
            used.append(row)
        return tuple(used), tuple(left_out)


def _not_in(row: Evidence, state: EvidenceState) -> Message:
    if state is EvidenceState.ELSEWHERE:
        return say("the evidence “{name}”: it stayed at the desk it came from", name=row.name)
    return say("the evidence “{name}”: it is gone or was changed", name=row.name)


def _fill_redacted(
    office: Office, writer: PackWriter, ref: str, wanted: Wanted, speaker: Speaker
) -> Filled:
    copy = redacted_of(office, ref, speaker=speaker, included=wanted.included)
    writer.add("redacted.json", copy.content)
    with office.reading() as reading:
        seq, digest = reading.head()
    about = {"ref": copy.ref, "head": {"seq": seq, "digest": digest}}
    return about, copy.left_out, ()
