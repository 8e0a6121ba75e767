"""The reader's own entry in one society, as the pages on privacy look at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cached_property

from registry.consents.purposes import DIRECTORY
from registry.consents.queries import Standing
from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.journal.models import Entry
from registry.members.mine import own_society
from registry.members.sheet import Sheet
from registry.memberships.models import Membership
from registry.people.fields import SECTIONS
from registry.people.history import Line
from registry.privacy import queries, requests
from registry.privacy.audience import Seen, audience
from registry.privacy.models import Erasure
from registry.web import current
from registry.web.database import session
from registry.web.filters import link

_OF_ONESELF = frozenset({Action.BODY_SEE, Action.JOURNAL_SEE, Action.ROSTER_SEE})
CONTACT = frozenset(
    field.label for section in SECTIONS if section.key == "contact" for field in section.fields
)


@dataclass(frozen=True)
class Left:
    """A file that left the house: its act, how many rows, and the columns where they were noted."""

    line: Line
    rows: int
    columns: Sequence[str]

    @property
    def contact(self) -> bool:
        """It held ways to reach people."""
        return not CONTACT.isdisjoint(self.columns)


@dataclass
class Mine(Sheet):
    """The reader's own entry, with what concerns its privacy."""

    @property
    def own(self) -> bool:
        """It is."""
        return True

    def _may_see(self, action: Action, person_id: int | None) -> bool:
        """The own offices and roles stand on the own page too."""
        return action in _OF_ONESELF or super()._may_see(action, person_id)

    @property
    def href(self) -> str:
        """The page on privacy."""
        return link("privacy.page", slug=self.society.slug)

    @cached_property
    def audience(self) -> list[Seen]:
        """Who can see what."""
        today = current.today()
        return audience(queries.grants(session(), self.society.id, today), self.spell)

    @property
    def listed(self) -> Standing:
        """What fellow members may see, where the society has opened its directory."""
        return next(row for row in self.consents or () if row.purpose.key == DIRECTORY)

    @cached_property
    def branches(self) -> dict[int, str]:
        """The names of branches."""
        return queries.branch_names(session(), self.society.id)

    @cached_property
    def looks(self) -> list[Line]:
        """Who looked, and why."""
        return self.lines(queries.looks(session(), self.society.id, self.ids))

    @cached_property
    def files(self) -> list[Left]:
        """What left the house since the person came to the register."""
        since = datetime.combine(min(spell.starts_on for spell in self.spells), time(), UTC)
        rows = queries.files(session(), self.society.id, since)
        return [_left(row, line) for row, line in zip(rows, self._each(rows), strict=True)]

    def _each(self, rows: Sequence[Entry]) -> list[Line]:
        return [line for row in rows for line in self.lines([row])]

    @cached_property
    def changes(self) -> list[Line]:
        """What was written, as far as the journal is read here."""
        return self.lines(queries.changes(session(), self.society.id, self.ids))

    @cached_property
    def erasure(self) -> Erasure | None:
        """The newest request to be erased."""
        return requests.of_person(session(), self.society.id, self.ids)


def _left(row: Entry, line: Line) -> Left:
    return Left(line, row.after.get("rows", 0), row.after.get("columns", []))


def mine(spell: Membership) -> Mine:
    """The sheet of a spell that `load_own` found."""
    if spell.person is None:
        raise NotThere
    return Mine(own_society(spell), spell, spell.person)
