"""What may be typed to propose a change, and to judge one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from registry.bodies.forms import DeedForm, version_field
from registry.members.forms import DocumentForm
from registry.people.fields import FIELDS, Field
from registry.people.forms import FactsForm, as_typed, facts_form, read_json
from registry.people.models import Person
from registry.proposals.models import LONGEST, ProposedFact
from registry.proposals.services import Judge, Propose
from registry.proposals.subjects import label
from registry.societies.models import Category

ACCEPT, REFUSE = "accept", "refuse"


def _reason() -> TextAreaField:
    asked = InputRequired(_("请写一句为什么要改，秘书处好核对"))
    return TextAreaField(_("为什么要改"), [asked, Length(max=LONGEST)], render_kw={"rows": 2})


def _evidence() -> FileField:
    return FileField(_("证明材料"), render_kw={"accept": ".pdf,.docx,.png,.jpg,.jpeg"})


def sent() -> tuple[str, bytes] | None:
    """The file that came with the request."""
    file = request.files.get("evidence")
    return (file.filename, file.read()) if file and file.filename else None


def propose_form(facts: Sequence[Field], person: Person) -> FactsForm:
    """The facts as they stand, to be set right, with a reason and a file."""
    return facts_form(facts, person, {"reason": _reason(), "evidence": _evidence()})


def proposed(form: FactsForm) -> Propose:
    """What was typed."""
    return Propose(form.reason.data, facts=form.typed, evidence=sent())


class ProposeDocumentForm(DocumentForm):
    """A further identity document."""

    reason = _reason()
    evidence = _evidence()

    def proposal(self) -> Propose:
        """The document as typed."""
        return Propose(self.reason.data, document=self.command(), evidence=sent())


class ProposeCategoryForm(FlaskForm):  # type: ignore[misc]
    """Another category of membership."""

    category_id = SelectField(_("希望改为"), coerce=int)
    reason = _reason()
    evidence = _evidence()

    def offer(self, categories: Iterable[Category], standing: int) -> None:
        """All categories of people but the present one."""
        fitting = [row for row in categories if not row.for_units and row.id != standing]
        self.category_id.choices = [(row.id, row.name) for row in fitting]

    def proposal(self) -> Propose:
        """The category as chosen."""
        return Propose(self.reason.data, category_id=self.category_id.data, evidence=sent())


class JudgeForm(DeedForm):
    """Made by `judge_form`; has one choice for each of `facts`."""

    facts: Sequence[ProposedFact] = ()
    version = version_field()
    spell = IntegerField(validators=[Optional()], widget=HiddenInput())
    was = HiddenField()
    words = TextAreaField(_("给本人的话"), [Length(max=LONGEST)], render_kw={"rows": 2})

    def choice(self, fact: ProposedFact) -> Any:
        """The input of a fact."""
        return self[_name(fact)]

    def command(self) -> Judge:
        """What is accepted and what is refused."""
        chosen = {fact.key: self.choice(fact).data for fact in self.facts}
        return Judge(
            frozenset(key for key, word in chosen.items() if word == ACCEPT),
            frozenset(key for key, word in chosen.items() if word == REFUSE),
            self.words.data or "",
            self.version.data,
            read_json(self.was.data),
            self.spell.data,
        )


def _name(fact: ProposedFact) -> str:
    return f"on_{fact.key}"


def judge_form(
    facts: Sequence[ProposedFact], person: Person, spell_version: int, moved: Iterable[str]
) -> JudgeForm:
    """A form for the facts; one that has moved since is proposed neither way."""
    unclear = set(moved)
    inputs = {_name(fact): _choice(fact, proposed=fact.key not in unclear) for fact in facts}
    standing = {
        fact.key: as_typed(FIELDS[fact.key], getattr(person, fact.key))
        for fact in facts
        if fact.key in FIELDS
    }
    shown = {"version": person.version, "spell": spell_version, "was": json.dumps(standing)}
    made: Callable[..., JudgeForm] = type("FactsJudgeForm", (JudgeForm,), {**inputs, "facts": tuple(facts)})
    return made(data=shown)


def _choice(fact: ProposedFact, *, proposed: bool) -> RadioField:
    return RadioField(
        label(fact.key),
        [InputRequired(_("请选接受或不接受"))],
        choices=[(ACCEPT, _("接受")), (REFUSE, _("不接受"))],
        default=ACCEPT if proposed else None,
    )
