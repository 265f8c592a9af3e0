"""The chain by itself: what is sealed cannot be changed unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachdesk.audit import (
    ZERO,
    Finding,
    FindingKind,
    Head,
    Header,
    KeptRow,
    Link,
    Report,
    canonical,
    declared_fields,
    fields_of,
    head_findings,
    payload_digest,
    seal,
    verification,
    verify,
)
from breachdesk.records.base import Kept
from breachdesk.terms import Role

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@dataclass(frozen=True)
class Sealed:
    """A small chain with its rows, by number."""

    links: tuple[Link, ...]
    rows: tuple[KeptRow, ...]

    def verified(self) -> Report:
        return verify(self.links, {"note": self.rows})

    def kinds(self) -> list[FindingKind]:
        return [finding.kind for finding in self.verified().findings]


def _incident(link: Link) -> str:
    return (link.header.incident if link.header else None) or ""


def _row(seq: int, fields: Mapping[str, object]) -> KeptRow:
    return KeptRow(seq, f"nte-{seq}", lambda _version: (canonical(fields),))


def _chain(texts: Sequence[object], cases: int = 2) -> Sealed:
    links: list[Link] = []
    rows: list[KeptRow] = []
    case_heads: dict[str, tuple[int, str]] = {}
    previous = ZERO
    for seq, text in enumerate(texts, start=1):
        incident = f"inc-{seq % cases}"
        case_seq, case_previous = case_heads.get(incident, (0, ZERO))
        header = Header(
            seq=seq,
            at=NOW + timedelta(seconds=seq),
            actor="per-1",
            action="incident:note:record",
            subject=f"nte-{seq}",
            record="note",
            record_version=1,
            incident=incident,
            case_seq=case_seq + 1,
            case_previous=case_previous,
        )
        salt = seq.to_bytes(16, "big")
        payload = payload_digest(salt, "note", 1, {"text": text})
        digest = seal(previous, header, payload)
        links.append(
            Link(
                seq=seq,
                subject=header.subject,
                record="note",
                header=header,
                salt=salt,
                payload_digest=payload,
                previous=previous,
                digest=digest,
            )
        )
        rows.append(_row(seq, {"text": text}))
        previous = digest
        case_heads[incident] = (case_seq + 1, digest)
    return Sealed(tuple(links), tuple(rows))


def test_the_canonical_form_is_written_out_once_and_for_all() -> None:
    fields = {
        "when": datetime(2026, 11, 20, 16, 30, tzinfo=timezone(timedelta(hours=1))),
        "bytes": b"abc",
        "role": Role.CONTROLLER,
        "list": ("æ", None, True, 1),
        "a": {"z": 1, "b": 2},
    }
    assert canonical(fields).decode() == (
        '{"a":{"b":2,"z":1},'
        '"bytes":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",'
        '"list":["æ",null,true,1],"role":"controller","when":1795188600}'
    )


def test_the_digests_are_what_they_were_when_the_first_desk_was_made() -> None:
    sealed = _chain(["Linje"])
    assert sealed.links[0].payload_digest == (
        "fa53f38973740e59601b4cf2a4be2156d313ad8f4e9cc34ae2a694aeb4b3339c"
    )
    assert sealed.links[0].digest == (
        "fe7831e4a4aa28032095216691316da2dd40e30160efc8351e78180ad4da68ac"
    )


@pytest.mark.parametrize("value", [1.0, {1: "a"}, {"deep": [0.5]}, object(), {1, 2}])
def test_what_has_no_one_spelling_is_not_sealed(value: object) -> None:
    with pytest.raises(TypeError):
        canonical({"value": value})


@pytest.mark.parametrize("moment", [NOW.replace(tzinfo=None), NOW.replace(microsecond=1)])
def test_a_time_without_zone_or_with_fractions_is_not_sealed(moment: datetime) -> None:
    with pytest.raises(ValueError, match="whole seconds"):
        canonical({"at": moment})


@settings(deadline=None)
@given(PLAIN, PLAIN)
def test_two_values_have_the_same_form_only_when_they_are_the_same(
    one: object, two: object
) -> None:
    same = canonical({"value": one}) == canonical({"value": two})
    assert same == (repr(_ordered(one)) == repr(_ordered(two)))


def _ordered(value: object) -> object:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    return [_ordered(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"incident": None, "case_seq": None, "case_previous": None},
        {"action": 'a"\\\n\x01æ', "at": NOW.astimezone(timezone(timedelta(hours=5)))},
    ],
)
def test_a_header_is_sealed_in_its_canonical_form(change: dict[str, Any]) -> None:
    link = _chain(["x"]).links[0]
    assert link.header is not None
    header = link.header._replace(**change)
    parts = (ZERO.encode(), canonical(fields_of(header)), link.payload_digest.encode())
    whole = b"breachdesk/entry/1" + b"".join(len(one).to_bytes(8, "big") + one for one in parts)
    assert seal(ZERO, header, link.payload_digest) == sha256(whole).hexdigest()


@pytest.mark.parametrize(
    "change",
    [{"record_version": 1.0}, {"case_seq": "1"}, {"subject": b"nte-1"}, {"actor": None}],
)
def test_a_header_with_a_value_of_another_kind_is_not_as_sealed(change: dict[str, Any]) -> None:
    sealed = _chain(["a", "b", "c"])
    link = sealed.links[0]
    assert link.header is not None
    broken = link._replace(header=link.header._replace(**change))
    found = Sealed((broken, *sealed.links[1:]), sealed.rows).verified().findings
    assert Finding(FindingKind.HEADER_CHANGED, 1, "nte-1") in found
    assert {finding.seq for finding in found} <= {1, 3}


def test_a_row_and_an_entry_of_the_same_bytes_have_different_digests() -> None:
    header = _chain(["x"]).links[0].header
    assert header is not None
    assert seal("", header, "") != payload_digest(b"", "", 1, {})


class _Grown(Kept):
    RECORD_VERSION: ClassVar[int] = 2
    ADDED_IN: ClassVar[Mapping[str, int]] = {"later": 2}

    text: str
    later: str = ""


def test_an_older_row_is_read_with_the_fields_it_had_then() -> None:
    always = ("id", "seq", "recorded_at", "recorded_by", "text")
    assert declared_fields(_Grown, 1) == always
    assert declared_fields(_Grown, 2) == (*always, "later")


def test_an_empty_chain_is_whole() -> None:
    assert verify((), {}) == Report(entries=0, head=Head(0, ZERO), findings=())


@settings(deadline=None)
@given(st.lists(st.text(), max_size=12), st.integers(1, 3))
def test_a_chain_as_it_was_sealed_is_whole(texts: list[str], cases: int) -> None:
    sealed = _chain(texts, cases)
    report = sealed.verified()
    assert report.ok
    assert report.entries == len(texts)
    assert report.head.digest == (sealed.links[-1].digest if texts else ZERO)


@settings(deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=8), st.data())
def test_any_changed_row_is_named(texts: list[str], data: st.DataObject) -> None:
    sealed = _chain(texts)
    place = data.draw(st.integers(0, len(texts) - 1))
    other = data.draw(PLAIN.filter(lambda value: value != texts[place]))
    rows = list(sealed.rows)
    rows[place] = _row(place + 1, {"text": other})
    found = Sealed(sealed.links, tuple(rows)).verified().findings
    assert found == (Finding(FindingKind.ROW_CHANGED, place + 1, f"nte-{place + 1}"),)


@settings(deadline=None)
@given(st.lists(st.text(), min_size=2, max_size=8), st.data())
def test_any_changed_header_is_named_first(texts: list[str], data: st.DataObject) -> None:
    sealed = _chain(texts)
    place = data.draw(st.integers(0, len(texts) - 1))
    link = sealed.links[place]
    assert link.header is not None
    change: dict[str, Any] = data.draw(
        st.sampled_from(
            [
                {"at": link.header.at + timedelta(seconds=1)},
                {"actor": "per-2"},
                {"action": "incident:note:forge"},
                {"subject": "nte-99"},
                {"record_version": 2},
                {"incident": None},
                {"case_seq": 99},
            ]
        )
    )
    links = list(sealed.links)
    links[place] = link._replace(header=link.header._replace(**change))
    first = Sealed(tuple(links), sealed.rows).verified().findings[0]
    assert first.seq == place + 1
    assert FindingKind.HEADER_CHANGED in Sealed(tuple(links), sealed.rows).kinds()


@settings(deadline=None)
@given(st.lists(st.text(), min_size=3, max_size=8), st.data())
def test_a_missing_entry_leaves_its_row_alone_and_breaks_the_order(
    texts: list[str], data: st.DataObject
) -> None:
    sealed = _chain(texts)
    place = data.draw(st.integers(0, len(texts) - 2))
    left = sealed.links[:place] + sealed.links[place + 1 :]
    found = Sealed(left, sealed.rows).verified().findings
    assert found[0] == Finding(FindingKind.ROW_WITHOUT_ENTRY, place + 1, f"nte-{place + 1}")
    assert Finding(FindingKind.OUT_OF_ORDER, place + 2, f"nte-{place + 2}") in found


def test_a_missing_row_is_named() -> None:
    sealed = _chain(["a", "b", "c"])
    found = Sealed(sealed.links, (sealed.rows[0], sealed.rows[2])).verified().findings
    assert found == (Finding(FindingKind.ROW_MISSING, 2, "nte-2"),)


def test_a_row_under_a_number_that_is_taken_is_named() -> None:
    sealed = _chain(["a", "b"])
    stray = KeptRow(2, "dec-1", lambda _version: ())
    found = verify(sealed.links, {"note": sealed.rows, "decision": (stray,)}).findings
    assert found == (Finding(FindingKind.ROW_WITHOUT_ENTRY, 2, "dec-1"),)


@pytest.mark.parametrize("spelled", [b'{"text": "a"}', b'{"text":"x"}'])
def test_a_row_may_be_spelled_in_several_ways_one_of_which_was_sealed(spelled: bytes) -> None:
    sealed = _chain(["a"])
    row = sealed.rows[0]._replace(texts=lambda _version: (spelled, b'{"text":"a"}'))
    assert Sealed(sealed.links, (row,)).verified().ok


def test_more_cases_than_are_remembered_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "CASES_AT_ONCE", 2)
    sealed = _chain(list("abcdefghij"), cases=4)
    asked = []

    def before(link: Link) -> Link | None:
        asked.append(link.seq)
        return sealed.links[link.seq - 5] if link.seq > 4 else None

    rows = {"note": sealed.rows}
    assert verify(sealed.links, rows, case_before=before).ok
    assert asked == list(range(4, 11))
    assert not verify(sealed.links, rows).ok


def test_progress_is_told_while_entries_are_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "TOLD_EVERY", 2)
    sealed, told = _chain(list("abcde")), list[int]()
    assert verify(sealed.links, {"note": sealed.rows}, told=told.append).ok
    assert told == [2, 4]


def test_rows_after_the_last_entry_are_named() -> None:
    sealed = _chain(["a", "b", "c"])
    found = Sealed(sealed.links[:1], sealed.rows).verified().findings
    assert [finding.seq for finding in found] == [2, 3]
    assert {finding.kind for finding in found} == {FindingKind.ROW_WITHOUT_ENTRY}


@pytest.mark.parametrize(
    "change", [{"salt": None}, {"salt": b"other"}, {"payload_digest": ZERO}, {"header": None}]
)
def test_what_cannot_be_recomputed_is_named(change: dict[str, Any]) -> None:
    sealed = _chain(["a", "b", "c"])
    links = (sealed.links[0], sealed.links[1]._replace(**change), sealed.links[2])
    first = Sealed(links, sealed.rows).verified().findings[0]
    assert first.seq == 2
    assert first.kind in {FindingKind.ROW_CHANGED, FindingKind.HEADER_CHANGED}


@pytest.mark.parametrize("texts", [(), (b"",), (b'{"text":"b"}', b'{"text":"c"}')])
def test_a_row_that_cannot_be_read_or_says_something_else_is_a_changed_row(
    texts: tuple[bytes, ...],
) -> None:
    sealed = _chain(["a"])
    broken = sealed.rows[0]._replace(texts=lambda _version: texts)
    assert Sealed(sealed.links, (broken,)).kinds() == [FindingKind.ROW_CHANGED]


def test_one_case_is_verified_without_the_others() -> None:
    sealed = _chain(["a", "b", "c", "d", "e"])
    mine = [link for link in sealed.links if _incident(link) == "inc-1"]
    rows = [row for row in sealed.rows if row.seq % 2]
    assert verify(mine, {"note": rows}, is_whole=False).ok
    without = {"note": [rows[0], rows[2]]}
    found = verify([mine[0], mine[2]], without, is_whole=False).findings
    assert found == (Finding(FindingKind.OUT_OF_ORDER, 5, "nte-5"),)


def test_a_chain_sealed_anew_from_some_entry_on_is_only_seen_by_a_kept_head() -> None:
    before, forged = _chain(["a", "b", "c"]), _chain(["a", "B", "c"])
    assert forged.verified().ok
    digests = {link.seq: link.digest for link in forged.links}
    heads = [Head(seq=link.seq, digest=link.digest) for link in before.links]
    assert head_findings(heads, 3, digests.get) == [
        Finding(FindingKind.REWRITTEN, 2, before.links[1].digest),
        Finding(FindingKind.REWRITTEN, 3, before.links[2].digest),
    ]


def test_a_cut_tail_is_only_seen_by_a_kept_head() -> None:
    sealed = _chain(["a", "b", "c"])
    digests = {link.seq: link.digest for link in sealed.links[:2]}
    assert Sealed(sealed.links[:2], sealed.rows[:2]).verified().ok
    kept = Head(seq=3, digest=sealed.links[2].digest)
    assert head_findings([kept], 2, digests.get) == [
        Finding(FindingKind.CUT_TAIL, 3, sealed.links[2].digest)
    ]
    assert head_findings([Head(2, digests[2]), Head(0, ZERO)], 2, digests.get) == []
