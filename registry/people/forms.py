"""The form for any facts of a person: a whole section, or a single one for a cell."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    Field as Input,
)
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput

from registry.core.codetables import TABLES
from registry.core.errors import Stale
from registry.people.facts import read_facts, shown
from registry.people.fields import FIELDS, Field
from registry.people.models import Person
from registry.people.services import EditPerson

HINTS = {
    "date": _("知道多少写多少：1965、1965-03 或 1965-03-12"),
    "codes": _("最多选 10 个"),
    "bio": _("写自己的研究方向、经历，最多 1000 字"),
    "former_names": _("知道时间的可以写上：王小明 至 2010，王明 1980-1995"),
}
_SHORT = 300
_MODES = {"phone": "tel", "email": "email", "postcode": "numeric"}


class FactsForm(FlaskForm):  # type: ignore[misc]
    """Made by `facts_form`; has one input for each of `facts`."""

    facts: Sequence[Field] = ()
    stale: Stale | None = None
    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    was = HiddenField()
    reason = StringField(_("修改原因"), [Length(max=200)])

    def __init__(self, person: Person) -> None:
        """Filled with what stands."""
        standing = {fact.key: as_typed(fact, getattr(person, fact.key)) for fact in self.facts}
        super().__init__(data={**standing, "version": person.version, "was": json.dumps(standing)})
        for fact in self.facts:
            if fact.kind == "codes" and not self[fact.key].choices:
                self[fact.key].choices = _chosen_first(fact, self[fact.key].data or ())

    def validate(self, extra_validators: Any = None) -> bool:
        """Read every fact, so that each mistake stands at its own input."""
        well = super().validate(extra_validators)
        wrong = read_facts(self.typed).errors
        for key, reason in wrong.items():
            self[key].errors = [*self[key].errors, reason]
        return well and not wrong

    @property
    def typed(self) -> dict[str, Any]:
        """What was sent, by key; an input that was not sent changes nothing."""
        return {fact.key: self[fact.key].data for fact in self.facts if self[fact.key].raw_data}

    @property
    def inputs(self) -> list[Input]:
        """The inputs of the facts, in the order of the catalogue."""
        return [self[fact.key] for fact in self.facts]

    @property
    def suggestions(self) -> dict[str, list[str]]:
        """Words offered while a text is typed, by key."""
        offered = [(fact.key, fact.table) for fact in self.facts if fact.kind == "text" and fact.table]
        return {key: [name for _code, name in TABLES[table].choices()] for key, table in offered}

    @property
    def conflicts(self) -> Mapping[str, tuple[str, str]]:
        """Facts that another saved meanwhile: mine and theirs, as people read them."""
        return self.stale.both if self.stale else {}

    def hint(self, key: str) -> str:
        """How to write the fact."""
        kind = next(fact.kind for fact in self.facts if fact.key == key)
        return str(HINTS.get(key) or HINTS.get(kind, ""))

    def command(self) -> EditPerson:
        """The edit; facts for which the reader took what stands are left out."""
        mine = {key: value for key, value in self.typed.items() if not _took_theirs(key)}
        return EditPerson(mine, self.version.data, self.reason.data or "", read_json(self.was.data))

    def renew(self, person: Person) -> None:
        """After a conflict: sent again, the form counts as made against what stands now."""
        standing = {fact.key: as_typed(fact, getattr(person, fact.key)) for fact in self.facts}
        self.was.data, self.version.data = json.dumps(standing), person.version


def _took_theirs(key: str) -> bool:
    return request.form.get(f"keep-{key}") == "theirs"


def read_json(text: str | None) -> dict[str, Any]:
    """What the page itself had written; anything else is nothing."""
    try:
        read = json.loads(text or "{}")
    except ValueError:
        return {}
    return {key: value for key, value in read.items() if key in FIELDS} if isinstance(read, dict) else {}


def facts_form(
    facts: Sequence[Field], person: Person, others: Mapping[str, Input] | None = None
) -> FactsForm:
    """A form for the facts, filled with the person's; `others` are inputs of the caller's own by key."""
    inputs = {fact.key: _INPUTS[fact.kind](fact) for fact in facts} | dict(others or {})
    made: Callable[[Person], FactsForm] = type("SectionForm", (FactsForm,), {**inputs, "facts": tuple(facts)})
    return made(person)


def as_typed(fact: Field, value: Any) -> Any:
    """A value as its input holds it."""
    if fact.kind == "flag":
        return {True: "yes", False: "no"}.get(value, "")
    if fact.kind == "codes":
        return list(value or ())
    return value or "" if fact.kind == "code" else shown(fact.key, value)


def _chosen_first(fact: Field, chosen: Sequence[str]) -> list[tuple[str, str]]:
    """A long list shows at its head what is ticked."""
    return sorted(TABLES[fact.table or ""].choices(), key=lambda choice: choice[0] not in chosen)


def _text(fact: Field) -> StringField:
    asked = {"maxlength": fact.length, "autocomplete": "off", "inputmode": _MODES.get(fact.key)}
    asked["list"] = f"{fact.key}-names" if fact.table else None
    return StringField(fact.label, render_kw={name: value for name, value in asked.items() if value})


def _long(fact: Field) -> TextAreaField:
    return TextAreaField(
        fact.label, render_kw={"maxlength": fact.length, "rows": 2 if fact.length <= _SHORT else 6}
    )


def _date(fact: Field) -> StringField:
    return StringField(fact.label, render_kw={"maxlength": 20, "autocomplete": "off"})


def _code(fact: Field) -> SelectField:
    choices = [("", _("未填")), *TABLES[fact.table or ""].choices()]
    return SelectField(fact.label, choices=choices, validate_choice=False)


def _codes(fact: Field) -> SelectMultipleField:
    return SelectMultipleField(fact.label, choices=[], validate_choice=False, option_widget=CheckboxInput())


def _flag(fact: Field) -> RadioField:
    choices = [("yes", _("是")), ("no", _("否")), ("", _("未知"))]
    return RadioField(fact.label, choices=choices, validate_choice=False)


_INPUTS: Mapping[str, Callable[[Field], Input]] = {
    "text": _text,
    "long": _long,
    "date": _date,
    "code": _code,
    "codes": _codes,
    "flag": _flag,
}
