"""The tags of one member: shown on the member's page, added and taken off there."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g
from flask_babel import gettext as _

from registry.core.errors import NotThere, RuleBroken
from registry.core.policy import Action
from registry.core.subjects import Place
from registry.memberships.models import Membership
from registry.memberships.views import load_member
from registry.people.models import Person
from registry.tags import queries, services
from registry.tags.forms import TagForm
from registry.web import current
from registry.web.access import permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.pages import go, page, wants_part

bp = Blueprint("tags", __name__, url_prefix="/societies/<slug>/members/<number>/tags")


def _person(spell: Membership) -> Person:
    if spell.person is None:
        raise NotThere
    return spell.person


@bp.route("/", methods=["GET", "POST"])
@permit_on(Action.TAG_EDIT, load_member)
def index(spell: Membership) -> Response:
    """What the member bears, and one more."""
    form, person = TagForm(), _person(spell)
    status = attempt(form, lambda: add(spell, form.tag.data, [person.id]))
    if status is None:
        return _done(spell)
    return page("tags/page.html", "tags", status, form=form, **_context(spell))


@bp.post("/<int:tag_id>/remove")
@permit_on(Action.TAG_EDIT, load_member)
def remove(spell: Membership, tag_id: int) -> Response:
    """Take a tag off the member."""
    tag = queries.tag_of(session(), spell.society_id, tag_id)
    if tag is None:
        raise NotThere
    services.remove(session(), tag, [_person(spell).id])
    return _done(spell)


def add(spell: Membership, typed: str, people: list[int]) -> None:
    """Hang a tag on people; a word that is new to the society only by those who may tag all of it."""
    new = not queries.by_name(session(), spell.society_id, services.read_name(typed))
    if new and not current.allowed(Action.TAG_EDIT, Place(spell.society_id)):
        raise RuleBroken(_("本学会还没有这个标签；请秘书处先加，再选用"), "tag")
    services.add(session(), spell.society_id, typed, people)


def _done(spell: Membership) -> Response:
    if wants_part():
        return page("tags/page.html", "tags", form=TagForm(formdata=None), **_context(spell))
    return go(link("members.page", slug=g.society.slug, number=spell.number))


def _context(spell: Membership) -> dict[str, Any]:
    return {"spell": spell, "person": _person(spell), **borne(spell)}


def borne(spell: Membership) -> dict[str, Any]:
    """What `tags/chips.html` shows: the tags of the member, and the words offered to those who may add."""
    if spell.person_id is None:
        return {"tags": (), "tag_words": ()}
    offered = queries.tags(session(), spell.society_id) if current.allowed(Action.TAG_EDIT, spell) else ()
    held = queries.of_person(session(), spell.society_id, spell.person_id)
    return {"tags": held, "tag_words": [tag.name for tag in offered if tag not in held]}
