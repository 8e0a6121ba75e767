"""Whom to invite, and how; whose account to recover, and why."""

from __future__ import annotations

import re

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Membership numbers, and whether those who have an address get a mail."""

    numbers = TextAreaField(
        _("会员号"),
        [InputRequired(_("请填写会员号"))],
        render_kw={"rows": 4, "autocomplete": "off", "spellcheck": "false"},
        description=_("一行一个，或用逗号、空格隔开，最多 200 个"),
    )
    way = RadioField(_("怎样邀请"), [InputRequired(_("请选一项"))])

    def offer(self, mails: bool) -> InviteForm:
        """Without a mail server there are only letters."""
        letters = ("letter", gettext("都打印成信"))
        self.way.choices = (
            [("mail", gettext("有邮箱的发邮件，没有的打印成信")), letters] if mails else [letters]
        )
        if self.way.data not in dict(self.way.choices):
            self.way.data = self.way.choices[0][0]
        return self

    def wanted(self) -> list[str]:
        """The numbers, each once."""
        return list(dict.fromkeys(word for word in re.split(r"[\s,，;；、]+", self.numbers.data) if word))


class RecoverForm(FlaskForm):  # type: ignore[misc]
    """What was lost, and how it is known that the holder asks."""

    reason = TextAreaField(
        _("事由：丢了什么，怎样核实是本人"),
        [InputRequired(_("请写明事由")), Length(max=500)],
        render_kw={"rows": 3, "maxlength": 500},
    )


class ApproveForm(FlaskForm):  # type: ignore[misc]
    """How the way in goes to the holder."""

    way = RadioField(_("怎样给本人"), [InputRequired(_("请选一项"))])

    def offer(self, *, mails: bool) -> ApproveForm:
        """A mail only to the address that the account has."""
        letter = ("letter", gettext("打印成信"))
        mail = ("mail", gettext("寄到账号的邮箱"))
        self.way.choices = [letter, mail] if mails else [letter]
        return self
