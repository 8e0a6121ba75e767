"""Entering a new member by hand: person, document and spell in one act, never the same person twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.journal.services import act
from registry.members import queries
from registry.memberships.models import Membership
from registry.memberships.services import Admit, admit
from registry.people import documents
from registry.people import services as people
from registry.people.facts import read_facts
from registry.people.models import Person
from registry.people.services import AddDocument
from registry.societies.models import Society


@dataclass(frozen=True)
class EnterMember:
    """A new member as typed; `another` = seen to be none of those with the same name."""

    facts: Mapping[str, Any]
    admit: Admit
    document: AddDocument | None = None
    another: bool = False


class AlreadyKnown(RuleBroken):
    """Somebody of the register may be, or is, the person; `known` are their rows."""

    def __init__(self, reason: str, field: str, known: list[Any]) -> None:
        """`known` as `queries.namesakes` gives them."""
        super().__init__(reason, field)
        self.known = known


def enter_member(session: Session, society: Society, command: EnterMember) -> Membership:
    """A person, the document and the first spell; raises `AlreadyKnown` before anything is written."""
    facts = read_facts(command.facts)
    for key, reason in facts.errors.items():
        raise RuleBroken(reason, key)
    if command.document:
        _refuse_holder(session, society.id, command.document)
    if not command.another:
        _refuse_namesakes(session, society.id, facts.values)
    act(session, "member:enter", society.id)
    person = people.enter_person(session, society.id, facts.values)
    if command.document:
        _add_document(session, person, command.document)
    return admit(session, society, person, command.admit)


def _add_document(session: Session, person: Person, document: AddDocument) -> None:
    """On this form the number of the document is not the only number."""
    try:
        people.add_document(session, person, document)
    except RuleBroken as error:
        raise _of_document(error.reason) from error


def _of_document(reason: str) -> RuleBroken:
    return RuleBroken(reason, "document_number")


def _refuse_holder(session: Session, society_id: int, document: AddDocument) -> None:
    try:
        proof = documents.check(document.kind, document.number, document.country)
    except documents.DocumentError as error:
        raise _of_document(str(error)) from error
    known = queries.holder(session, society_id, people.fingerprint(session.info["vault"], proof))
    if known is not None:
        reason = f"这个证件号码已登记在{known.name}（{known.number}）名下"
        raise AlreadyKnown(reason, "document_number", [known])


def _refuse_namesakes(session: Session, society_id: int, facts: Mapping[str, Any]) -> None:
    known = queries.namesakes(session, society_id, facts["name"], facts.get("birth"))
    if known:
        raise AlreadyKnown("名册里有同名、出生日期也不矛盾的人，请先看看是不是同一个人", "another", known)
