"""What a unit member's page shows; each thing is fetched when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from registry.memberships.models import STATES, Membership, Representative, Unit
from registry.memberships.queries import unit_spells
from registry.memberships.units import unit_words
from registry.societies.models import Society
from registry.units import queries
from registry.units.forms import FACTS
from registry.web import current
from registry.web.database import session
from registry.web.filters import link


@dataclass
class UnitSheet:
    """A unit member, judged and addressed by one spell."""

    society: Society
    spell: Membership
    unit: Unit

    def href(self, endpoint: str = "page", **more: int | str) -> str:
        """The page itself, or another of the unit's."""
        return link(f"units.{endpoint}", slug=self.society.slug, number=self.spell.number, **more)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is known, with labels."""
        return [(str(label), unit_words(self.unit, key)) for key, label in FACTS.items()]

    @cached_property
    def spells(self) -> Sequence[Membership]:
        """Every spell, newest first."""
        return unit_spells(session(), self.spell.society_id, self.unit.id)

    @cached_property
    def representatives(self) -> Sequence[Representative]:
        """Everyone who ever acted for it, newest first."""
        return queries.representatives(session(), self.spell.society_id, self.unit.id)

    @property
    def acting(self) -> Representative | None:
        """Who acts for it on the day looked at."""
        return next((row for row in self.representatives if row.period.holds(current.day())), None)

    @cached_property
    def numbers(self) -> dict[int, str]:
        """The member numbers of the representatives."""
        ids = [row.person_id for row in self.representatives]
        return queries.numbers_of(session(), self.spell.society_id, ids)

    def state(self, spell: Membership) -> str:
        """The state of a spell on the day looked at, in words."""
        return STATES[spell.state_on(current.day())]
