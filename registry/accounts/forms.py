"""What may be typed to sign in, and to open an account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, Regexp

from registry.accounts.inviting import Activate
from registry.accounts.services import SHORTEST_PASSWORD


class SignInForm(FlaskForm):  # type: ignore[misc]
    """User name and password."""

    username = StringField(
        _("用户名"),
        [InputRequired(_("请填写用户名")), Length(max=80)],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        _("密码"),
        [InputRequired(_("请填写密码")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


def _password_in_force() -> PasswordField:
    return PasswordField(
        _("现在的密码"),
        [InputRequired(_("请填写现在的密码")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


def _letter_code() -> StringField:
    return StringField(
        _("信上的验证码"),
        [InputRequired(_("请填写信上的验证码")), Length(max=80)],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"},
    )


def _new_password() -> tuple[PasswordField, PasswordField]:
    """Typed twice."""
    once = [
        InputRequired(_("请定一个密码")),
        Length(min=SHORTEST_PASSWORD, max=200, message=_("密码至少 10 个字符")),
    ]
    twice = [InputRequired(_("请再写一遍密码")), EqualTo("password", _("两遍密码不一样"))]
    wording = {"autocomplete": "new-password"}
    return (
        PasswordField(_("密码"), once, render_kw=wording),
        PasswordField(_("再写一遍密码"), twice, render_kw=wording),
    )


class ActivateForm(FlaskForm):  # type: ignore[misc]
    """The code of the letter or link, and what whoever was invited chooses."""

    code = _letter_code()
    username = StringField(
        _("用户名"),
        [InputRequired(_("请自己定一个用户名")), Length(min=3, max=80, message=_("用户名 3 到 80 个字符"))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password, again = _new_password()

    def command(self) -> Activate:
        """What was chosen."""
        return Activate(self.code.data, self.username.data, self.password.data)


class RegainForm(FlaskForm):  # type: ignore[misc]
    """The code of the letter or link, and another password."""

    code = _letter_code()
    password, again = _new_password()


class ForgotForm(FlaskForm):  # type: ignore[misc]
    """The address of the account."""

    address = StringField(
        _("邮箱"),
        [InputRequired(_("请填写邮箱")), Length(max=200)],
        render_kw={"type": "email", "autocomplete": "email", "autofocus": True},
    )


class ResetForm(FlaskForm):  # type: ignore[misc]
    """Another password, and the link that stands for the forgotten one."""

    secret = HiddenField(validators=[Length(max=80)])
    password, again = _new_password()


class AddressForm(FlaskForm):  # type: ignore[misc]
    """Another address, and what proves that its holder asks; the code where the account asks for one."""

    address = StringField(
        _("新邮箱"),
        [
            InputRequired(_("请填写新邮箱")),
            Length(max=200),
            Regexp(r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*\Z", message=_("邮箱格式不对，应像 name@example.cn")),
        ],
        render_kw={"type": "email", "autocomplete": "email"},
    )
    now = _password_in_force()
    code = StringField(
        _("验证码"),
        [InputRequired(_("请填写验证码")), Length(max=20)],
        render_kw={"autocomplete": "one-time-code"},
    )


class PressForm(FlaskForm):  # type: ignore[misc]
    """Only that a button was pressed: a link that a machine looks at does nothing yet."""


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code of the app, or one kept for its loss."""

    code = StringField(
        _("验证码"),
        [InputRequired(_("请填写验证码")), Length(max=20)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True},
    )


class OwnPasswordForm(FlaskForm):  # type: ignore[misc]
    """The password in force, and another one."""

    now = _password_in_force()
    password, again = _new_password()
