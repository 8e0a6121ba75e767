"""The reader's own entry in one society: what it holds, what it lacks, and what waits to be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from registry.consents.purposes import DIRECTORY
from registry.consents.queries import Standing
from registry.core.policy import Action
from registry.members.sheet import Part, Sheet
from registry.people.fields import SECTION, Section
from registry.people.history import Line
from registry.profile import queries
from registry.profile.completeness import Completeness, completeness
from registry.proposals.models import Proposal
from registry.proposals.queries import of_person
from registry.proposals.showing import Told, tell
from registry.proposals.subjects import proposable
from registry.societies.queries import categories
from registry.web import current
from registry.web.database import session
from registry.web.filters import link

ORDER = ("contact", "work", "expertise", "identity")


@dataclass
class OwnSheet(Sheet):
    """The reader's own entry in one society."""

    @property
    def href(self) -> str:
        """The page itself."""
        return link("profile.page", slug=self.society.slug)

    def section_href(self, key: str, **asked: str) -> str:
        """One section, to read or to edit."""
        return link("profile.section", slug=self.society.slug, section=key, **asked)

    @property
    def own(self) -> bool:
        """It is."""
        return True

    @property
    def parts(self) -> list[Part]:
        """What the member keeps up to date comes first."""
        return [self.part(SECTION[key]) for key in ORDER]

    @cached_property
    def looks(self) -> list[Line]:
        """Who looked at the documents, and why."""
        return self.lines(queries.looks(session(), self.spell.society_id, self.ids))

    @cached_property
    def history(self) -> list[Line]:
        """What was changed of late."""
        return self.lines(queries.changes(session(), self.spell.society_id, self.ids))

    def section_of(self, key: str) -> str:
        """The section in which a fact stands."""
        return next(one.key for one in SECTION.values() if any(fact.key == key for fact in one.fields))

    @cached_property
    def completeness(self) -> Completeness:
        """What the entry lacks."""
        return completeness(self.person, [fact for part in self.parts for fact in part.facts])

    @cached_property
    def directory(self) -> Standing:
        """What fellow members may see."""
        return next(row for row in self.consents or () if row.purpose.key == DIRECTORY)

    def proposing(self, section: Section) -> bool:
        """Some facts of the section are changed by the office alone."""
        return self.proposes and bool(proposable(section, current.grants(), self.spell))

    @cached_property
    def proposes(self) -> bool:
        """The reader may ask for a change."""
        return current.allowed(Action.PROPOSAL_MAKE, self.spell)

    def propose_href(self, what: str) -> str:
        """Where a change of a section, of the category or another document is asked for."""
        return link("own_proposals.propose", slug=self.society.slug, what=what)

    @cached_property
    def proposals(self) -> Sequence[tuple[Proposal, list[Told]]]:
        """What was asked for, newest first, and what became of it."""
        names = {row.id: row.name for row in categories(session(), self.society.id)}
        rows = of_person(session(), self.society.id, self.ids)
        return [(row, tell(row.facts, self.person, self.spell, names)) for row in rows]

    @property
    def waiting(self) -> Sequence[tuple[Proposal, list[Told]]]:
        """What waits to be judged."""
        waiting = [(row, [told for told in facts if told.open]) for row, facts in self.proposals]
        return [(row, facts) for row, facts in waiting if facts]
