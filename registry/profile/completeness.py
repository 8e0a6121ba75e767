"""What an entry lacks: only what applies to the person, and what their society has a use for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from registry.core.regions import Region
from registry.people.fields import Field
from registry.people.models import Person

OPTIONAL = frozenset(
    {
        "bio",
        "degree",
        "employer_kind",
        "former_names",
        "grassroots",
        "grassroots_ground",
        "name_latin",
        "name_pinyin",
        "name_traditional",
        "political",
        "postcode",
        "title_level",
    }
)
"""Facts that many people rightly have none of, or that the office finds out."""
_ONLY = {"ethnic": {Region.MAINLAND}, "nationality": {Region.FOREIGN}}


@dataclass(frozen=True)
class Completeness:
    """How many facts are told of those that apply, and which are not."""

    told: int
    lacking: tuple[Field, ...]

    @property
    def whole(self) -> int:
        """All that apply."""
        return self.told + len(self.lacking)


def completeness(person: Person, facts: Iterable[Field]) -> Completeness:
    """Of these facts, as far as they apply to the person."""
    asked = [fact for fact in facts if _applies(person, fact.key)]
    lacking = tuple(fact for fact in asked if getattr(person, fact.key) in (None, "", ()))
    return Completeness(len(asked) - len(lacking), lacking)


def _applies(person: Person, key: str) -> bool:
    only: Collection[str] | None = _ONLY.get(key)
    return key not in OPTIONAL and (only is None or person.region in only)
