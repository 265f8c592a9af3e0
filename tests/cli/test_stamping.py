"""The head stamped by a real authority on this machine, and everything that can go wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.authority import Authority, Server, has_openssl, openssl, serving
from tests.cli.runner import Cli

pytestmark = [pytest.mark.system, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    if not has_openssl():
        pytest.skip("openssl is not installed")
    return Authority.made(tmp_path_factory.mktemp("tsa") / "one")


@pytest.fixture
def server(authority: Authority) -> Iterator[Server]:
    with serving(authority.answer) as found:
        yield found


def test_the_head_is_stamped_kept_and_checked(
    cli: Cli, case: str, server: Server, authority: Authority, tmp_path: Path
) -> None:
    copy, root = tmp_path / "stamp.tsr", str(authority.root)
    head = cli("anchor", "--json").json
    given = cli("anchor", "--rfc3161", server.url, "--roots", root, "--out", str(copy), "--json")
    assert (given.json["seq"], given.json["head"]) == (head["seq"], head["head"])
    assert given.json["signer"] == "CN=Test TSA"
    assert given.json["signature"] == "trusted"
    assert cli("verify", "--json").json["ok"] is True
    cli("note", case, "Work goes on")
    looked = cli("anchor", "--stamps", "--roots", root, "--json").json
    assert looked["ok"] is True
    assert [(one["seq"], one["stands"], one["signature"]) for one in looked["stamps"]] == [
        (head["seq"], True, "trusted")
    ]
    kept = cli("anchor", "--check", f"@{copy}", "--roots", root, "--json").json
    assert (kept["ok"], kept["seq"]) == (True, head["seq"])
    text = tmp_path / "head.txt"
    text.write_text(f"breachdesk-head/1 {head['seq']} {head['head']}\n")
    openssl("ts", "-verify", "-data", text, "-in", copy, "-CAfile", root)


def test_in_words_it_says_who_signed_and_that_trust_is_given_by_roots(
    cli: Cli, case: str, server: Server, authority: Authority
) -> None:
    del case
    said = cli("anchor", "--rfc3161", server.url)
    assert "by “CN=Test TSA”" in said.out
    assert "Who signed it was not checked: --roots FILE" in said.out
    assert "clock and this machine's differ" in said.err
    assert "stands under the roots" in cli("anchor", "--stamps", "--roots", str(authority.root)).out


def test_another_root_is_not_trusted(cli: Cli, case: str, server: Server, tmp_path: Path) -> None:
    del case
    other = Authority.made(tmp_path / "other", "Another root")
    refused = cli.refused("anchor", "--rfc3161", server.url, "--roots", str(other.root))
    assert "is not signed under the roots given" in refused
    cli("anchor", "--rfc3161", server.url)
    said = cli("anchor", "--stamps", "--roots", str(other.root), code=1)
    assert "does NOT stand under the roots" in said.out


def test_a_stamp_of_another_head_or_another_request_is_not_kept(
    cli: Cli, case: str, server: Server, tmp_path: Path
) -> None:
    copy = tmp_path / "old.tsr"
    cli("anchor", "--rfc3161", server.url, "--out", str(copy))
    before = cli("anchor", "--json").json["seq"]
    server.answer = lambda _: copy.read_bytes()
    assert "answers another request" in cli.refused("anchor", "--rfc3161", server.url)
    assert cli("anchor", "--json").json["seq"] == before
    del case


def test_a_copy_of_another_desks_stamp_is_told(
    cli: Cli, case: str, server: Server, tmp_path: Path, empty_desk: Path
) -> None:
    import shutil

    copy = tmp_path / "stamp.tsr"
    cli("anchor", "--rfc3161", server.url, "--out", str(copy))
    shutil.rmtree(cli.home)
    shutil.copytree(empty_desk, cli.home)
    cli("new", "Another")
    said = cli("anchor", "--check", f"@{copy}", code=1)
    assert "NO entry of this desk's chain" in said.out
    del case


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"", "what came back is something else"),
        (b"<html>Sign in</html>", "what came back is something else"),
        (b"\x30\x82\xff\xff", "what came back is something else"),
        (b"x" * 300_000, "larger than 262,144 bytes"),
    ],
    ids=["nothing", "a page", "half", "too much"],
)
def test_what_is_no_answer_is_refused_and_nothing_is_kept(
    cli: Cli, case: str, server: Server, answer: bytes, said: str
) -> None:
    before = cli("anchor", "--json").json["seq"]
    server.answer = lambda _: answer
    assert said in cli.refused("anchor", "--rfc3161", server.url)
    assert cli("anchor", "--json").json["seq"] == before
    del case


def test_a_refusal_and_a_redirection_are_told(
    cli: Cli, case: str, server: Server, authority: Authority
) -> None:
    server.answer = lambda _: authority.answer(b"junk")
    assert "refused: Bad request format" in cli.refused("anchor", "--rfc3161", server.url)
    for status in (302, 404, 500):
        server.status = status
        assert f"it answered {status}" in cli.refused("anchor", "--rfc3161", server.url)
    del case


def test_nobody_there_is_said_as_no_network(cli: Cli, case: str) -> None:
    with serving(lambda one: one) as gone:
        url = gone.url
    said = cli("anchor", "--rfc3161", url, code=3)
    assert "cannot be reached: nothing listens there" in said.err
    said = cli("anchor", "--rfc3161", "http://no-such-host.invalid/", code=3)
    assert "cannot be reached: no machine of that name is known here" in said.err
    del case


def test_one_that_takes_too_long_is_left(cli: Cli, case: str, server: Server) -> None:
    import threading

    from breachdesk.errors import StoreError
    from breachdesk.store.authority import ask_authority

    held = threading.Event()
    server.answer = lambda one: one if held.wait(30) else b""
    try:
        with pytest.raises(StoreError, match="did not answer in time"):
            ask_authority(server.url, b"question", seconds=0.2)
    finally:
        held.set()
    del cli, case
