"""An authority that answers a byte at a time, in its headers, does not hold anybody for ever."""

import socket
import threading

import pytest

from breachdesk.errors import StoreError
from breachdesk.store.authority import ask_authority

pytestmark = [pytest.mark.system, pytest.mark.enable_socket]


def test_headers_that_never_end_are_no_answer_in_time() -> None:
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            line, _ = server.accept()
            with line:
                line.recv(65536)
                line.sendall(b"HTTP/1.1 200 OK\r\nX-A: ")
                while not over.wait(0.05):
                    line.sendall(b"a")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        try:
            with pytest.raises(StoreError, match="did not answer in time"):
                ask_authority(f"http://127.0.0.1:{server.getsockname()[1]}/", b"query", seconds=1.0)
        finally:
            over.set()
            thread.join()
