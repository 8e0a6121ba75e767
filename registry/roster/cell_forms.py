"""What may be typed into a cell: one fact of a person, or one of what a spell of membership says."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field as Input
from wtforms import HiddenField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from registry.core.codetables import TABLES
from registry.core.errors import Stale
from registry.core.policy import Action
from registry.memberships.forms import key_or_none
from registry.memberships.models import Membership
from registry.memberships.services import Change, Correct
from registry.people.fields import Field
from registry.people.forms import FactsForm, facts_form
from registry.people.models import Person
from registry.societies.models import Branch, Category
from registry.web.fields import DayField
from registry.web.picking import PICKER, choices


@dataclass(frozen=True)
class Shown:
    """A thing that a spell says, as the catalogue of facts describes one of a person."""

    key: str
    label: Any
    edit: Action = Action.MEMBERSHIP_EDIT
    kind: str = "code"


PLACES = {"category": Shown("category", _("类别")), "branch": Shown("branch", _("分支机构"))}
JOINED = Shown("joined", _("入会"), kind="date")


def fact_form(fact: Field, person: Person) -> FactsForm:
    """The form of one fact; what is coded is picked from a list."""
    make = _PICKED.get(fact.kind)
    return facts_form([fact], person, {fact.key: make(fact)} if make else {})


def _code(fact: Field) -> Input:
    return _picker(fact.label, [("", _("未填")), *TABLES[fact.table or ""].choices()], validate_choice=False)


def _flag(fact: Field) -> Input:
    return _picker(fact.label, [("yes", _("是")), ("no", _("否")), ("", _("未知"))], validate_choice=False)


def _codes(fact: Field) -> Input:
    offered = choices(TABLES[fact.table or ""].choices())
    return SelectMultipleField(fact.label, choices=offered, validate_choice=False, render_kw=dict(PICKER))


_PICKED: Mapping[str, Callable[[Field], Input]] = {"code": _code, "flag": _flag, "codes": _codes}


def _picker(label: Any, pairs: Sequence[tuple[Any, Any]], **more: Any) -> SelectField:
    return SelectField(label, choices=choices(pairs), render_kw=dict(PICKER), **more)


class SpellForm(FlaskForm):  # type: ignore[misc]
    """One thing of a spell; `was` is what the page had shown, so that only the same cell is in conflict."""

    facts: ClassVar[tuple[Shown, ...]] = ()
    suggestions: ClassVar[Mapping[str, list[str]]] = {}
    stale: Stale | None = None
    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    was = HiddenField()

    @property
    def inputs(self) -> list[Input]:
        """The one input."""
        return [self[self.facts[0].key]]

    @property
    def extras(self) -> list[Input]:
        """What is asked besides."""
        return [self["why"]] if "why" in self else []

    @property
    def conflicts(self) -> Mapping[str, tuple[str, str]]:
        """Mine and theirs, where another saved meanwhile."""
        return self.stale.both if self.stale else {}

    def refuse_overtaken(self, spell: Membership, mine: str, theirs: str) -> None:
        """Raise `Stale` where the page had shown something else than what stands."""
        shown = self.was.data
        if shown and shown != standing(spell, self.facts[0].key) and mine != theirs:
            raise Stale(mine, theirs, spell.version, {self.facts[0].key: (mine, theirs)})

    def renew(self, spell: Membership) -> None:
        """After a conflict: sent again, the form counts as made against what stands now."""
        self.was.data = standing(spell, self.facts[0].key)


def standing(spell: Membership, key: str) -> str:
    """What stands, as `was` holds it."""
    held = {"category": spell.category_id, "branch": spell.branch_id, "joined": str(spell.starts_on)}
    return json.dumps(held[key])


class PlaceForm(SpellForm):
    """Another category or branch, from a day on."""

    def change(self, spell: Membership, day: date) -> Change:
        """The spell with this one thing otherwise."""
        places = {"category": spell.category_id, "branch": spell.branch_id}
        places[self.facts[0].key] = self.inputs[0].data
        return Change(day, places["category"] or 0, places["branch"])


class JoinedForm(SpellForm):
    """The day of joining set right; whoever corrects says why."""

    joined = DayField(_("入会日期"), [InputRequired(_("请填写日期"))])
    why = StringField(_("更正原因"), [Length(max=200)], render_kw={"maxlength": 200, "autocomplete": "off"})

    def correct(self, spell: Membership) -> Correct:
        """The spell as it stands but for the day."""
        kept = ("category_id", "branch_id", "number", "ends_on", "end_reason", "remark")
        held = {key: getattr(spell, key) for key in kept}
        return Correct(starts_on=self.joined.data, why=self.why.data or "", **held)


def place_form(spell: Membership, key: str, rows: Sequence[Category] | Sequence[Branch]) -> PlaceForm:
    """A picker among the categories or branches."""
    pairs: list[tuple[Any, Any]] = [(row.id, row.name) for row in rows]
    if key == "branch":
        pairs = [("", gettext("不属于分支机构")), *pairs]
    field = _picker(PLACES[key].label, pairs, coerce=key_or_none)
    made = type("PlaceForm", (PlaceForm,), {key: field, "facts": (PLACES[key],)})
    held = {"category": spell.category_id, "branch": spell.branch_id or ""}
    form: PlaceForm = made(data={key: held[key], "version": spell.version, "was": standing(spell, key)})
    return form


def joined_form(spell: Membership) -> JoinedForm:
    """Filled with the day that stands."""
    made = type("JoinedForm", (JoinedForm,), {"facts": (JOINED,)})
    data = {"joined": spell.starts_on, "version": spell.version, "was": standing(spell, "joined")}
    form: JoinedForm = made(data=data)
    return form
