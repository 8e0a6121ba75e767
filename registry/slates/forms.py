"""What may be typed about a slate: its 届, who stands for which post, and the decision that passes it."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from registry.bodies.deciding import Decide, Votes
from registry.bodies.forms import NEEDED, DeedForm, words_field
from registry.bodies.models import Body, Post
from registry.slates.models import Slate
from registry.slates.services import Begin
from registry.web.fields import DayField

_COUNT = (Optional(), NumberRange(0, 100_000, _("请填人数")))
LONGEST = 50_000


class BeginForm(DeedForm):
    """A new slate."""

    body_id = SelectField(_("机构"), coerce=int)
    ordinal = IntegerField(_("第几届"), [InputRequired(NEEDED), NumberRange(1, 200, _("请填 1–200 的整数"))])
    starts_on = DayField(_("拟开始日期"), [InputRequired(NEEDED)])
    planned_end_on = DayField(_("计划届满日"), [InputRequired(NEEDED)])
    label = words_field(_("方案名称"), 40)
    from_term = BooleanField(_("从现任开始，再增减"), default=True)

    def offer(self, bodies: Iterable[Body]) -> None:
        """The bodies that elect."""
        self.body_id.choices = [(row.id, row.name) for row in bodies]

    def command(self) -> Begin:
        """The slate as typed."""
        keys = ("body_id", "ordinal", "starts_on", "planned_end_on", "from_term")
        return Begin(**{key: self[key].data for key in keys}, label=(self.label.data or "").strip())


class AddForm(FlaskForm):  # type: ignore[misc]
    """One candidate, picked as an officer is."""

    person = StringField(
        _("人选"), [InputRequired(NEEDED), Length(max=120)], render_kw={"autocomplete": "off"}
    )
    person_id = IntegerField(validators=[Optional()])
    post_id = SelectField(_("职务"), coerce=int)

    def offer(self, posts: Iterable[Post], url: str) -> None:
        """The posts of the body; with script the candidates follow what is typed."""
        self.post_id.choices = [(row.id, row.name) for row in posts]
        self.person.render_kw = {
            "autocomplete": "off",
            "hx-get": url,
            "hx-trigger": "input changed delay:200ms",
            "hx-target": "next .candidates",
            "hx-swap": "outerHTML",
            "hx-sync": "this:replace",
        }


class PasteForm(DeedForm):
    """Many names at once."""

    sends_files = True
    text = TextAreaField(_("粘贴名单"), [Length(max=LONGEST)], render_kw={"rows": 8})
    file = FileField(_("或上传文件"))
    post_id = SelectField(_("没有写职务的担任"), coerce=int)

    def offer(self, posts: Iterable[Post]) -> None:
        """The posts of the body, the lowest first: most names are of it."""
        self.post_id.choices = [(row.id, row.name) for row in reversed([*posts])]


class PassForm(DeedForm):
    """The decision that makes the slate the next 届."""

    meeting = StringField(_("作出决定的会议"), [InputRequired(NEEDED), Length(max=120)])
    decided_on = DayField(_("会议日期"), [InputRequired(NEEDED)])
    entitled = IntegerField(_("应到人数"), _COUNT)
    present = IntegerField(_("实到人数"), _COUNT)
    votes_for = IntegerField(_("赞成"), _COUNT)
    votes_against = IntegerField(_("反对"), _COUNT)
    votes_abstain = IntegerField(_("弃权"), _COUNT)

    def command(self, slate: Slate) -> Decide:
        """The decision as typed."""
        counted = Votes(self.votes_for.data, self.votes_against.data, self.votes_abstain.data)
        return Decide(
            self.meeting.data.strip(),
            self.decided_on.data,
            gettext("选举产生%(term)s", term=f"{slate.body.name}{slate.term_name}"),
            self.entitled.data,
            self.present.data,
            votes=counted,
        )
