"""What may be typed about an office: given, set right, ended, voided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from registry.bodies.deciding import Decide
from registry.bodies.forms import NEEDED, DeedForm, version_field, why_field, words_field
from registry.bodies.models import BEGUN, ENDED, Post, Tenure, Term
from registry.bodies.services import Appoint, CorrectTenure, EndTenure
from registry.web.fields import DayField

FULL_TIME = {"": None, "yes": True, "no": False}


class OfficeForm(DeedForm):
    """The facts that appointing and correcting share."""

    post_id = SelectField(_("职务"), coerce=int)
    starts_on = DayField(_("任职日期"), [InputRequired(NEEDED)])
    planned_end_on = DayField(_("计划届满日"))
    begun_by = RadioField(_("产生方式"), choices=list(BEGUN.items()), default="elected")
    full_time = RadioField(
        _("专职或兼职"), choices=[("yes", _("专职")), ("no", _("兼职")), ("", _("未知"))], default=""
    )
    nominated_by = words_field(_("推荐单位"))
    filing = words_field(_("备案号"))
    approval = words_field(_("干部管理部门批准文号"))
    meeting = words_field(_("作出决定的会议"))
    decided_on = DayField(_("决议日期"))
    legal_representative = BooleanField(_("担任法定代表人"))

    def offer(self, posts: Iterable[Post]) -> None:
        """The posts of the body."""
        self.post_id.choices = [(row.id, row.name) for row in posts]

    def facts(self) -> dict[str, Any]:
        """What both commands have."""
        keys = ("post_id", "starts_on", "planned_end_on", "begun_by", "legal_representative")
        texts = {key: (self[key].data or "").strip() for key in ("nominated_by", "filing", "approval")}
        return {
            **{key: self[key].data for key in keys},
            **texts,
            "full_time": FULL_TIME[self.full_time.data or ""],
            "decision": decision(self.meeting.data, self.decided_on.data or self.starts_on.data),
        }


def decision(meeting: str | None, day: date) -> Decide | None:
    """The decision behind a deed, where one was named."""
    return Decide(meeting.strip(), day) if meeting and meeting.strip() else None


class AppointForm(OfficeForm):
    """An office to be given."""

    order = ("person", "post_id")
    person = StringField(
        _("人选"), [InputRequired(NEEDED), Length(max=120)], render_kw={"autocomplete": "off"}
    )
    person_id = IntegerField(validators=[Optional()])
    apart = ("person_id",)

    def pick_from(self, url: str) -> None:
        """With script the candidates follow what is typed; without, they stand in the answer."""
        self.person.beneath = "bodies/candidates.html"
        self.person.render_kw |= {
            "hx-get": url,
            "hx-trigger": "input changed delay:200ms",
            "hx-target": "next .candidates",
            "hx-swap": "outerHTML",
            "hx-sync": "this:replace",
        }

    def command(self, person_id: int, term: Term) -> Appoint:
        """The office as typed."""
        return Appoint(person_id=person_id, term_id=term.id, **self.facts())


class CorrectForm(OfficeForm):
    """An office to be set right."""

    order = ("post_id", "starts_on", "planned_end_on", "ends_on", "ended_by")
    ends_on = DayField(_("离任日期"))
    ended_by = SelectField(_("离任原因"), choices=[("", _("未离任")), *ENDED.items()])
    why = why_field()
    version = version_field()

    def command(self) -> CorrectTenure:
        """The office as it should have stood."""
        return CorrectTenure(
            **self.facts(),
            ends_on=self.ends_on.data,
            ended_by=self.ended_by.data or None,
            decision_id=None,
            why=self.why.data,
            version=self.version.data,
        )


class EndForm(DeedForm):
    """An office that ends."""

    on = DayField(_("离任日期"), [InputRequired(NEEDED)])
    ended_by = RadioField(
        _("离任原因"), choices=list(ENDED.items()), validators=[InputRequired(_("请选离任原因"))]
    )
    meeting = words_field(_("作出决定的会议"))
    decided_on = DayField(_("决议日期"))
    version = version_field()

    def command(self) -> EndTenure:
        """The end as typed."""
        decided = decision(self.meeting.data, self.decided_on.data or self.on.data)
        return EndTenure(self.on.data, self.ended_by.data, decision=decided, version=self.version.data)


class VoidForm(DeedForm):
    """An office that was never true."""

    grave = True
    why = why_field()
    version = version_field()


def standing(row: Tenure, meeting: str, decided_on: date | None) -> dict[str, Any]:
    """A tenure as `CorrectForm` is filled with it."""
    keys = ("post_id", "starts_on", "planned_end_on", "ends_on", "begun_by", "ended_by", "version")
    more = ("legal_representative", "nominated_by", "filing", "approval")
    full_time = next(key for key, value in FULL_TIME.items() if value is row.full_time)
    facts = {key: getattr(row, key) for key in (*keys, *more)}
    return {**facts, "full_time": full_time, "meeting": meeting, "decided_on": decided_on}
