"""What a member's page shows, as far as its reader may see it; each thing is fetched when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from registry.bodies.models import TENURE_STATES, Tenure
from registry.bodies.queries import tenures_of_person
from registry.consents import queries as consents
from registry.core.policy import Action
from registry.integrity import queries as integrity
from registry.integrity.models import IntegrityRecord
from registry.journal import queries as journal
from registry.journal.models import Entry
from registry.members import life, queries
from registry.memberships.models import STATES, Membership
from registry.memberships.queries import spells
from registry.merging import queries as merging
from registry.merging.likeness import Known, Pair
from registry.merging.models import Merge
from registry.people.documents import LABELS, DocumentKind, masked
from registry.people.facts import shown
from registry.people.fields import SECTIONS, Field, Section
from registry.people.former import dated
from registry.people.history import Line, readable
from registry.people.models import IdentityDocument, Person
from registry.societies.models import Society
from registry.web import current
from registry.web.database import session
from registry.web.filters import link

_LINES = 20


@dataclass(frozen=True)
class Part:
    """A section with the facts that the reader sees of it, and whether any can be edited."""

    section: Section
    facts: Sequence[Field]
    editable: bool


@dataclass
class Sheet:
    """A member, judged and addressed by one spell."""

    society: Society
    spell: Membership
    person: Person

    @property
    def href(self) -> str:
        """The page itself."""
        return link("members.page", slug=self.society.slug, number=self.spell.number)

    def section_href(self, key: str, **asked: str) -> str:
        """One section, to read or with `edit` to edit."""
        place = {"slug": self.society.slug, "number": self.spell.number, "section": key}
        return link("members.section", **place, **asked)

    @cached_property
    def spells(self) -> Sequence[Membership]:
        """Every spell, newest first."""
        return spells(session(), self.spell.society_id, self.person.id)

    @cached_property
    def tenures(self) -> Sequence[Tenure]:
        """Every office, newest first."""
        if not self.own and not current.allowed(Action.BODY_SEE, self.spell):
            return ()
        return tenures_of_person(session(), self.spell.society_id, self.person.id)

    @property
    def own(self) -> bool:
        """The reader looks at the own entry, on the page that is made for it."""
        return False

    @property
    def erased(self) -> bool:
        """What told whom it is was erased by law."""
        return self.person.erased_at is not None

    @cached_property
    def documents(self) -> Sequence[IdentityDocument] | None:
        """The documents; None where the reader may not see that there are any."""
        if self.erased or not current.allowed(Action.DOCUMENT_SEE, self.spell):
            return None
        return queries.documents(session(), self.spell.society_id, self.person.id)

    @cached_property
    def life(self) -> life.Life | None:
        """The line of life."""
        shown = any(fact.key == "former_names" for part in self.parts for fact in part.facts)
        former = dated(self.person.former_names) if shown else ()
        return life.draw(self.spells, self.tenures, current.day(), former)

    @cached_property
    def consents(self) -> Sequence[consents.Standing] | None:
        """What the person agreed to; None where it is not the reader's business."""
        if self.erased or not (self.own or current.allowed(Action.CONSENT_EDIT, self.spell)):
            return None
        return consents.standings(session(), self.spell.society_id, self.ids)

    @cached_property
    def integrity(self) -> Sequence[IntegrityRecord]:
        """What was found against the person's integrity, as far as the reader may know of it."""
        if not current.allowed(Action.INTEGRITY_SEE, self.spell):
            return ()
        return integrity.of_people(session(), self.spell.society_id, self.ids)

    @property
    def parts(self) -> list[Part]:
        """The sections of which at least one fact is seen."""
        parts = [self.part(section) for section in SECTIONS]
        return [part for part in parts if part.facts and (not self.erased or self.told(part.facts)[0])]

    def part(self, section: Section) -> Part:
        """One section."""
        seen = section.seen(current.grants(), self.spell)
        editable = not self.erased and bool(section.edited(current.grants(), self.spell))
        return Part(section, seen, editable)

    def shown(self, key: str) -> str:
        """A fact in words."""
        return shown(key, getattr(self.person, key))

    def told(self, facts: Sequence[Field]) -> tuple[list[tuple[Field, str]], list[Field]]:
        """The facts that are known, each in words, and those that are not."""
        words = [(fact, self.shown(fact.key)) for fact in facts]
        return [pair for pair in words if pair[1]], [fact for fact, word in words if not word]

    def document_kind(self, document: IdentityDocument) -> str:
        """The kind of a document by its full name."""
        return LABELS[DocumentKind(document.kind)]

    def masked(self, document: IdentityDocument) -> str:
        """The number as far as it is shown to everyone."""
        return masked(document.last4)

    def tenure_state(self, tenure: Tenure) -> str:
        """The state of an office on the day looked at, in words."""
        return TENURE_STATES[tenure.state_on(current.day())]

    def state(self, spell: Membership) -> str:
        """The state of a spell on the day looked at, in words."""
        return STATES[spell.state_on(current.day())]

    @cached_property
    def ids(self) -> Sequence[int]:
        """The person's key, and those of the entries merged into this one: their journal is read here."""
        return merging.with_merged(session(), self.spell.society_id, self.person.id)

    @cached_property
    def merges(self) -> Sequence[Merge]:
        """What was merged into this entry, newest first."""
        if len(self.ids) == 1 or not current.allowed(Action.TWIN_SEE, self.spell):
            return ()
        return merging.merges_into(session(), self.spell.society_id, self.person.id)

    @cached_property
    def twins(self) -> Sequence[tuple[Known, Pair]]:
        """Who may be the same person, the most alike first."""
        if not current.allowed(Action.TWIN_SEE, self.spell):
            return ()
        pairs = merging.twins_of(session(), self.spell.society_id, self.person.id)
        return [(pair.two if pair.one.id == self.person.id else pair.one, pair) for pair in pairs]

    @cached_property
    def history(self) -> list[Line] | None:
        """What was done to the entry, newest first; None where the reader may not see it."""
        if not current.allowed(Action.JOURNAL_SEE, self.spell):
            return None
        return self.lines(journal.of_people(session(), self.spell.society_id, self.ids, _LINES))

    def lines(self, entries: Sequence[Entry]) -> list[Line]:
        """Entries in words, as far as the reader may see the person."""
        return readable(entries, self._may_see, journal.names(session(), entries))

    def _may_see(self, action: Action, person_id: int | None) -> bool:
        """Every entry is of this one person."""
        return current.allowed(action, self.spell)
