"""The form in which an act and its entries are hashed, and how one digest follows from the last.

What people said and what rows held is covered by a digest under a salt of its own. Where the law asks for it,
value and salt go and the digest stays: the chain still holds, and nobody can try values against the digest.
Acts from before there were salts are hashed as they stand (the old form).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC
from typing import Any

SEALS = {"actor_name": "actor_seal", "reason": "reason_seal"}
"""What of an act can be erased, and the column of its salt."""
VALUES = ("before", "after")
"""What of an entry can be erased, together."""
_PLAIN = ("society_id", "actor_id", "deed")
OF_ENTRY = ("table_name", "row_id", "person_id", "kind")
"""Of what and of whom it is: never erased."""
_SALT = 32
"""Hexadecimal digits; a digest has twice as many."""
_SPELLING = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry(
    table: str,
    row_id: int | None,
    person_id: int | None,
    kind: str,
    before: dict[str, Any],
    after: dict[str, Any],
) -> dict[str, Any]:
    """An entry in the form `record` takes."""
    return {
        "table_name": table,
        "row_id": row_id,
        "person_id": person_id,
        "kind": kind,
        "before": before,
        "after": after,
    }


def head(row: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an act that its digest covers."""
    sealed = {key: told(row[seal], row[key]) if row[seal] else row[key] for key, seal in SEALS.items()}
    return {"at": row["at"].astimezone(UTC).isoformat(), **{key: row[key] for key in _PLAIN}, **sealed}


def covered(row: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an entry that the digest of its act covers."""
    if not row["seal"]:
        return {key: row[key] for key in (*OF_ENTRY, *VALUES)}
    values = {key: row[key] for key in VALUES}
    return {**{key: row[key] for key in OF_ENTRY}, "values": told(row["seal"], values)}


def spelt(values: Mapping[str, Any]) -> str:
    """What a row held, in the one spelling that is hashed; the database keeps the same."""
    return _SPELLING.encode(values) if values else "{}"


def line(row: Mapping[str, Any], seal: str, before: str, after: str) -> bytes:
    """`canonical(covered(row))` of an entry whose values are spelt already, for those who write many."""
    content = f'{{"after":{after},"before":{before}}}'
    digest = hashlib.sha256(f"{seal}{content}".encode()).hexdigest()
    person, own = ("null" if row[key] is None else row[key] for key in ("person_id", "row_id"))
    names = f'"kind":"{row["kind"]}","person_id":{person},"row_id":{own},"table_name":"{row["table_name"]}"'
    return f'{{{names},"values":"{digest}"}}'.encode()


def salt() -> str:
    """A new one."""
    return secrets.token_hex(_SALT // 2)


def salts(many: int) -> list[str]:
    """So many new ones."""
    every = secrets.token_hex(_SALT // 2 * many)
    return [every[start : start + _SALT] for start in range(0, len(every), _SALT)]


def told(seal: str, value: Any) -> str:
    """The digest of a value under its salt, or the one that stands where a value was erased."""
    if erased(seal):
        return seal
    return hashlib.sha256(seal.encode() + canonical(value)).hexdigest()


def erased(seal: str | None) -> bool:
    """A digest stands in the place of the salt; None of a row that is not written yet."""
    return seal is not None and len(seal) > _SALT


def canonical(row: Mapping[str, Any]) -> bytes:
    """One spelling for equal content, on every database."""
    return _SPELLING.encode(row).encode()


def link(previous: str, content: bytes) -> str:
    """The digest of an act that follows `previous`."""
    return hashlib.sha256(previous.encode() + content).hexdigest()
