"""A pack for tests, and ways to take it apart and put it together again."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from breachdesk.desk.packing import Wanted
from breachdesk.exchange.pack import verifier
from breachdesk.language import Speaker

Files = dict[str, bytes]
SPEAKER = Speaker("en", ZoneInfo("Europe/Oslo"))
HANDED = Wanted(with_evidence=True, recipient="Our lawyer", purpose="Advice")


def files_of(path: Path) -> Files:
    with zipfile.ZipFile(path) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def write(path: Path, files: Files, *more: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as whole:
        for name, content in (*files.items(), *more):
            whole.writestr(name, content)
    return path


def signed_anew(files: Files) -> Files:
    """The same, its manifest made to fit and signed by a stranger's own key."""
    import hashlib

    stranger = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
    manifest = json.loads(files["manifest.json"])
    manifest["public_key"] = stranger.public_key().public_bytes_raw().hex()
    manifest["files"] = {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
        if not name.startswith("manifest.")
    }
    text = json.dumps(manifest).encode()
    return {**files, "manifest.json": text, "manifest.sig": stranger.sign(text).hex().encode()}


def checked(pack: Path, *more: str, lang: str = "C.UTF-8") -> tuple[int, str]:
    """What a receiver sees: a bare Python, nothing of ours in reach, an empty folder."""
    folder = pack.parent / f"receiver-{pack.name}"
    folder.mkdir(exist_ok=True)
    script = folder / "verify.py"
    script.write_bytes(verifier())
    python = Path(sys.base_prefix) / "bin" / "python3"
    done = subprocess.run(
        [str(python), "-I", "-S", str(script), str(pack), *more],
        cwd=folder, env={"LANG": lang, "LC_ALL": lang, "PYTHONUTF8": "1"},
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stderr == b"", done.stderr.decode()
    return done.returncode, done.stdout.decode()


def line(files: Files, number: int, **changes: object) -> Files:
    """The chain with one entry changed; `header` changes are laid over it."""
    lines = [json.loads(one) for one in files["chain.jsonl"].splitlines()]
    lines[number] |= {name: value for name, value in changes.items() if name != "header"}
    lines[number]["header"] |= changes.get("header", {})
    return {**files, "chain.jsonl": joined(lines)}


def joined(lines: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    for one in lines:
        out.write(json.dumps(one, ensure_ascii=False) + "\n")
    return out.getvalue().encode()


def other(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def named(files: Files, *parts: str) -> str:
    return next(name for name in files if all(part in name for part in parts))
