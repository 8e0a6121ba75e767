"""The values that a snapshot is made of; None = unknown, which no rule takes for "none"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from registry.core.dates import PartialDate
from registry.core.numerals import han_number


class Duty(StrEnum):
    """Those whom the law calls 负责人 of a society."""

    PRESIDENT = "president"
    VICE = "vice"
    SECRETARY = "secretary"


class Official(StrEnum):
    """Whether somebody is or was a leading cadre (领导干部)."""

    NEITHER = "neither"
    SERVING = "serving"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Society:
    """The society that is judged."""

    id: int
    slug: str
    name: str
    founded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Members on the day; None = nobody counted them."""

    persons: int | None = None
    units: int | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch unit that exists on the day; `office` = 代表机构, which is no branch."""

    id: int
    name: str
    host: str = ""
    office: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A post that the same identity document holds in another society on the day."""

    society_id: int
    post: str
    principal: bool = False
    legal_representative: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, as rules ask; `belongs` = spells of membership, `elsewhere` = posts in other societies."""

    id: int
    name: str
    birth: PartialDate | None = None
    sex: str | None = None
    region: str | None = None
    nationality: str | None = None
    political: str | None = None
    employer: str = ""
    employer_kind: str | None = None
    grassroots: bool | None = None
    title_level: str | None = None
    disciplines: tuple[str, ...] = ()
    belongs: tuple[tuple[date, date | None], ...] | None = None
    official: Official | None = None
    elsewhere: tuple[Elsewhere, ...] | None = None

    def member_on(self, day: date) -> bool:
        """In good standing on that day."""
        return any(first <= day and (last is None or day < last) for first, last in self.belongs or ())


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a body; `seats` None = not counted."""

    id: int
    name: str
    rank: int = 0
    seats: int | None = None
    principal: bool = False

    @property
    def duty(self) -> Duty | None:
        """Which 负责人 it is, by its name; 副秘书长 is none."""
        return _duty(self.name) if self.principal else None


@lru_cache(maxsize=256)
def _duty(name: str) -> Duty | None:
    if "秘书长" in name:
        return None if "副" in name else Duty.SECRETARY
    if not name.endswith(("理事长", "会长", "主席")):
        return None
    return Duty.VICE if "副" in name or "常务" in name else Duty.PRESIDENT


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a post during a term."""

    person_id: int
    post_id: int
    starts_on: date
    ends_on: date | None = None
    planned_end_on: date | None = None
    begun_by: str = "elected"
    full_time: bool | None = None
    legal_representative: bool = False
    filing: str = ""
    nominated_by: str = ""
    approval: str = ""
    id: int = 0

    def holds(self, day: date) -> bool:
        """In office on that day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office (届) with everybody who was ever in office in it."""

    ordinal: int
    starts_on: date
    planned_end_on: date | None
    ends_on: date | None = None
    extended_until: date | None = None
    extension_approval: str = ""
    holders: tuple[Holder, ...] = ()
    id: int = 0

    @property
    def name(self) -> str:
        """第八届."""
        return f"第{han_number(self.ordinal)}届"

    @property
    def due_on(self) -> date | None:
        """The planned end, or the extension of it."""
        return self.extended_until or self.planned_end_on

    def runs(self, day: date) -> bool:
        """The term has begun and is not over."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class Body:
    """A body that exists on the day, its posts by rank and its terms by ordinal."""

    id: int
    kind: str
    name: str
    posts: tuple[Post, ...] = ()
    terms: tuple[Term, ...] = ()
    branch_id: int | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """What was voted on: ayes and those present; None = not on record."""

    ayes: int | None
    present: int | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a body held by the day."""

    body_id: int
    name: str
    held_on: date
    entitled: int | None = None
    present: int | None = None
    votes: tuple[Vote, ...] = ()
