"""The form in which an act and its entries are hashed, and how one digest follows from the last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

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
    covered = ("society_id", "actor_id", "actor_name", "deed", "reason")
    return {"at": row["at"].astimezone(UTC).isoformat(), **{key: row[key] for key in covered}}


def canonical(row: Mapping[str, Any]) -> bytes:
    """One spelling for equal content, on every database."""
    return _SPELLING.encode(row).encode()


def link(previous: str, content: bytes) -> str:
    """The digest of an act that follows `previous`."""
    return hashlib.sha256(previous.encode() + content).hexdigest()
