"""The society's categories and branches, by what rosters call them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from registry.core.text import simple

_TELLING = 3
"""The fewest characters of a name's end that tell a branch."""


@dataclass(frozen=True)
class Place:
    """A category or a branch; `open` says that it takes persons."""

    id: int
    name: str
    open: bool = True


@dataclass(frozen=True)
class Places:
    """The society's categories and branches, by what rosters call them."""

    categories: Mapping[str, Place]
    branches: Mapping[str, Place]
    ordinary: Place
    foreign: Place | None = None

    def category(self, text: str) -> Place | None:
        """By name, code, or the name without 会员."""
        return _named(
            self.categories, place_key(text).replace("个人会员", "会员").replace("普通会员", "普通")
        )

    def branch(self, text: str) -> Place | None:
        """By name, or by an end of it that only one branch has."""
        key = place_key(text)
        ends = {place.id: place for name, place in self.branches.items() if name.endswith(key)}
        only = next(iter(ends.values())) if len(ends) == 1 and len(key) >= _TELLING else None
        return self.branches.get(key) or only

    def name(self, kind: str, place_id: int | None) -> str:
        """The name of one by its id."""
        places = self.categories if kind == "category" else self.branches
        return next((place.name for place in places.values() if place.id == place_id), "")


def place_key(text: str) -> str:
    """What is compared of a category or branch."""
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
    key = "".join(map(simple, plain))
    return re.sub("工委会?$", "工作委员会", re.sub("专委会?$", "专业委员会", key))


def _named(places: Mapping[str, Place], key: str) -> Place | None:
    return places.get(key) or places.get(key + "会员") or places.get(key.removesuffix("会员") or "普通会员")
