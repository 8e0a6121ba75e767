"""What may be asked for all who were chosen; a form for each deed yields an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form, SelectField, StringField
from wtforms.validators import InputRequired, Length

from registry.bulk.planning import Order
from registry.core.codetables import TABLES
from registry.memberships.models import END_REASONS, EndReason
from registry.people.fields import FIELDS, Field
from registry.people.many import SETTABLE
from registry.societies.models import Branch, Category
from registry.tags.models import LONGEST, Tag
from registry.web.fields import DayField

_NOT_ENDS = {EndReason.CHANGED, EndReason.VOIDED}


@dataclass(frozen=True)
class Choices:
    """What the society offers on a day, as far as the reader may set it."""

    day: date
    categories: Sequence[Category] = ()
    branches: Sequence[Branch] = ()
    tags: Sequence[Tag] = ()
    facts: Sequence[str] = field(default=SETTABLE)


def _day(label: Any) -> DayField:
    return DayField(label, [InputRequired(_("请填写日期"))])


class OrderForm(Form):  # type: ignore[misc]
    """One deed for all; the reason is kept in the journal."""

    why = StringField(_("事由"), [Length(max=200)], render_kw={"maxlength": 200, "autocomplete": "off"})

    def offer(self, choices: Choices) -> None:
        """Fill the lists."""

    def order(self) -> Order:
        """What is asked."""
        raise NotImplementedError

    def _why(self) -> str:
        return (self.why.data or "").strip()


class CategoryForm(OrderForm):
    """Another category from a day on."""

    category = SelectField(_("会员类别改为"), [InputRequired(_("请选会员类别"))])
    since = _day(_("从哪一天起"))

    def offer(self, choices: Choices) -> None:
        """Categories of persons."""
        fitting = [row for row in choices.categories if not row.for_units]
        self.category.choices = [("", _("请选")), *((str(row.id), row.name) for row in fitting)]

    def order(self) -> Order:
        """The category by its key."""
        return Order("category", self.category.data, on=self.since.data, why=self._why())


class BranchForm(OrderForm):
    """Another branch from a day on, or none."""

    branch = SelectField(_("分支机构改为"), [InputRequired(_("请选分支机构"))])
    since = _day(_("从哪一天起"))

    def offer(self, choices: Choices) -> None:
        """Branches that exist on the day."""
        existing = [row for row in choices.branches if row.period.holds(choices.day)]
        rows = [(str(row.id), row.name) for row in existing]
        self.branch.choices = [("", _("请选")), *rows, ("none", _("不属于分支机构"))]

    def order(self) -> Order:
        """The branch by its key."""
        chosen = "" if self.branch.data == "none" else self.branch.data
        return Order("branch", chosen, on=self.since.data, why=self._why())


class StateForm(OrderForm):
    """退会、停权、除名…: from a day on no longer a member."""

    reason = SelectField(_("怎样结束"), [InputRequired(_("请选怎样结束"))])
    since = _day(_("从哪一天起不再在会"))
    why = StringField(
        _("事由"),
        [InputRequired(_("请写明事由；它会记入日志")), Length(max=200)],
        render_kw={"maxlength": 200, "autocomplete": "off"},
    )

    def offer(self, choices: Choices) -> None:
        """The kinds of end."""
        ends = [(str(key), word) for key, word in END_REASONS.items() if key not in _NOT_ENDS]
        self.reason.choices = [("", _("请选")), *ends]

    def order(self) -> Order:
        """The reason by its key."""
        return Order("state", self.reason.data, on=self.since.data, why=self._why())


class TagForm(OrderForm):
    """A word hung on everybody."""

    tag = StringField(
        _("加上标签"),
        [InputRequired(_("请填写标签")), Length(max=LONGEST)],
        render_kw={"maxlength": LONGEST, "autocomplete": "off", "list": "tag-names"},
    )
    words: Sequence[str] = ()

    def offer(self, choices: Choices) -> None:
        """The words in use."""
        self.words = [tag.name for tag in choices.tags]

    def order(self) -> Order:
        """The word."""
        return Order("tag", " ".join(self.tag.data.split()), why=self._why())


class UntagForm(OrderForm):
    """A word taken off."""

    tag = SelectField(_("去掉标签"), [InputRequired(_("请选标签"))])

    def offer(self, choices: Choices) -> None:
        """The words in use."""
        self.tag.choices = [("", _("请选")), *((str(tag.id), tag.name) for tag in choices.tags)]

    def order(self) -> Order:
        """The tag by its key."""
        return Order("untag", self.tag.data, why=self._why())


class FactForm(OrderForm):
    """One coded fact, the same for everybody."""

    fact = SelectField(_("改成"), [InputRequired(_("请选要改成什么"))])

    def offer(self, choices: Choices) -> None:
        """Every value of every fact, under the fact's name."""
        offered = {FIELDS[key].label: _values(FIELDS[key]) for key in choices.facts}
        self.fact.choices = {"": [("", gettext("请选"))], **offered}

    def order(self) -> Order:
        """The fact and its value."""
        key, _colon, value = self.fact.data.partition(":")
        return Order("fact", value, key=key, why=self._why())


def _values(fact: Field) -> list[tuple[str, str]]:
    if fact.kind == "flag":
        known = [("yes", gettext("是")), ("no", gettext("否"))]
    else:
        known = list(TABLES[fact.table or ""].choices())
    unknown = ("", gettext("未填（抹去）"))
    return [(f"{fact.key}:{code}", f"{fact.label}：{word}") for code, word in (*known, unknown)]


FORMS: Mapping[str, type[OrderForm]] = {
    "category": CategoryForm,
    "branch": BranchForm,
    "state": StateForm,
    "tag": TagForm,
    "untag": UntagForm,
    "fact": FactForm,
}


def order_form(deed: str, choices: Choices, typed: Any = None) -> OrderForm:
    """The form of a deed, filled with what was typed, if anything was."""
    form = FORMS[deed](formdata=typed, data={"since": choices.day})
    form.offer(choices)
    return form
