"""Employers, positions, titles and fields of study of invented persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from registry.demo.stock import Weighted, stock

_RETIRED = 62
LEVELS = ("senior", "associate", "intermediate", "junior")


@dataclass(frozen=True)
class Employer:
    """A place of work with the city it stands in."""

    name: str
    kind: str
    place: str


@dataclass(frozen=True)
class Trade:
    """What one society is about: who employs its members, and what they study."""

    employers: tuple[tuple[Employer, ...], ...]
    kinds: Weighted[int]
    disciplines: Weighted[str] = field(repr=False)

    def employer(self, rng: Random) -> Employer:
        """One of the trade; the first of each kind have most people."""
        pool = self.employers[self.kinds.draw(rng)]
        return pool[int(len(pool) * rng.random() ** 1.8)]

    def of_kind(self, rng: Random, kind: str) -> Employer:
        """One of a kind that the trade has."""
        return rng.choice(next(pool for pool in self.employers if pool[0].kind == kind))


def trade(rng: Random, theme: str, size: int) -> Trade:
    """Invented employers of one theme, so many of each kind at most."""
    content = stock("work")["themes"][theme]
    pools = [_pool(rng, kind, content["fields"], size) for kind in content["kinds"]]
    kinds = Weighted({number: float(weight) for number, weight in enumerate(content["kinds"].values())})
    return Trade(tuple(pools), kinds, Weighted(content["disciplines"]))


def _pool(rng: Random, kind: str, fields: Sequence[str], size: int) -> tuple[Employer, ...]:
    found = (_employer(rng, kind, fields) for _ in range(size))
    return tuple({employer.name: employer for employer in found}.values())


def _employer(rng: Random, kind: str, fields: Sequence[str]) -> Employer:
    content = stock("work")
    place = _places().draw(rng)
    name: str = rng.choice(content["kinds"][kind]["forms"]).format(
        place=place,
        brand=rng.choice(content["brands"]),
        field=rng.choice(fields),
        district=rng.choice(content["districts"]),
    )
    return Employer(name, kind, place)


def career(rng: Random, employer: Employer, age: int) -> dict[str, Any]:
    """Position, title, degree and 基层一线 of somebody of that age; one in eight says nothing of the last."""
    content = stock("work")["kinds"][employer.kind]
    level = _level(rng, age)
    title: str = content["titles"][level]
    retired = age > _RETIRED and rng.random() < 0.7
    facts = {
        "position": "退休" if retired else rng.choice(content["positions"]),
        "title": title,
        "title_level": LEVELS[level] if title else None,
        "grassroots": None if rng.random() < 0.12 else False,
        "grassroots_ground": "",
        **_degree(rng, age, employer.kind),
    }
    if not retired and rng.random() * 100 < content["on_ground"]:
        facts |= {"grassroots": True, "grassroots_ground": rng.choice(content["grounds"])}
    return facts


def _level(rng: Random, age: int) -> int:
    """0 is the highest; it takes about 45 years to come there, and most stay below."""
    mean = 3.4 - (age - 24) / 11
    return min(3, max(0, round(rng.gauss(max(mean, 0.6), 0.6))))


def _degree(rng: Random, age: int, kind: str) -> dict[str, str]:
    learned = 0.75 if kind in {"university", "institute", "hospital"} else 0.2
    older = 0.6 if age > _RETIRED else 1.0
    drawn = rng.random()
    if drawn < learned * older:
        return {"education": "11", "degree": "2"}
    if drawn < 0.25 + 0.7 * learned * older:
        return {"education": "14", "degree": "3"}
    return {"education": "20", "degree": "4"} if rng.random() < 0.9 else {"education": "30", "degree": "0"}


@cache
def _places() -> Weighted[str]:
    return Weighted(stock("work")["places"])
