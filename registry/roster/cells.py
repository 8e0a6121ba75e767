"""The cells of the roster edited in place: each opens as a form, saves, and offers the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Blueprint, Response, g, request, url_for
from flask_babel import gettext as _

from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.journal.services import under_way
from registry.memberships.models import Membership
from registry.memberships.services import change, correct, edit_member
from registry.memberships.views import load_member
from registry.people.fields import FIELDS, Field
from registry.people.forms import FactsForm
from registry.roster import cell_forms
from registry.roster.cell_forms import JOINED, PLACES, JoinedForm, PlaceForm, Shown
from registry.roster.written import of_fact
from registry.societies import queries as societies
from registry.undoing.views import offer, offered
from registry.web import current
from registry.web.access import demand, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.pages import go, page, wants_part

bp = Blueprint("cells", __name__)


@bp.route("/societies/<slug>/members/<number>/facts/<key>", methods=["GET", "POST"])
@permit_on(Action.ROSTER_SEE, load_member)
def cell(spell: Membership, key: str) -> Response:
    """One thing of a row: GET its form, GET with `?read` the thing again, POST saves."""
    kind = next((kind for keys, kind in KINDS if key in keys), None)
    if kind is None or spell.person is None:
        raise NotThere
    found = kind(spell, key)
    demand(found.fact.edit, spell)
    if "read" in request.args:
        return _answer("reading", found)
    status = attempt(found.form, found.save)
    if status is None:
        return _saved(found)
    if found.form.stale:
        found.renew()
    return _answer("form", found, status)


@dataclass
class Cell:
    """One cell: its form, what saving it does, and what stands in it in words."""

    spell: Membership
    key: str

    @property
    def fact(self) -> Field | Shown:
        """Key, label and the right to edit."""
        return FIELDS[self.key]

    @cached_property
    def form(self) -> Any:
        """The form, filled with what stands."""
        return cell_forms.fact_form(FIELDS[self.key], self.spell.person)  # type: ignore[arg-type]

    def save(self) -> Any:
        """Do what the form asks."""
        form: FactsForm = self.form
        return edit_member(session(), self.spell.person, form.command())  # type: ignore[arg-type]

    def renew(self) -> None:
        """After a conflict the form counts as made against what stands now."""
        self.form.renew(self.spell.person)

    @property
    def words(self) -> str:
        """What stands, as people read it."""
        return of_fact(self.key)(self.spell.person)

    @property
    def hint(self) -> str:
        """What one should know before saving."""
        return ""


class PlaceCell(Cell):
    """Category or branch: the world moved, from today on."""

    @property
    def fact(self) -> Shown:
        """Key, label and the right to edit."""
        return PLACES[self.key]

    @cached_property
    def form(self) -> PlaceForm:
        """A picker among those that can be chosen today."""
        society_id, day = self.spell.society_id, current.today()
        if self.key == "category":
            fitting = [row for row in societies.categories(session(), society_id) if not row.for_units]
            return cell_forms.place_form(self.spell, self.key, fitting)
        found = societies.branches(session(), society_id)
        open_now = [row for row in found if row.period.holds(day) or row is self.spell.branch]
        return cell_forms.place_form(self.spell, self.key, open_now)

    def save(self) -> None:
        """A spell ends and the next begins; what is as it was changes nothing."""
        form = self.form
        names = {choice.value: str(choice.label) for choice in self.form.inputs[0].choices}
        picked = form.inputs[0].data
        form.refuse_overtaken(self.spell, names.get(picked, ""), self.words)
        if picked != getattr(self.spell, f"{self.key}_id"):
            self.spell = change(session(), self.spell, form.change(self.spell, current.today()))

    def renew(self) -> None:
        """As for facts."""
        self.form.renew(self.spell)

    @property
    def words(self) -> str:
        """The name."""
        place = getattr(self.spell, self.key)
        return place.name if place else ""

    @property
    def hint(self) -> str:
        """A change is no correction."""
        return str(_("自今日（%(day)s）起", day=current.today()))


class JoinedCell(Cell):
    """The day of joining: the register was wrong, so a reason is asked for."""

    @property
    def fact(self) -> Shown:
        """Key, label and the right to edit."""
        return JOINED

    @cached_property
    def form(self) -> JoinedForm:
        """A day and a reason."""
        return cell_forms.joined_form(self.spell)

    def save(self) -> None:
        """Correct the spell; what is as it was changes nothing."""
        form = self.form
        form.refuse_overtaken(self.spell, str(form.joined.data), self.words)
        if form.joined.data != self.spell.starts_on:
            correct(session(), self.spell, form.correct(self.spell))

    def renew(self) -> None:
        """As for facts."""
        self.form.renew(self.spell)

    @property
    def words(self) -> str:
        """As tables write days."""
        return str(self.spell.starts_on)

    @property
    def hint(self) -> str:
        """To correct is not to change."""
        return str(_("更正：登记错了才改，原因记入日志"))


KINDS: tuple[tuple[Any, Callable[[Membership, str], Cell]], ...] = (
    (FIELDS, Cell),
    (PLACES, PlaceCell),
    ((JOINED.key,), JoinedCell),
)


def _saved(found: Cell) -> Response:
    """The thing as it stands now, with the way back where something was changed."""
    act, words = under_way(session()), _done(found)
    if wants_part():
        undo = offered(g.society, act.id, words) if act else None
        return _answer("reading", found, saved=True, offer=undo)
    if act:
        offer(g.society, act.id, words)
    return go(_way_back(found.spell))


def _done(found: Cell) -> str:
    """What was done, as the clerk would say it."""
    name, fact = found.spell.person.name if found.spell.person else "", found.fact.label
    if not found.words:
        return str(_("已清空 %(name)s 的%(fact)s", name=name, fact=fact))
    return str(_("已把 %(name)s 的%(fact)s改为 %(value)s", name=name, fact=fact, value=found.words))


def _answer(block: str, found: Cell, status: int = 200, **more: Any) -> Response:
    spell = found.spell
    href = url_for("cells.cell", slug=g.society.slug, number=spell.number, key=found.key)
    return page(
        "roster/cell.html",
        block,
        status,
        cell=found,
        spell=spell,
        form=found.form,
        fact=found.fact,
        href=href,
        words=found.words,
        back=_way_back(spell),
        **more,
    )


def _way_back(spell: Membership) -> str:
    """The roster as it was narrowed when the cell was opened, for browsers without script."""
    roster = url_for("roster.index", slug=g.society.slug)
    came = request.form.get("back") or urlsplit(request.referrer or "")
    way = came if isinstance(came, str) else f"{came.path}?{came.query}"
    return way if way.split("?")[0] == roster else f"{roster}?q={quote(spell.number)}"
