"""The same case twice on one desk, and sealed files that an erasure was cut short before taking."""

from collections.abc import Iterator
from pathlib import Path

from breachdesk.casefile import CaseFile
from breachdesk.desk.moving import desk_id
from breachdesk.desk.office import Office
from breachdesk.message import Message, say
from breachdesk.records import Erasure, Evidence
from breachdesk.store.container import SEALED_NAME
from breachdesk.store.reading import Reading
from breachdesk.store.sealed import sealed_name


def twins_of(office: Office, reading: Reading, case: CaseFile) -> Iterator[Message]:
    """Yield the other cases of this desk that are the same one, which erasing this leaves."""
    for ref in sorted(_twins(reading, case, desk_id(office))):
        yield say("the same case as {ref} on this desk, with every word: erase that too", ref=ref)


def _twins(reading: Reading, case: CaseFile, desk: str) -> Iterator[str]:
    arrivals = reading.arrivals()
    mine = {(one.desk, one.ref) for one in arrivals if one.incident_id == case.incident.id}
    mine |= {(desk, case.ref)} if desk else set()
    found = {one.incident_id for one in arrivals if (one.desk, one.ref) in mine}
    for year, number in (_number(ref) for of, ref in mine if of == desk and ref != case.ref):
        original = reading.find(year, number)
        found |= {original.id} if original is not None else set()
    for incident_id in found - {case.incident.id}:
        if not reading.rows(Erasure, incident_id=incident_id):
            yield reading.incident(incident_id).ref


def _number(ref: str) -> tuple[int, int]:
    """Return year and number of a reference as it came in; 0 where it is none."""
    year, _, number = ref.removeprefix("BD-").partition("-")
    is_one = year.isdecimal() and number.isdecimal()
    return (int(year[:4]), int(number[:9])) if is_one else (0, 0)


def left_files(reading: Reading, home: Path, incident_id: str) -> tuple[Path, ...]:
    """Return sealed files of a case whose rows were erased, and the files not: it was cut short."""
    known = {row.id for row in reading.rows(Evidence, incident_id=incident_id)}
    names = (
        sealed_name(entry.subject)
        for entry in reading.entries(incident_id)
        if entry.record == "evidence" and entry.subject not in known
    )
    return tuple(
        home / one for one in names if SEALED_NAME.fullmatch(one) and (home / one).exists()
    )
