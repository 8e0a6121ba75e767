"""A section read, edited in place and saved; the same on a member's page and on the reader's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, request
from sqlalchemy.orm import Session

from registry.core.errors import NotAllowed
from registry.members.sheet import Sheet
from registry.people.fields import Section
from registry.people.forms import FactsForm, facts_form
from registry.people.models import Person
from registry.people.services import EditPerson
from registry.web import current
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.pages import go, page, wants_part

Edit = Callable[[Session, Person, EditPerson], Any]


def section(view: Sheet, section: Section, edit: Edit) -> Response:
    """GET shows the section, GET with `?edit` its form, POST saves."""
    if request.method == "POST" or "edit" in request.args:
        return _edit(view, section, edit)
    return _read(view, section)


def _read(view: Sheet, section: Section, *, saved: bool = False) -> Response:
    """For a browser without script the section stands on its page."""
    part = view.part(section)
    if not part.facts:
        raise NotAllowed
    if not wants_part():
        return go(f"{view.href}#section-{section.key}")
    return page("members/section.html", "part", view=view, part=part, form=None, saved=saved)


def _edit(view: Sheet, section: Section, edit: Edit) -> Response:
    facts = section.edited(current.grants(), view.spell)
    if not facts:
        raise NotAllowed
    form = facts_form(facts, view.person)
    status = attempt(form, lambda: edit(session(), view.person, form.command()))
    if status is None:
        return _read(view, section, saved=True)
    return _answer(view, section, form, status)


def _answer(view: Sheet, section: Section, form: FactsForm, status: int) -> Response:
    if form.stale:
        form.renew(view.person)
    return page("members/section.html", "part", status, view=view, part=view.part(section), form=form)
