"""A time-stamping authority of our own: OpenSSL's, behind a small server on this machine."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
certs = {folder}/ca.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
[ext]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
"""
EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


def has_openssl() -> bool:
    return shutil.which("openssl") is not None


def openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=60)


@dataclass(frozen=True)
class Authority:
    """Its folder: `ca.pem` is what one may trust."""

    folder: Path

    @classmethod
    def made(cls, folder: Path, name: str = "Test root") -> "Authority":
        folder.mkdir()
        config = folder / "tsa.cnf"
        config.write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        ca, key = folder / "ca.pem", folder / "ca.key"
        subject = ("-subj", f"/CN={name}")
        openssl("req", "-x509", *EC, "-keyout", key, "-out", ca, *subject, "-days", "30")
        request, own = folder / "tsa.csr", folder / "tsa.key"
        openssl("req", *EC, "-keyout", own, "-out", request, "-subj", "/CN=Test TSA")
        openssl(
            "x509", "-req", "-in", request, "-CA", ca, "-CAkey", key, "-CAcreateserial",
            "-out", folder / "tsa.pem", "-days", "30", "-extfile", config, "-extensions", "ext",
        )  # fmt: skip
        return cls(folder)

    @property
    def root(self) -> Path:
        return self.folder / "ca.pem"

    def answer(self, request: bytes) -> bytes:
        query, reply = self.folder / "query", self.folder / "reply"
        query.write_bytes(request)
        config = self.folder / "tsa.cnf"
        openssl("ts", "-reply", "-queryfile", query, "-config", config, "-out", reply)
        return reply.read_bytes()


@dataclass
class Server:
    """Answers every POST with what it is told to."""

    answer: Callable[[bytes], bytes]
    status: int = 200
    asked: list[bytes] = field(default_factory=list)
    url: str = ""


@contextmanager
def serving(answer: Callable[[bytes], bytes]) -> Iterator[Server]:
    """A server on this machine, on a free port."""
    server = Server(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            server.asked.append(request)
            content = server.answer(request)
            self.send_response(server.status)
            if server.status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Listening(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing when whoever asked has gone."""

    httpd = Listening(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{httpd.server_port}/tsr"
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()
