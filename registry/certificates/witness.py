"""The text by which a certificate is checked without us: its facts and a signature, blanks of no account."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from datetime import date

from registry.core.vault import Vault

FORM = "XHMC1"
"""The form of the text: this word, the code, the day, the facts as key=value, the signature; parted by |."""
_BLANK = re.compile(r"[\s\u200b]+")
"""Among them the blanks of no width at which the paper breaks lines."""
_PARTS = 4


def text_of(vault: Vault, code: str, issued_on: date, told: Mapping[str, str]) -> str:
    """The facts with their signature."""
    facts = (f"{key}={value.replace('|', '／')}" for key, value in told.items())
    plain = "|".join((FORM, code, str(issued_on), *facts))
    return f"{plain}|{_signed(vault, plain)}"


def _signed(vault: Vault, plain: str) -> str:
    return urlsafe_b64encode(vault.witness(_squeezed(plain))).decode().rstrip("=")


def _squeezed(text: str) -> bytes:
    """Copied from paper or a screen, lines break anywhere."""
    return _BLANK.sub("", text).encode()


def read(vault: Vault, typed: str) -> tuple[str, date, dict[str, str]] | None:
    """Code, day and facts of a text that was signed here; None for any other."""
    squeezed = _BLANK.sub("", typed)
    plain, _bar, signature = squeezed.rpartition("|")
    parts = plain.split("|")
    if len(parts) < _PARTS or parts[0] != FORM or not _true(vault, plain, signature):
        return None
    facts = dict(part.split("=", 1) for part in parts[3:] if "=" in part)
    return parts[1], date.fromisoformat(parts[2]), facts


def _true(vault: Vault, plain: str, signature: str) -> bool:
    try:
        raw = urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    except (Error, ValueError):
        return False
    return vault.witnessed(plain.encode(), raw)
