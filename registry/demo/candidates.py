"""Who can be chosen: members in good standing, of an age for office, throughout a span of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from random import Random

from registry.demo.enrolling import Member
from registry.memberships.models import EndReason

_YOUNGEST, _OLDEST, _RETIRES = 30, 63, 68
_STAYS_ON = 0.6


@dataclass
class Candidates:
    """Of one society; remembers whom it has chosen already."""

    rng: Random
    members: Sequence[Member]
    taken: set[int] = field(default_factory=set)

    def council(
        self, previous: Sequence[Member], worn: AbstractSet[int], first: date, last: date, size: int
    ) -> list[Member]:
        """A new council: most of the previous one that may stay, then newcomers, the known faces first.

        `worn`: who led through two terms, and must not lead through a third.
        """
        fit = {who for who in self._fit(first, last, _RETIRES) if who.person_id not in worn}
        staying = [who for who in previous if who in fit and self.rng.random() < _STAYS_ON]
        return self.take(staying, size) + self.some(first, last, size - min(size, len(staying)))

    def some(self, first: date, last: date, size: int) -> list[Member]:
        """So many others; one from 中国香港, 中国澳门 or 中国台湾 in fifteen where there are any."""
        fit = [who for who in self._fit(first, last, _OLDEST) if who.person_id not in self.taken]
        afar = [who for who in fit if who.invented.facts["region"] in {"HK", "MO", "TW"}]
        wanted = self.rng.sample(afar, min(len(afar), size // 15))
        return self.take([*wanted, *self.rng.sample(fit, min(len(fit), size * 2))], size)

    def take(self, some: Iterable[Member], size: int) -> list[Member]:
        """The first so many who are still free."""
        chosen = [who for who in dict.fromkeys(some) if who.person_id not in self.taken][:size]
        self.taken |= {who.person_id for who in chosen}
        return chosen

    def dying(self, first: date, last: date) -> list[tuple[Member, date]]:
        """Those who were members on the first day and died before the last, with the day."""
        fit = (who for who in self.members if who.person_id not in self.taken and who.belongs(first))
        found = [(who, who.spells[-1]) for who in fit]
        return [
            (who, spell.ends_on)
            for who, spell in found
            if spell.end_reason == EndReason.DIED and spell.ends_on and first < spell.ends_on < last
        ]

    def _fit(self, first: date, last: date, oldest: int) -> list[Member]:
        return [
            who
            for who in self.members
            if _YOUNGEST <= first.year - who.invented.born.year <= oldest and _throughout(who, first, last)
        ]


def party_members(some: Iterable[Member]) -> list[Member]:
    """中共党员 among them."""
    return [who for who in some if who.invented.facts["political"] == "01"]


def _throughout(who: Member, first: date, last: date) -> bool:
    """A voting member on both days and never out between them."""
    broken = any(
        spell.ends_on and first < spell.ends_on <= last and spell.end_reason != EndReason.CHANGED
        for spell in who.spells
    )
    return not broken and who.belongs(first) and who.belongs(last)
