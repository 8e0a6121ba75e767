"""What may be typed to send a list, and what is decided of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from registry.bodies.forms import NEEDED, words_field
from registry.bodies.models import Body, Term
from registry.core.errors import RuleBroken
from registry.lists.judged import NEW, SKIP, Judged, State
from registry.lists.kinds.councils import CouncilList
from registry.lists.kinds.units import UnitList
from registry.lists.models import ListKind
from registry.lists.services import Send
from registry.societies.models import Category
from registry.web.fields import DayField

LONGEST = 200_000


class ListForm(FlaskForm):  # type: ignore[misc]
    """A list pasted, or sent as a file."""

    text = TextAreaField(_("粘贴名单"), [Length(max=LONGEST)])
    file = FileField(_("或选一个文件"))

    def asked(self) -> CouncilList | UnitList | None:
        """What is to be known of the list as a whole."""
        return None

    def command(self, kind: ListKind, filename: str, content: bytes) -> Send:
        """The list as sent; a file goes before pasted words."""
        return Send(kind, self.text.data or "", filename if content else "", content, self.asked())


class CouncilForm(ListForm):
    """The list of one 届."""

    body_id = SelectField(_("机构"), coerce=int)
    ordinal = IntegerField(_("第几届"), [InputRequired(NEEDED), NumberRange(1, 200, _("请填 1–200 的整数"))])
    starts_on = DayField(_("本届开始"))
    planned_end_on = DayField(_("计划届满"))
    ends_on = DayField(_("实际结束"))
    meeting = words_field(_("作出决定的会议"))
    decided_on = DayField(_("会议日期"))
    post = StringField(_("没有标题的人担任"), [Length(max=40)], default=_("理事"))
    category_id = SelectField(_("新登记的人属于"), coerce=int)
    bodies: Sequence[Body] = ()

    def offer(self, bodies: Sequence[Body], categories: Iterable[Category]) -> None:
        """Bodies of the society, and categories of persons."""
        self.bodies = bodies
        self.body_id.choices = [(row.id, row.name) for row in bodies]
        self.category_id.choices = [(row.id, row.name) for row in categories if not row.for_units]

    def _term(self) -> Term | None:
        mine = (term for body in self.bodies if body.id == self.body_id.data for term in body.terms)
        return next((term for term in mine if term.ordinal == self.ordinal.data), None)

    def asked(self) -> CouncilList:
        """A 届 on record has its days already; another needs them."""
        known = self._term()
        starts_on = known.starts_on if known else _needed(self.starts_on)
        planned = known.planned_end_on if known else _needed(self.planned_end_on)
        return CouncilList(
            self.body_id.data,
            self.ordinal.data,
            starts_on,
            planned,
            known.ends_on if known else self.ends_on.data,
            (self.meeting.data or "").strip(),
            self.decided_on.data or starts_on,
            (self.post.data or "").strip(),
            self.category_id.data,
        )


def _needed(field: DayField) -> date:
    if field.data is None:
        raise RuleBroken(gettext("这一届还没有登记，请填写"), field.short_name)
    day: date = field.data
    return day


class UnitsForm(ListForm):
    """A list of unit members."""

    category_id = SelectField(_("没有写类别的属于"), coerce=int)
    starts_on = DayField(_("没有写入会日期的自"), [InputRequired(NEEDED)])

    def offer(self, categories: Iterable[Category]) -> None:
        """Categories of units."""
        self.category_id.choices = [(row.id, row.name) for row in categories if row.for_units]

    def asked(self) -> UnitList:
        """What holds for rows that do not tell it."""
        return UnitList(self.category_id.data, self.starts_on.data)


def read_choices(form: Mapping[str, str], rows: Sequence[Judged]) -> dict[str, str]:
    """By place in the list what was chosen; `all` is the same for every doubtful row."""
    typed = {key.removeprefix("row-"): value for key, value in form.items() if key.startswith("row-")}
    chosen = {
        place: value
        for place, value in typed.items()
        if place.isdigit() and int(place) < len(rows) and _may(rows[int(place)], value)
    }
    if "all" in form:
        chosen |= {str(place): word for place, row in enumerate(rows) if (word := _same(row, form["all"]))}
    return chosen


def _may(row: Judged, value: str) -> bool:
    return value in {"", NEW, SKIP, *(str(candidate.id) for candidate in row.candidates)}


def _same(row: Judged, word: str) -> str:
    """`one`: whoever alone bears the name."""
    if row.state == State.REFUSED:
        return SKIP if word == SKIP else ""
    if row.state != State.DOUBTFUL:
        return ""
    if word == "one":
        return str(row.candidates[0].id) if len(row.candidates) == 1 else ""
    return word if word in {NEW, SKIP} else ""


def data_of(kind: ListKind, today: date) -> dict[str, Any]:
    """What a new form probably is."""
    return {"starts_on": today} if kind == ListKind.UNITS else {}
