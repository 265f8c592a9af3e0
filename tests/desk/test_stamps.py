"""A kept stamp says what its token says, whatever the row beside it says."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from breachdesk.audit import Head
from breachdesk.audit.stamp import Signature, imprints_of
from breachdesk.desk import Desk
from breachdesk.desk.stamping import StampLooked
from breachdesk.records import HeadStamp, NewIncident
from breachdesk.terms import AuditAction
from tests.authority import has_openssl
from tests.desk.desks import FRIDAY
from tests.tokens import Forger, certified, tst_info

pytestmark = [pytest.mark.system, pytest.mark.skipif(not has_openssl(), reason="no openssl")]


@pytest.fixture
def forger(tmp_path: Path) -> Forger:
    return certified(tmp_path, name="Authority")


def kept(
    desk: Desk, forger: Forger, *, at: datetime = FRIDAY, signer: str = "CN=Authority"
) -> StampLooked:
    """A stamp of the newest head, made on Friday 15:30 UTC, kept with that time and signer."""
    desk.intake.log(NewIncident(title="Case"))
    head = Head(*desk.trust.head())
    token = forger.answer(tst_info(imprints_of(head)[0][1], at=b"20261120153000Z"))
    with desk.office.writing() as writing:
        row = HeadStamp(
            id="", head_seq=head.seq, head=head.digest, url="http://tsa", stamped_at=at,
            signer=signer, token=token,
        )  # fmt: skip
        writing.add(row, AuditAction.HEAD_STAMP)
    return desk.stamping.check(roots=forger.roots)[-1]


def test_a_stamp_that_says_what_is_said_of_it_stands(desk: Desk, forger: Forger) -> None:
    looked = kept(desk, forger)
    assert (looked.ok, looked.problem, looked.signature) == (True, None, Signature.TRUSTED)


@pytest.mark.parametrize(
    "said", [{"at": FRIDAY - timedelta(days=300)}, {"signer": "CN=A better known authority"}]
)
def test_another_time_or_signer_beside_a_true_token_does_not_stand(
    desk: Desk, forger: Forger, said: dict[str, object]
) -> None:
    looked = kept(desk, forger, **said)  # type: ignore[arg-type]
    assert not looked.ok
    assert looked.problem is not None
    assert "The stamp itself says" in str(looked.problem)
    assert desk.trust.verify().ok, "the chain itself was written so"
