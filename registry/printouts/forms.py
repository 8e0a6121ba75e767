"""What may be typed of a layout, and what the address of a list asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from registry.arrangements.forms import read_columns
from registry.core.errors import Stale
from registry.printouts.kinds import Kind
from registry.printouts.layouts import ACROSS, ORDERS, PAPERS, SIZES, STYLES, Layout

_SIZE = {"table": 18, "names": 24}
"""What suits a style that is chosen for once."""
_NEEDED = _("这一项必须填写")


class LayoutForm(FlaskForm):  # type: ignore[misc]
    """A layout as it is typed; the columns are no field, for their order counts."""

    stale: Stale | None = None
    title = StringField(_("标题"), [InputRequired(_NEEDED), Length(max=120)])
    subtitle = StringField(_("副标题"), [Length(max=200)])
    style = RadioField(_("样式"), choices=list(STYLES.items()))
    order = SelectField(_("次序"))
    size = SelectField(_("字号"), coerce=int)
    paper = SelectField(_("纸张（A4）"), choices=list(PAPERS.items()))
    across = SelectField(_("每行人数"), coerce=int, choices=[(number, str(number)) for number in ACROSS])
    note = TextAreaField(_("表后的说明"), [Length(max=300)])
    signature = StringField(_("签字栏"), [Length(max=120)])
    version = IntegerField(validators=[Optional()], widget=HiddenInput())

    def __init__(self, kind: Kind, layout: Layout, version: int | None, typed: Any = None) -> None:
        """Filled with what stands; `typed` is what was sent of another way than by POST."""
        self._kind, standing = kind, asdict(layout)
        super().__init__(formdata=typed, data={**standing, "version": version})
        self.order.choices = [(key, _(ORDERS[key])) for key in kind.orders]
        self.size.choices = [(size, f"{word}（{size / 2:g} pt）") for size, word in SIZES.items()]
        if not kind.of_people:
            del self.style, self.across

    def layout(self, columns: Sequence[str]) -> Layout:
        """What was typed, with the columns chosen."""
        known = {name: field.data for name, field in self._fields.items() if name in asdict(Layout(""))}
        known = {
            name: value or "" if isinstance(value, str | None) else value for name, value in known.items()
        }
        return Layout(**{**known, "columns": tuple(columns)})


def chosen(kind: Kind, typed: Any) -> tuple[str, ...]:
    """The columns of the kind that were chosen, in their order, after one was moved."""
    return tuple(key for key in dict.fromkeys(read_columns(typed)) if key in kind.columns)


def as_typed(layout: Layout) -> dict[str, Any]:
    """The layout as the address of its preview carries it."""
    values = asdict(layout)
    columns = values.pop("columns")
    return {**values, "shown": list(columns), "draft": 1}


def drafted(kind: Kind, usual: Layout, typed: MultiDict[str, str]) -> Layout:
    """The layout that an address carries; the usual one where it cannot be read."""
    form = LayoutForm(kind, usual, None, typed)
    del form.csrf_token
    return form.layout(chosen(kind, typed)) if form.validate() else usual


def overridden(kind: Kind, layout: Layout, typed: Any) -> Layout:
    """Order and style as they are asked for this time."""
    order, style = typed.get("order", ""), typed.get("style", "")
    if order in kind.orders:
        layout = replace(layout, order=order)
    if style in STYLES and style != layout.style and kind.of_people:
        layout = replace(layout, style=style, size=_SIZE[style])
    return layout
