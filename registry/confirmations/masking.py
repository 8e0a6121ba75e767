"""What an unsigned reader of a link sees of the entry: enough to know it as one's own, no more."""

from __future__ import annotations

import re

from registry.people.facts import shown
from registry.people.fields import FIELDS
from registry.people.models import Person

SHOWN = ("name", "phone", "email", "address", "employer", "position", "title")
_KEPT = 2


def masked(person: Person) -> list[tuple[str, str]]:
    """Labels with what is shown of the facts that are known."""
    told = [(key, shown(key, getattr(person, key))) for key in SHOWN]
    return [(FIELDS[key].label, _mask(key, value)) for key, value in told if value]


def _mask(key: str, value: str) -> str:
    if key == "name":
        return value[0] + "○" * min(len(value) - 1, _KEPT)
    if key == "phone":
        digits = re.sub(r"\D", "", value)
        return f"••••{digits[-4:]}" if len(digits) > len("0000") + _KEPT else "••••"
    if key == "email":
        name, _at, domain = value.partition("@")
        return f"{name[:1]}•••@{domain}"
    return value if len(value) <= _KEPT else f"{value[:_KEPT]}……"
