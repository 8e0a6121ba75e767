"""The stock that invented data is drawn from: files of this folder, and drawing by weight."""

from __future__ import annotations

import json
from bisect import bisect
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Generic, TypeVar

T = TypeVar("T")

DAY = date(2026, 11, 1)
"""The invented world as it stood on this day; fixed, so that every machine invents the same."""


class Weighted(Generic[T]):
    """Things to draw from, each as often as its weight says."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        """Things of no weight are never drawn."""
        self._things = list(weights)
        self._sums = list(accumulate(weights.values()))

    def draw(self, rng: Random) -> T:
        """One of them."""
        return self._things[bisect(self._sums, rng.random() * self._sums[-1])]


@cache
def stock(name: str) -> Any:
    """The content of one file, as it stands there."""
    return json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"))


def one_in(rng: Random, times: float) -> bool:
    """True once in so many times."""
    return rng.random() * times < 1


def day_between(rng: Random, first: date, last: date) -> date:
    """Some day from the first to the last, both possible."""
    return first + timedelta(rng.randrange((last - first).days + 1)) if first < last else first


def fill(rng: Random, pattern: str) -> str:
    """A pattern with its # as digits and its A as letters."""
    return "".join(
        rng.choice("0123456789") if mark == "#" else rng.choice("CEGHKLMNPRTX") if mark == "A" else mark
        for mark in pattern
    )
