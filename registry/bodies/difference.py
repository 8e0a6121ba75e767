"""What became of a council between two days: who stayed, rose, stepped down, came, left; pure arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Protocol

from registry.bodies.models import Term


class Holder(Protocol):
    """One office on a day, as `queries.holding` reads it."""

    @property
    def person_id(self) -> int: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def post(self) -> str: ...  # noqa: D102
    @property
    def rank(self) -> int: ...  # noqa: D102


@dataclass(frozen=True)
class Seat:
    """The highest post of a person on one day, with all the others by name."""

    person_id: int
    name: str
    rank: int
    posts: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A person on both days, or on one of them; `returned`: sat there once before the first day."""

    person_id: int
    name: str
    before: Seat | None
    after: Seat | None
    returned: bool = False


@dataclass(frozen=True)
class Difference:
    """Everyone of either day by what became of them; each list by rank, then as they came."""

    before: Mapping[int, Seat]
    after: Mapping[int, Seat]
    earlier: AbstractSet[int] = frozenset()

    @cached_property
    def stayed(self) -> list[Change]:
        """In the same rank on both days."""
        return self._of(self._kept, lambda old, new: old == new)

    @cached_property
    def promoted(self) -> list[Change]:
        """Higher on the second day."""
        return self._of(self._kept, lambda old, new: new < old)

    @cached_property
    def demoted(self) -> list[Change]:
        """Lower on the second day."""
        return self._of(self._kept, lambda old, new: new > old)

    @cached_property
    def left(self) -> list[Change]:
        """Of the first day only."""
        return [self._change(key) for key in self.before if key not in self.after]

    @cached_property
    def came(self) -> list[Change]:
        """Of the second day only."""
        return [self._change(key) for key in self.after if key not in self.before]

    @property
    def continuity(self) -> Fraction | None:
        """连任率: of those of the first day the share that is still there."""
        return Fraction(len(self._kept), len(self.before)) if self.before else None

    @property
    def renewal(self) -> Fraction | None:
        """更新率: of those of the second day the share that was not there before."""
        return Fraction(len(self.came), len(self.after)) if self.after else None

    @property
    def _kept(self) -> list[int]:
        return [key for key in self.after if key in self.before]

    def _of(self, keys: Iterable[int], true: Callable[[int, int], bool]) -> list[Change]:
        return [self._change(key) for key in keys if true(self.before[key].rank, self.after[key].rank)]

    def _change(self, key: int) -> Change:
        before, after = self.before.get(key), self.after.get(key)
        name = (after or before or _NOBODY).name
        return Change(key, name, before, after, returned=before is None and key in self.earlier)


_NOBODY = Seat(0, "", 0, ())


def between(
    before: Iterable[Holder], after: Iterable[Holder], earlier: AbstractSet[int] = frozenset()
) -> Difference:
    """The difference of two days; `earlier` are those who sat in the body before the first."""
    return Difference(seats(before), seats(after), earlier)


def seats(rows: Iterable[Holder]) -> dict[int, Seat]:
    """Each person once, in the highest post they hold; the order of the rows by rank is kept."""
    found: dict[int, list[Holder]] = {}
    for row in sorted(rows, key=lambda row: row.rank):
        found.setdefault(row.person_id, []).append(row)
    return {
        key: Seat(key, mine[0].name, mine[0].rank, tuple(row.post for row in mine))
        for key, mine in found.items()
    }


def sides(terms: Sequence[Term], first: str, second: str) -> tuple[date, date] | None:
    """The days meant by two 届 or two days as typed; without, the newest 换届.

    Of an earlier 届 the last day counts, of a later one the first: those who went and those who came.
    """
    by_ordinal = {str(term.ordinal): term for term in terms}
    if not first and not second and len(terms) > 1:
        new, old = sorted(terms, key=lambda term: -term.ordinal)[:2]
        first, second = str(old.ordinal), str(new.ordinal)
    before, after = (
        _day(by_ordinal.get(first), first, last=True),
        _day(by_ordinal.get(second), second, last=False),
    )
    return (min(before, after), max(before, after)) if before and after else None


def _day(term: Term | None, typed: str, *, last: bool) -> date | None:
    if term is not None:
        return term.ends_on - timedelta(days=1) if last and term.ends_on else term.starts_on
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
