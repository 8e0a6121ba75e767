"""One tag, as it is typed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from registry.tags.models import LONGEST


class TagForm(FlaskForm):  # type: ignore[misc]
    """A word, one of those in use or a new one."""

    tag = StringField(
        _("加标签"),
        [InputRequired(_("请填写标签")), Length(max=LONGEST)],
        render_kw={"maxlength": LONGEST, "autocomplete": "off", "list": "tag-names"},
    )
