"""What applicants, members and staff may type about an application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import Field, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from registry.bodies.forms import NEEDED, DeedForm
from registry.core.codetables import TABLES
from registry.joining.admitting import Accept
from registry.joining.models import TRACKS, JoiningSettings, StepKind, Track
from registry.joining.services import Settle, Take, Typed
from registry.joining.tracks import ASKED, UNIT_FIELDS, UNIT_NEEDED
from registry.people.document_numbers import LABELS, DocumentError, DocumentKind, check, check_credit_code
from registry.people.forms import FactsForm, facts_form
from registry.people.models import Person
from registry.web.fields import DayField

_QUIET = {"autocomplete": "off"}
DOCUMENT = ("document_kind", "document_number", "document_country")


def _line(label: Any, length: int = 120, **more: Any) -> StringField:
    return StringField(label, [Length(max=length)], render_kw={**_QUIET, "maxlength": length, **more})


def _choice(label: Any, rows: Sequence[tuple[str, Any]]) -> SelectField:
    return SelectField(label, choices=list(rows), validate_choice=False)


def person_form(
    track: Track, typed: Typed, categories: Sequence[tuple[str, str]], recommenders: int
) -> FactsForm:
    """The form of a natural person's track, filled with what was typed before."""
    asked = ASKED[track]
    others: dict[str, Field] = {"category": _choice(_("会员类别"), categories)}
    kinds = [(str(kind), LABELS[kind]) for kind in asked.documents]
    others["document_kind"] = _choice(_("证件类型"), kinds)
    others["document_number"] = _line(_("证件号码"), 40)
    if DocumentKind.PASSPORT in asked.documents:
        countries = [("", _("未填")), *TABLES["country"].choices()]
        others["document_country"] = _choice(_("签发国家（护照）"), countries)
    for place in range(1, recommenders + 1):
        others[f"recommender_{place}"] = _line(_("推荐人 %(n)s 的会员号", n=place), 40)
    form = facts_form(asked.fields, Person(), others)
    if not form.is_submitted():
        _fill(form, typed)
    if asked.regions and "region" in form:
        rows = TABLES["region"].choices()
        form["region"].choices = [("", _("请选")), *(row for row in rows if row[0] in asked.regions)]
    return form


def _fill(form: FactsForm, typed: Typed) -> None:
    values = {**typed.facts, **{f"document_{key}": value for key, value in typed.document.items()}}
    values["category"] = typed.category
    values |= {f"recommender_{place}": number for place, number in enumerate(typed.recommenders, 1)}
    for key, value in values.items():
        if key in form and value:
            form[key].data = value


def typed_in(form: FactsForm) -> Typed:
    """Everything as it was typed, right or wrong."""
    document = {key.removeprefix("document_"): form[key].data or "" for key in DOCUMENT if key in form}
    numbers = [
        form[key].data.strip() for key in form.data if key.startswith("recommender_") and form[key].data
    ]
    facts = {fact.key: form[fact.key].data for fact in form.facts if form[fact.key].data}
    return Typed(facts, document, numbers, form["category"].data or "")


def complete(form: FactsForm, track: Track, recommenders: int) -> bool:
    """Whether it can be submitted; what lacks is said at its field."""
    well = form.validate()
    for key in ASKED[track].facts:
        if key in ASKED[track].needed and not form[key].data:
            _object(form[key], NEEDED)
            well = False
    for place in range(1, recommenders + 1):
        if not form[f"recommender_{place}"].data:
            _object(form[f"recommender_{place}"], _("请填写推荐您的会员的会员号"))
            well = False
    return bool(_proved(form) and well)


def _proved(form: FactsForm) -> bool:
    country = form["document_country"].data if "document_country" in form else None
    try:
        check(form["document_kind"].data or "", form["document_number"].data or "", country or None)
    except (DocumentError, ValueError) as error:
        _object(form["document_number"], str(error))
        return False
    return True


def _object(field: Field, reason: Any) -> None:
    field.errors = [*field.errors, reason]


class UnitForm(DeedForm):
    """An institution that applies, and whom to ask."""

    name = _line(_("单位名称"))
    credit_code = _line(_("统一社会信用代码"), 18)
    kind = _choice(_("单位类型"), [("", _("未填")), *TABLES["employer_kind"].choices()])
    address = _line(_("地址"), 300)
    representative = _line(_("单位代表的姓名"), 60)
    representative_number = _line(_("单位代表的会员号"), 40)
    contact = _line(_("联系人"), 60)
    phone = _line(_("电话"), 60, inputmode="tel")
    email = _line(_("邮箱"))
    category = _choice(_("会员类别"), [])

    def typed(self) -> Typed:
        """Everything as it was typed."""
        facts = {key: self[key].data for key in UNIT_FIELDS if self[key].data}
        return Typed(facts, category=self.category.data or "")

    def complete(self) -> bool:
        """Whether it can be submitted."""
        well = self.validate()
        for key in UNIT_NEEDED:
            if not self[key].data:
                _object(self[key], NEEDED)
                well = False
        if self.credit_code.data:
            try:
                check_credit_code(self.credit_code.data)
            except DocumentError as error:
                _object(self.credit_code, str(error))
                well = False
        return bool(well)


def unit_form(typed: Typed, categories: Sequence[tuple[str, str]]) -> UnitForm:
    """Filled with what was typed before."""
    form = UnitForm(data={**typed.facts, "category": typed.category})
    form.category.choices = list(categories)
    return form


class SettingsForm(DeedForm):
    """What a society asks of those who apply."""

    tracks = SelectMultipleField(
        _("接受哪些申请"),
        choices=[(str(key), _(word)) for key, word in TRACKS.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    recommenders = IntegerField(
        _("须有几名会员推荐"), [InputRequired(NEEDED), NumberRange(0, 2, _("0 到 2"))]
    )
    words = TextAreaField(_("写给申请人的话"), [Length(max=2000)])

    def command(self) -> Settle:
        """As typed."""
        return Settle(self.tracks.data or [], self.recommenders.data, self.words.data or "")


def settings_form(row: JoiningSettings | None) -> SettingsForm:
    """Filled with what stands."""
    standing: Mapping[str, Any] = (
        {"tracks": list(row.tracks), "recommenders": row.recommenders, "words": row.words} if row else {}
    )
    return SettingsForm(data=standing or {"recommenders": 0})


class TakeForm(DeedForm):
    """A step of the staff; only the inputs that it has are shown."""

    number = _line(_("会议或文号"))
    until = DayField(_("公示到"), [Optional()])
    words = TextAreaField(_("说明"), [Length(max=1000)])

    def only(self, kind: StepKind) -> TakeForm:
        """The inputs of one kind of step."""
        shown = {
            StepKind.APPROVED: ("number",),
            StepKind.FILED: ("number",),
            StepKind.NOTICED: ("until",),
        }.get(kind, ("words",))
        self.apart = tuple(name for name in ("number", "until", "words") if name not in shown)
        return self

    def command(self, kind: StepKind) -> Take:
        """As typed."""
        return Take(kind, self.words.data or "", self.number.data or "", self.until.data)


class AcceptForm(DeedForm):
    """The decision by which applicants become members."""

    meeting = StringField(_("作出决定的会议"), [InputRequired(NEEDED), Length(max=120)])
    decided_on = DayField(_("会议日期"), [InputRequired(NEEDED)])

    def command(self) -> Accept:
        """As typed."""
        return Accept(self.meeting.data, self.decided_on.data)


class PaperForm(DeedForm):
    """A file that belongs to an application."""

    sends_files = True
    file = FileField(_("文件"))

    @property
    def sent(self) -> tuple[str, bytes]:
        """Name and content."""
        file = request.files.get("file")
        return (file.filename or "", file.read()) if file else ("", b"")
