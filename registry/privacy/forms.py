"""What may be typed about a consent on paper, a recipient abroad, and erasing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput

from registry.consents.models import LONGEST, REGIONS
from registry.consents.services import NameRecipient, Paper
from registry.core.codetables import TABLES
from registry.people.fields import FIELDS
from registry.privacy.models import GROUNDS
from registry.privacy.requests import Confirmed
from registry.web.fields import DayField

NEEDED = _("请填写")


def _typed(label: Any, length: int, **more: Any) -> StringField:
    wording = {"autocomplete": "off", "maxlength": length, **more}
    return StringField(label, [InputRequired(NEEDED), Length(max=length)], render_kw=wording)


class PaperForm(FlaskForm):  # type: ignore[misc]
    """A decision that somebody signed on paper."""

    given = RadioField(
        _("书面上写的是"),
        [InputRequired(_("请选一项"))],
        choices=[("yes", _("同意")), ("no", _("不同意，或撤回同意"))],
    )
    facts = SelectMultipleField(_("选出的各项"), option_widget=CheckboxInput())
    signed_on = DayField(_("签署日期"), [InputRequired(NEEDED)])
    evidence = _typed(_("书面存放在哪里"), 200, placeholder=_("例如：会员档案 2026-031"))

    def offer(self, keys: Sequence[str]) -> PaperForm:
        """The facts of which the paper chooses, where it does."""
        if keys:
            self.facts.choices = [(key, FIELDS[key].label) for key in keys]
        else:
            del self.facts
        return self

    @property
    def chosen(self) -> Sequence[str]:
        """What of them is agreed to."""
        return self.facts.data or () if self.facts else ()

    @property
    def agreed(self) -> bool:
        """What it says."""
        return bool(self.given.data == "yes")

    def command(self) -> Paper:
        """The paper."""
        return Paper(self.signed_on.data, self.evidence.data)


class RecipientForm(FlaskForm):  # type: ignore[misc]
    """Somebody abroad, with all that members must be told before they are asked."""

    name = _typed(_("境外接收方的名称"), 120, autofocus=True)
    country = SelectField(_("国家或地区"), [InputRequired(NEEDED)])
    contact = _typed(_("联系方式"), 200)
    purpose = _typed(_("处理目的"), LONGEST)
    way = _typed(_("处理方式"), LONGEST)
    facts = _typed(_("提供哪些资料"), LONGEST)
    rights = _typed(_("会员怎样向它行使权利"), LONGEST)

    def __init__(self, *given: Any, **more: Any) -> None:
        """The regions outside the mainland, then every other country."""
        super().__init__(*given, **more)
        regions = [(key, TABLES["region"].name(key)) for key in REGIONS]
        others = [row for row in TABLES["country"].choices() if row[0] not in {"CN", *REGIONS}]
        self.country.choices = [("", _("请选择")), *regions, *others]

    def command(self) -> NameRecipient:
        """The recipient as typed."""
        keys = ("name", "country", "contact", "purpose", "way", "facts", "rights")
        return NameRecipient(**{key: self[key].data.strip() for key in keys})


class AskForm(FlaskForm):  # type: ignore[misc]
    """The member's own wish, with the password once more."""

    words = TextAreaField(
        _("想说明的话（可以不填）"), [Length(max=500)], render_kw={"rows": 3, "maxlength": 500}
    )
    password = PasswordField(
        _("您的登录密码"),
        [InputRequired(_("请填写密码")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


class EnterForm(FlaskForm):  # type: ignore[misc]
    """A wish that came by letter or by word."""

    words = _typed(
        _("申请怎样提出、存放在哪里"), 500, placeholder=_("例如：本人 2026-11-20 来信，档案 2026-044")
    )


class RefuseForm(FlaskForm):  # type: ignore[misc]
    """Why it is not done; the member reads it."""

    answer = _typed(_("不予删除的理由"), 500)


class EraseForm(FlaskForm):  # type: ignore[misc]
    """The case of the law, and the number once more."""

    ground = RadioField(
        _("属于哪一种情形（个人信息保护法第四十七条）"),
        [InputRequired(_("请选一项"))],
        choices=[(key, _(word)) for key, word in GROUNDS.items()],
    )
    number = _typed(_("再写一遍会员号"), 40)

    def command(self) -> Confirmed:
        """As confirmed."""
        return Confirmed(self.ground.data, self.number.data)
