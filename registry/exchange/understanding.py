"""What a cell was understood as, where that is not what it says."""

from __future__ import annotations

import re

from registry.core.text import fold
from registry.exchange.reading.compounds import TWO_IN_ONE
from registry.exchange.reading.readings import Reading
from registry.people.facts import shown
from registry.people.fields import FIELDS


def understood(reading: Reading, target: str, text: str) -> str:
    """25000 → 1968-06-11, M → 男; empty where the cell says the same or only a part of it (汉)."""
    keys = TWO_IN_ONE.get(target, (target,))
    words = [shown(key, reading.facts[key]) for key in keys if key in FIELDS and key in reading.facts]
    if target == "starts_on" and "starts_on" in reading.member:
        words = [str(reading.member["starts_on"])]
    told = "；".join(word for word in words if word)
    same = _plain(text) in _plain(told) if not _plain(text).isdigit() else _plain(text) == _plain(told)
    return "" if same or _numbers(text) == _numbers(told) else told


def _plain(text: str) -> str:
    return "".join(fold(text).split())


def _numbers(text: str) -> list[int] | str:
    """Of dates only the numbers tell: 1965.03 says the same as 1965-03."""
    return list(map(int, re.findall(r"\d+", fold(text)))) or text
