"""A proposal as those who judge it see it: each fact before, as asked for, and as it stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from registry.core.policy import Grant, may
from registry.memberships.models import Membership
from registry.people.models import Person
from registry.proposals.models import STATES, Proposal, ProposedFact, State
from registry.proposals.subjects import DOCUMENT, judged, label, moved, seen, standing, told
from registry.societies.queries import categories


@dataclass(frozen=True)
class Told:
    """One fact in words; `now` only where it moved since it was proposed."""

    fact: ProposedFact
    label: str
    was: str
    wanted: str
    state: str
    now: str | None = None

    @property
    def open(self) -> bool:
        """It waits to be judged."""
        return self.fact.state == State.OPEN

    @property
    def sealed(self) -> bool:
        """A document of which the number can be revealed."""
        return self.fact.key == DOCUMENT and self.fact.sealed is not None


def tell(
    facts: Sequence[ProposedFact], person: Person, spell: Membership, names: dict[int, str]
) -> list[Told]:
    """Facts in words; `names` of the categories by key."""
    return [_tell(fact, person, spell, names) for fact in facts]


def _tell(fact: ProposedFact, person: Person, spell: Membership, names: dict[int, str]) -> Told:
    stands = fact.state == State.OPEN and moved(fact, person, spell)
    now = told(fact.key, standing(fact.key, person, spell), names) if stands else None
    was, wanted = (told(fact.key, value, names) for value in (fact.was, fact.wanted))
    return Told(fact, label(fact.key), was, wanted, STATES[State(fact.state)], now)


@dataclass
class Case:
    """A proposal, or one `fact` of it, and the spell by which rights to its person are judged."""

    session: Session
    proposal: Proposal
    spell: Membership
    person: Person
    fact: ProposedFact | None = None

    @property
    def society_id(self) -> int:
        """Where it is."""
        return self.spell.society_id

    @property
    def branch_id(self) -> int | None:
        """The branch of the member."""
        return self.spell.branch_id

    @property
    def person_id(self) -> int | None:
        """Whose entry it is about."""
        return self.person.id

    @cached_property
    def categories(self) -> dict[int, str]:
        """The names of the categories."""
        return {row.id: row.name for row in categories(self.session, self.society_id)}

    def seen(self, grants: Sequence[Grant]) -> list[Told]:
        """What the grants show of it."""
        facts = [fact for fact in self.proposal.facts if may(grants, seen(fact.key), self)]
        return tell(facts, self.person, self.spell, self.categories)

    def mine(self, grants: Sequence[Grant]) -> list[ProposedFact]:
        """What waits and the grants let be judged."""
        return [fact for fact in self.proposal.open if may(grants, judged(fact.key), self)]

    def whole(self, grants: Sequence[Grant]) -> bool:
        """Every fact of it is within the grants; only then the evidence is, which may show them all."""
        return all(may(grants, judged(fact.key), self) for fact in self.proposal.facts)
