"""What may be typed about a branch unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from registry.branches.services import CloseBranch, MoveMembers
from registry.core.errors import Stale
from registry.societies.branching import EditBranch, FoundBranch, RenameBranch
from registry.societies.models import BRANCH_KINDS, Branch, BranchKind
from registry.web.fields import DayField

NEEDED = _("这一项必须填写")


class BranchForm(FlaskForm):  # type: ignore[misc]
    """The facts of a branch."""

    stale: Stale | None = None
    grave = False

    kind = RadioField(
        _("类型"),
        choices=[(kind.value, word) for kind, word in BRANCH_KINDS.items()],
        default=BranchKind.SPECIAL.value,
    )
    name = StringField(_("名称"), [InputRequired(NEEDED), Length(max=120)])
    host = StringField(_("挂靠单位"), [Length(max=120)])
    starts_on = DayField(_("成立日期"), [InputRequired(NEEDED)])
    founding_decision = TextAreaField(_("成立决议"), [Length(max=2000)], render_kw={"rows": 3})

    @property
    def inputs(self) -> list[Field]:
        """The visible fields."""
        return [field for field in self if not isinstance(field.widget, HiddenInput)]

    def facts(self) -> dict[str, Any]:
        """What both commands have."""
        return {
            "kind": BranchKind(self.kind.data),
            "name": self.name.data,
            "host": self.host.data or "",
            "starts_on": self.starts_on.data,
            "founding_decision": (self.founding_decision.data or "").strip(),
        }


class FoundForm(BranchForm):
    """A new branch."""

    def command(self) -> FoundBranch:
        """The branch as typed."""
        return FoundBranch(**self.facts())


class EditForm(BranchForm):
    """A branch to be set right; its end too, where it has ended."""

    ends_on = DayField(_("终止日期"))
    ending_decision = TextAreaField(_("终止决议"), [Length(max=2000)], render_kw={"rows": 3})
    version = IntegerField(validators=[Optional()], widget=HiddenInput())

    def fit(self, branch: Branch) -> None:
        """A branch that goes on has no end to correct."""
        if branch.ends_on is None:
            del self.ends_on, self.ending_decision

    def command(self) -> EditBranch:
        """The branch as it should stand."""
        ending = {}
        if "ends_on" in self:
            ending = {"ends_on": self.ends_on.data, "ending_decision": self.ending_decision.data or ""}
        return EditBranch(**self.facts(), **ending, version=self.version.data or 0)


class DeedForm(FlaskForm):  # type: ignore[misc]
    """A deed done to a branch on a day."""

    stale: Stale | None = None
    grave = False

    on = DayField(_("自哪一天起"), [InputRequired(NEEDED)])
    version = IntegerField(validators=[Optional()], widget=HiddenInput())

    @property
    def inputs(self) -> list[Field]:
        """The visible fields."""
        return [field for field in self if not isinstance(field.widget, HiddenInput)]


class RenameForm(DeedForm):
    """Another name."""

    name = StringField(_("新名称"), [InputRequired(NEEDED), Length(max=120)])
    decision = TextAreaField(_("更名依据"), [InputRequired(NEEDED), Length(max=2000)], render_kw={"rows": 3})

    def command(self, today: date) -> RenameBranch:
        """The name as typed."""
        return RenameBranch(
            self.name.data, self.on.data, self.decision.data.strip(), today, self.version.data
        )


class MoveForm(DeedForm):
    """Where the members go."""

    to = SelectField(_("会员归属到"), coerce=str, validators=[InputRequired(_("请选择会员的去处"))])

    def offer(self, branches: Iterable[Branch]) -> None:
        """Other branches, or none at all; nothing is chosen beforehand."""
        self.to.choices = [
            ("", _("请选择")),
            *((str(branch.id), branch.name) for branch in branches),
            ("none", _("不再归属任何分支机构")),
        ]

    @property
    def target(self) -> int | None:
        """The branch chosen; None for none at all."""
        return int(self.to.data) if self.to.data.isdigit() else None


class MoveMembersForm(MoveForm):
    """All members go to another branch."""

    why = StringField(_("原因"), [InputRequired(NEEDED), Length(max=200)])

    def command(self) -> MoveMembers:
        """The move as typed."""
        return MoveMembers(self.on.data, self.target, self.why.data.strip())


class EndForm(MoveForm):
    """The end of a branch, and what becomes of its people."""

    grave = True

    decision = TextAreaField(_("终止决议"), [InputRequired(NEEDED), Length(max=2000)], render_kw={"rows": 3})

    def command(self) -> CloseBranch:
        """The end as typed."""
        return CloseBranch(self.on.data, self.decision.data.strip(), self.target, self.version.data)
