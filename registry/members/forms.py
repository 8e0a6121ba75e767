"""What may be typed about a new member, a document, and why a document is looked at."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from registry.core.codetables import TABLES
from registry.members.services import EnterMember
from registry.memberships.forms import AdmitForm
from registry.people.documents import LABELS, DocumentKind
from registry.people.fields import FIELDS
from registry.people.services import AddDocument
from registry.web.fields import DayField

_QUIET = {"autocomplete": "off"}
_FACTS = ("name", "sex", "birth", "region", "nationality", "employer", "phone")


def _of_table(key: str) -> SelectField:
    choices = [("", _("未填")), *TABLES[FIELDS[key].table or ""].choices()]
    return SelectField(FIELDS[key].label, choices=choices, validate_choice=False)


def _kind(label: Any, *empty: tuple[str, Any]) -> SelectField:
    choices = [*empty, *((str(kind), name) for kind, name in LABELS.items())]
    return SelectField(label, choices=choices, default=choices[0][0])


def _country() -> SelectField:
    choices = [("", _("未填")), *TABLES["country"].choices()]
    return SelectField(_("签发国家（护照）"), choices=choices, validate_choice=False)


def _typed(label: Any, length: int, **more: Any) -> StringField:
    return StringField(label, [Length(max=length)], render_kw={**_QUIET, "maxlength": length, **more})


class NewMemberForm(AdmitForm):
    """A person, the document if at hand, and the spell."""

    name = StringField(
        _("姓名"), [InputRequired(_("请填写姓名")), Length(max=120)], render_kw={**_QUIET, "autofocus": True}
    )
    sex = _of_table("sex")
    birth = _typed(_("出生日期"), 20)
    region = _of_table("region")
    nationality = _of_table("nationality")
    employer = _typed(_("工作单位"), 200)
    phone = _typed(_("电话"), 60, inputmode="tel")
    document_kind = _kind(_("证件类型"), ("", _("暂不登记")))
    document_number = _typed(_("证件号码"), 40)
    document_country = _country()
    another = BooleanField(_("看过了，不是同一个人，照样登记"))

    def validate(self, extra_validators: Any = None) -> bool:
        """A number without its kind could be anything."""
        well = bool(super().validate(extra_validators))
        if self.document_number.data and not self.document_kind.data:
            self.document_kind.errors = [_("请选证件类型")]
            return False
        return well

    def entry(self) -> EnterMember:
        """All that was typed."""
        facts = {key: self[key].data or "" for key in _FACTS}
        return EnterMember(facts, self.command(), self._document(), self.another.data)

    def _document(self) -> AddDocument | None:
        if not self.document_kind.data:
            return None
        typed = (self.document_kind.data, self.document_number.data or "", self.document_country.data or None)
        return AddDocument(*typed)


class DocumentForm(FlaskForm):  # type: ignore[misc]
    """An identity document."""

    kind = _kind(_("证件类型"))
    number = StringField(
        _("证件号码"),
        [InputRequired(_("请填写证件号码")), Length(max=40)],
        render_kw={**_QUIET, "maxlength": 40},
    )
    country = _country()
    valid_until = DayField(_("有效期至"), [Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """A passport is some country's."""
        well = bool(super().validate(extra_validators))
        if self.kind.data == DocumentKind.PASSPORT and not self.country.data:
            self.country.errors = [_("护照须注明签发国家")]
            return False
        return well

    def command(self) -> AddDocument:
        """The document as typed."""
        typed = (self.kind.data, self.number.data, self.country.data or None, self.valid_until.data)
        return AddDocument(*typed)


class RevealForm(FlaskForm):  # type: ignore[misc]
    """Why the number is looked at; the member reads it."""

    reason = StringField(
        _("查看原因"),
        [InputRequired(_("请写明查看原因；本人可以看到这条记录")), Length(max=200)],
        render_kw={**_QUIET, "maxlength": 200, "autofocus": True},
    )
