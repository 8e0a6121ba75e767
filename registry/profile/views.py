"""A member's own page: everything held, and what the member corrects alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import Blueprint, Response
from sqlalchemy import or_
from sqlalchemy.orm import Session

from registry.core.errors import NotThere
from registry.core.policy import Action, reach
from registry.members import editing
from registry.members.sheet import Part, Sheet
from registry.memberships.models import Membership
from registry.memberships.queries import spells, standing
from registry.memberships.services import edit_member
from registry.people.fields import SECTION
from registry.people.history import Line
from registry.profile import queries
from registry.societies.models import Society
from registry.societies.queries import societies
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit, permit_on
from registry.web.database import session
from registry.web.filters import link
from registry.web.pages import page as answer

bp = Blueprint("profile", __name__, url_prefix="/me")

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


def own_societies() -> Sequence[Society]:
    """The societies in which the reader has an entry."""
    spans = reach(current.grants(), Action.PROFILE_SEE)
    return societies(session(), or_(*(Society.id == span.society_id for span in spans)))


def load_own(session: Session, slug: str) -> Membership:
    """The spell by which the reader's own entry in a society is judged; raises `NotThere`."""
    society = load_society(session, slug)
    own = {span.society_id: span.person_id for span in reach(current.grants(), Action.PROFILE_SEE)}
    found = spells(session, society.id, own.get(society.id) or 0)
    if not found:
        raise NotThere
    return standing(found, current.today())


def _sheet(spell: Membership) -> OwnSheet:
    society = next(row for row in own_societies() if row.id == spell.society_id)
    if spell.person is None:
        raise NotThere
    return OwnSheet(society, spell, spell.person)


def _show(spell: Membership) -> Response:
    return answer("profile/page.html", view=_sheet(spell), societies=own_societies())


@bp.get("")
@permit(Action.PROFILE_SEE)
def index() -> Response:
    """What the first of the reader's societies holds."""
    return _show(load_own(session(), own_societies()[0].slug))


@bp.get("/<slug>")
@permit_on(Action.PROFILE_SEE, load_own)
def page(spell: Membership) -> Response:
    """What one society holds about the reader."""
    return _show(spell)


@bp.route("/<slug>/sections/<section>", methods=["GET", "POST"])
@permit_on(Action.PROFILE_SEE, load_own)
def section(spell: Membership, section: str) -> Response:
    """One section of the own entry; what is edited here is decided by the table of rights."""
    if section not in SECTION:
        raise NotThere
    return editing.section(_sheet(spell), SECTION[section], edit_member)
