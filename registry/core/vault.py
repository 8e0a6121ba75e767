"""Keys made from the one secret: sealing, keyed fingerprints, and the web session's own key."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Vault:
    """Seals and fingerprints with keys that never leave the process."""

    def __init__(self, secret: str) -> None:
        """One secret, four independent keys (HKDF-SHA256, RFC 5869)."""
        self._fernet = Fernet(urlsafe_b64encode(derive(secret, "seal")))
        self._mark = derive(secret, "fingerprint")
        self._sign = derive(secret, "sign")
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
        return hmac.new(self._mark, text.encode(), sha256).hexdigest()

    def signature(self, text: str) -> str:
        """24 hex digits that prove that the text was written here (HMAC-SHA256, its first 96 bits)."""
        return hmac.digest(self._sign, text.encode(), "sha256")[:12].hex()


def derive(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose."""
    return HKDF(SHA256(), 32, salt=None, info=f"registry/{purpose}".encode()).derive(secret.encode())
