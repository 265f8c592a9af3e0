"""What was kept outside is compared: anchors, and digests as papers and packs print them."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from breachdesk.audit import read_anchor
from breachdesk.errors import RefusedError
from tests.cli.runner import Cli

WRONG = "ab" * 32


def kept(cli: Cli) -> tuple[str, int, str, str]:
    """An anchor's line, and its number, time and digest."""
    line = cli("anchor").out.strip()
    _, seq, at, digest = line.split()
    return line, int(seq), at, digest


@pytest.mark.parametrize("entry", ["0", "00"])
def test_an_anchor_of_no_entry_is_refused(cli: Cli, case: str, entry: str) -> None:
    assert case
    line = f"breachdesk-anchor/1 {entry} 2026-11-20T16:30:00+00:00 {WRONG}"
    assert "entry 0" in cli.refused("anchor", "--check", line)


def test_a_time_that_does_not_fit_is_named(cli: Cli, case: str) -> None:
    assert case
    _, seq, at, digest = kept(cli)
    for time, said in (("2001-01-01", "recorded only"), ("2099-01-01", "ahead of this machine")):
        told = cli(
            "anchor", "--check", f"breachdesk-anchor/1 {seq} {time}T00:00:00Z {digest}", code=1
        )
        assert "The time does not fit" in told.out
        assert said in told.out
    line = f"breachdesk-anchor/1 {seq} 2001-01-01T00:00:00Z {digest}"
    report = cli("anchor", "--check", line, "--json", code=1).json
    assert (report["ok"], report["anchor"]["stands"], report["anchor"]["time_fits"]) == (
        False, True, False,
    )  # fmt: skip
    cli.clock.now += timedelta(hours=1)
    assert (
        "does not fit"
        not in cli("anchor", "--check", f"breachdesk-anchor/1 {seq} {at} {digest}").out
    )


def test_every_anchor_in_a_text_is_checked(cli: Cli, case: str) -> None:
    assert case
    line, seq, at, _ = kept(cli)
    wrong = f"breachdesk-anchor/1 {seq} {at} {WRONG}"
    for text in (f"{line}\n{wrong}", f"{wrong}\n{line}"):
        report = cli("anchor", "--check", text, "--json", code=1).json
        assert sorted(one["stands"] for one in report["anchors"]) == [False, True]


def test_a_digest_is_found_alone_and_in_whatever_holds_it(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    _, seq, _, digest = kept(cli)
    cli("note", case, "Afterwards")
    pack = tmp_path / "case.zip"
    cli("export", case, "--pack", str(pack))
    with zipfile.ZipFile(pack) as packed:
        manifest = packed.read("manifest.json").decode()
    at_packing = json.loads(manifest)["head"]["seq"]
    texts = {
        digest: seq, digest.upper(): seq, f"{seq} {digest}": seq, f"Head {seq}: {digest}": seq,
        f"Issued 20 November 2026\nAudit log: {digest}\n": seq, manifest: at_packing,
    }  # fmt: skip
    for text, number in texts.items():
        report = cli("anchor", "--check", text, "--json").json
        assert report["ok"]
        (found,) = report["anchors"]
        assert (found["found"], found["stands"]) == (number, True)
        assert found["recorded_at"]
    assert f"that of entry {seq}, recorded" in cli("anchor", "--check", digest).out


def test_a_digest_that_is_not_in_the_chain_is_named(cli: Cli, case: str) -> None:
    assert case
    _, seq, _, digest = kept(cli)
    told = cli("anchor", "--check", f"Audit log: {WRONG}", code=1).out
    assert f"{WRONG} is not in this chain" in told
    assert "22 words" not in told
    report = cli("anchor", "--check", WRONG, "--json", code=1).json
    assert [(one["kind"], one["subject"]) for one in report["findings"]] == [("rewritten", WRONG)]
    assert f"not of entry {seq - 1}" in cli("anchor", "--check", f"{seq - 1} {digest}", code=1).out


def test_a_digest_is_no_whole_anchor() -> None:
    with pytest.raises(RefusedError, match="digest of an entry"):
        read_anchor(WRONG)
