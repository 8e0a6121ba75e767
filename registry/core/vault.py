"""Keys made from the one secret: sealing, keyed fingerprints, and the web session's own key."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode

from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Vault:
    """Seals and fingerprints with keys that never leave the process."""

    def __init__(self, secret: str) -> None:
        """One secret, five independent keys (HKDF-SHA256, RFC 5869)."""
        self._fernet = Fernet(urlsafe_b64encode(derive(secret, "seal")))
        self._mark = derive(secret, "fingerprint")
        self._sign = derive(secret, "sign")
        self._witness = Ed25519PrivateKey.from_private_bytes(derive(secret, "witness"))
        self.session_key = derive(secret, "session").hex()

    def seal(self, text: str) -> bytes:
        """Encrypt and authenticate."""
        return self._fernet.encrypt(text.encode())

    def seal_bytes(self, content: bytes) -> bytes:
        """Encrypt and authenticate a file."""
        return self._fernet.encrypt(content)

    def open(self, sealed: bytes) -> str:
        """The sealed text; raises `cryptography.fernet.InvalidToken` when tampered with."""
        return self._fernet.decrypt(sealed).decode()

    def open_bytes(self, sealed: bytes) -> bytes:
        """The sealed file."""
        return self._fernet.decrypt(sealed)

    def fingerprint(self, text: str) -> str:
        """64 hex digits, equal for equal text and meaningless without the key (HMAC-SHA256)."""
        return hmac.digest(self._mark, text.encode(), "sha256").hex()

    def signature(self, text: str) -> str:
        """24 hex digits that prove that the text was written here (HMAC-SHA256, its first 96 bits)."""
        return hmac.digest(self._sign, text.encode(), "sha256")[:12].hex()

    def witness(self, content: bytes) -> bytes:
        """64 bytes by which anybody who has the public key can tell that this came from here (Ed25519)."""
        return self._witness.sign(content)

    def witnessed(self, content: bytes, signature: bytes) -> bool:
        """Whether it did."""
        try:
            self._witness.public_key().verify(signature, content)
        except InvalidSignature:
            return False
        return True

    @property
    def public_key(self) -> str:
        """The key to check by, as PEM."""
        key = self._witness.public_key()
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def derive(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose."""
    return HKDF(SHA256(), 32, salt=None, info=f"registry/{purpose}".encode()).derive(secret.encode())
