"""What may be typed of a view, and of the columns shown."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from registry.arrangements.models import LONGEST_NAME
from registry.core.errors import Stale


class ViewForm(FlaskForm):  # type: ignore[misc]
    """A view's name, and whether the whole society reads it."""

    stale: Stale | None = None
    name = StringField(
        _("名字"),
        [InputRequired(_("请给视图起一个名字")), Length(max=LONGEST_NAME)],
        render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"},
    )
    shared = BooleanField(_("全学会共享"))
    version = IntegerField(validators=[Optional()], widget=HiddenInput())


def read_columns(typed: Any) -> list[str]:
    """The columns shown, in their order, after one was moved `up` or `down`."""
    shown: list[str] = typed.getlist("shown")
    for way, step in (("up", -1), ("down", 1)):
        moved(shown, typed.get(way, ""), step)
    return shown


def moved(keys: list[str], key: str, step: int) -> None:
    """Let a key and its neighbour change places; at an end nothing happens."""
    if key not in keys:
        return
    here = keys.index(key)
    there = min(max(here + step, 0), len(keys) - 1)
    keys[here], keys[there] = keys[there], keys[here]
