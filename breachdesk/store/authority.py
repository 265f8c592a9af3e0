"""Ask a time-stamping authority over the network: bounded in time and size, nothing followed."""

import errno
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException, HTTPMessage
from threading import Thread
from time import monotonic
from typing import IO
from urllib.parse import SplitResult, urlsplit

from breachdesk.errors import BreachdeskError, RefusedError, StoreError
from breachdesk.message import Message, say
from breachdesk.settings.complaints import disk_complaint

LARGEST = 256 * 1024
"""Bytes of the largest answer that is read."""
SECONDS = 20.0
"""How long the whole exchange may take."""
_CONNECTING: Mapping[type[Exception], Message] = {
    socket.gaierror: say("no machine of that name is known here"),
    ssl.SSLCertVerificationError: say("this machine does not trust its certificate"),
    ssl.SSLError: say("no encrypted connection came about"),
    ConnectionRefusedError: say("nothing listens there"),
    ConnectionError: say("it ended the connection without an answer"),
    HTTPException: say("what answers does not speak HTTP"),
}
"""The first that fits is said."""
_OF_THE_NETWORK: Mapping[int, Message] = {
    errno.ENETUNREACH: say("this machine has no way to that network"),
    errno.ENETDOWN: say("the network is down"),
    errno.EHOSTUNREACH: say("no way leads to that machine"),
}
_AT_ONCE = 4096
_OK = 200
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follow no redirection: the person said whom to ask."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        del req, fp, code, msg, headers, newurl


def check_address(url: str) -> str:
    """Return the address of an authority, if it can be one.

    Raises:
        RefusedError: It is no http or https address, or holds a name and password.
    """
    parts = _parts(url)
    is_plain = url.isascii() and url.isprintable() and " " not in url.strip()
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or not is_plain:
        raise RefusedError(
            say("“{url}” is no address of a time-stamping authority.", url=url[:200]),
            say("Write it like https://tsa.example/tsr."),
        )
    if parts.username or parts.password:
        raise RefusedError(
            say("The address holds a name or a password, and it would be kept."),
            say("Ask an authority that needs none."),
        )
    return url.strip()


def _parts(url: str) -> SplitResult | None:
    with suppress(ValueError):
        parts = urlsplit(url.strip())
        if parts.port != 0:
            return parts
    return None


def ask_authority(url: str, request: bytes, *, seconds: float = SECONDS) -> bytes:
    """Return an authority's answer to a request, both DER.

    Raises:
        RefusedError: It is no address, or what answers there is no time-stamping authority.
        StoreError: Nobody answers: the network is down, the name is unknown, or it took too long.
    """
    address = check_address(url)
    came: list[bytes] = []
    failed: list[Exception] = []

    def exchange() -> None:
        try:
            came.append(_exchanged(address, request, seconds))
        except (BreachdeskError, ValueError) as error:  # raised again in the caller's thread
            failed.append(error)

    thread = Thread(target=exchange, name="authority", daemon=True)
    thread.start()
    thread.join(seconds)  # each piece of an answer may come in time and the whole never
    if failed:
        raise failed[0]
    if not came:
        raise _nobody(address, TimeoutError())
    return came[0]


def _exchanged(address: str, request: bytes, seconds: float) -> bytes:
    until = monotonic() + seconds
    asked = urllib.request.Request(  # noqa: S310 - the scheme was checked
        address, data=request, headers={"Content-Type": _QUERY, "Accept": _REPLY}, method="POST"
    )
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(asked, timeout=seconds) as answer:
            if answer.status != _OK:
                raise _another(address, say("it answered {status}", status=answer.status))
            return _read(answer, address, until)
    except urllib.error.HTTPError as error:
        error.close()
        raise _another(address, say("it answered {status}", status=error.code)) from error
    except urllib.error.URLError as error:
        raise _nobody(address, error.reason) from error
    except (OSError, HTTPException) as error:
        raise _nobody(address, error) from error


def _read(answer: IO[bytes], address: str, until: float) -> bytes:
    content = bytearray()
    while piece := answer.read1(_AT_ONCE):  # type: ignore[attr-defined]
        content += piece
        if len(content) > LARGEST:
            raise _another(address, say("its answer is larger than {limit} bytes", limit=LARGEST))
        if monotonic() > until:
            raise TimeoutError
    return bytes(content)


def _another(address: str, why: Message) -> RefusedError:
    return RefusedError(
        say("{url} gives no time stamps: {why}.", url=address, why=why),
        say("Check the address; nothing was recorded."),
    )


def _nobody(address: str, why: object) -> StoreError:
    took_long = isinstance(why, TimeoutError)
    return StoreError(
        say("{url} did not answer in time.", url=address)
        if took_long
        else say("{url} cannot be reached: {why}.", url=address, why=_complaint(why)),
        say("Check the address and the network, then do it again; nothing was recorded."),
    )


def _complaint(why: object) -> Message:
    """Return why nobody could be reached, as the end of a sentence."""
    for kind, said in _CONNECTING.items():
        if isinstance(why, kind):
            return said
    if isinstance(why, OSError):
        return _OF_THE_NETWORK.get(why.errno or 0) or disk_complaint(why)
    return say("it could not be asked")
