"""Who acts, as the journal names them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """An account, or the command line (no id)."""

    account_id: int | None
    name: str
