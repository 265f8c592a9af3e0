"""The key the desk signs packs with: made when first needed, kept in the encrypted database."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from breachdesk.desk.office import Office
from breachdesk.exchange.pack import key_words
from breachdesk.records import SigningKey
from breachdesk.terms import AuditAction


@dataclass(frozen=True, slots=True)
class Signer:
    """What signs, and what anybody may know of it."""

    public_key: str
    """32 bytes, hex."""
    _private: bytes = field(repr=False)

    @property
    def words(self) -> str:
        """The public key as eight words to read out."""
        return key_words(bytes.fromhex(self.public_key))

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message, 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self._private).sign(message)


class Signing:
    """Where the desk's signing key is."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def signer(self) -> Signer:
        """Return the key in force; the first is made here, and that is recorded."""
        with self._office.reading() as reading:
            row = reading.newest(SigningKey)
        return self.renew() if row is None else Signer(row.public_key, row.private_key)

    def renew(self) -> Signer:
        """Make a new key; what older ones have signed stays signed by them."""
        private = Ed25519PrivateKey.generate()
        with self._office.writing() as writing:
            row = writing.add(
                SigningKey(
                    id="",
                    public_key=private.public_key().public_bytes_raw().hex(),
                    private_key=private.private_bytes_raw(),
                ),
                AuditAction.SIGNING_KEY_MAKE,
            )
        return Signer(row.public_key, row.private_key)

    def earlier(self) -> tuple[SigningKey, ...]:
        """Return every key there was, oldest first."""
        with self._office.reading() as reading:
            return tuple(reading.rows(SigningKey))
