"""What is sealed stays closed, and equal things have equal fingerprints."""

from __future__ import annotations

import pytest
from cryptography.fernet import InvalidToken

from registry.core.vault import Vault, derive

NUMBER = "110108196503080014"


def test_what_is_sealed_opens_again():
    vault = Vault("one")
    assert vault.open(vault.seal(NUMBER)) == NUMBER
    assert vault.open_bytes(vault.seal_bytes(b"\x00\xff")) == b"\x00\xff"


def test_the_same_text_is_sealed_differently_every_time():
    vault = Vault("one")
    assert vault.seal(NUMBER) != vault.seal(NUMBER)
    assert NUMBER.encode() not in vault.seal(NUMBER)


def test_another_secret_opens_nothing():
    with pytest.raises(InvalidToken):
        Vault("two").open(Vault("one").seal(NUMBER))


def test_what_was_tampered_with_does_not_open():
    sealed = bytearray(Vault("one").seal(NUMBER))
    sealed[20] ^= 1
    with pytest.raises(InvalidToken):
        Vault("one").open(bytes(sealed))


def test_a_fingerprint_is_equal_for_equal_text_under_one_secret_alone():
    one, again, other = Vault("one"), Vault("one"), Vault("two")
    assert one.fingerprint(NUMBER) == again.fingerprint(NUMBER)
    assert one.fingerprint(NUMBER) != other.fingerprint(NUMBER)
    assert one.fingerprint(NUMBER) != one.fingerprint(NUMBER[:-1])
    assert len(one.fingerprint(NUMBER)) == 64


def test_the_keys_of_one_secret_have_nothing_in_common():
    assert len({derive("one", purpose) for purpose in ("seal", "fingerprint", "session")}) == 3
    assert Vault("one").session_key not in {derive("one", key).hex() for key in ("seal", "fingerprint")}
