"""Tags, as they are typed and chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from registry.tags.models import LONGEST

_TYPED = {"maxlength": LONGEST, "autocomplete": "off"}


class TagForm(FlaskForm):  # type: ignore[misc]
    """A word, one of those in use or a new one."""

    tag = StringField(
        _("加标签"),
        [InputRequired(_("请填写标签")), Length(max=LONGEST)],
        render_kw={**_TYPED, "list": "tag-names"},
    )


class RenameForm(FlaskForm):  # type: ignore[misc]
    """Another word."""

    name = StringField(
        _("改名为"), [InputRequired(_("请填写标签")), Length(max=LONGEST)], render_kw=dict(_TYPED)
    )


class MergeForm(FlaskForm):  # type: ignore[misc]
    """Another tag of the society."""

    into = SelectField(_("并入"), [InputRequired(_("请选另一个标签"))])

    def offer(self, others: Iterable[Any]) -> None:
        """`others` have id and name."""
        self.into.choices = [("", _("请选")), *((str(row.id), row.name) for row in others)]
