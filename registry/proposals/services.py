"""A member proposes and withdraws; those who may change a fact accept or refuse it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.core.attachments import checked
from registry.core.errors import RuleBroken, Stale
from registry.journal.recording import plain
from registry.journal.services import act, seen
from registry.mail import services as mail
from registry.memberships import services as memberships
from registry.memberships.models import Membership
from registry.people import documents
from registry.people import services as people
from registry.people.facts import read_facts
from registry.people.fields import FIELDS
from registry.people.models import Person
from registry.people.services import AddDocument, EditPerson
from registry.proposals import queries
from registry.proposals.models import Proposal, ProposedFact, State
from registry.proposals.subjects import CATEGORY, DOCUMENT

Wanted = Iterator[ProposedFact]


@dataclass(frozen=True)
class Propose:
    """What should stand instead, as typed, and why; `evidence` is a file's name and content."""

    reason: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    document: AddDocument | None = None
    category_id: int | None = None
    evidence: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class Judge:
    """Which facts are accepted and which refused, with words to the member.

    `version` and `was` tell what of the person was shown, as in `EditPerson`; `spell` is the version of the
    spell that was.
    """

    accepted: frozenset[str]
    refused: frozenset[str]
    words: str = ""
    version: int | None = None
    was: Mapping[str, Any] = field(default_factory=dict)
    spell: int | None = None


def propose(session: Session, spell: Membership, command: Propose, now: datetime) -> Proposal:
    """Ask for a change of the entry by which `spell` is held; nothing of the entry changes yet."""
    person = _person(spell)
    people.refuse_erased(person)
    facts = list(_wanted(session, person, spell, command))
    if not facts:
        raise RuleBroken("还没有改动；请把要更正的内容改成正确的，再提交")
    _refuse_waiting(session, person, facts)
    name, content = command.evidence or ("", b"")
    kept = checked(name, content) if command.evidence else ""
    act(session, "proposal:make", person.society_id)
    row = Proposal(
        society_id=person.society_id,
        person_id=person.id,
        made_at=now,
        reason=command.reason.strip(),
        filename=kept,
        size=len(content),
        evidence=session.info["vault"].seal_bytes(content) if command.evidence else None,
    )
    session.add(row)
    session.flush()
    for fact in facts:
        fact.proposal_id = row.id
        session.add(fact)
    session.flush()
    session.expire(row, ["facts"])
    return row


def _person(spell: Membership) -> Person:
    if spell.person is None:
        raise RuleBroken("单位会员的资料请与秘书处联系更正")
    return spell.person


def _wanted(session: Session, person: Person, spell: Membership, command: Propose) -> Wanted:
    yield from _facts(person, command.facts)
    if command.document:
        yield _document(session, person, command.document)
    if command.category_id not in (None, spell.category_id):
        memberships.refuse_foreign_keys(
            session, spell.society_id, command.category_id or 0, spell.branch_id, for_units=False
        )
        yield _fact(person, CATEGORY, spell.category_id, command.category_id)


def _fact(person: Person, key: str, was: Any, wanted: Any, sealed: bytes | None = None) -> ProposedFact:
    whose = {"society_id": person.society_id, "person_id": person.id}
    return ProposedFact(**whose, key=key, was=was, wanted=wanted, sealed=sealed, state=State.OPEN)


def _facts(person: Person, typed: Mapping[str, Any]) -> Wanted:
    read = read_facts(typed)
    for key, reason in read.errors.items():
        raise RuleBroken(reason, key)
    changed = {key: value for key, value in read.values.items() if getattr(person, key) != value}
    # As it would stand: facts that exclude each other are refused now, not when they are judged.
    people.refuse_contradictions(Person(**{key: getattr(person, key) for key in FIELDS} | changed))
    for key, value in changed.items():
        yield _fact(person, key, plain(getattr(person, key)), plain(value))


def _document(session: Session, person: Person, command: AddDocument) -> ProposedFact:
    """Checked by itself; whether another has it is for those who judge to learn."""
    try:
        proof = documents.check(documents.DocumentKind(command.kind), command.number, command.country)
    except documents.DocumentError as error:
        raise RuleBroken(str(error), "number") from error
    wanted = {
        "kind": str(proof.kind),
        "country": proof.country,
        "valid_until": plain(command.valid_until),
        "last4": proof.number[-4:],
    }
    return _fact(person, DOCUMENT, None, wanted, session.info["vault"].seal(proof.number))


def _refuse_waiting(session: Session, person: Person, facts: Iterable[ProposedFact]) -> None:
    """One open proposal of a fact."""
    waiting = queries.open_keys(session, person.society_id, [person.id])
    for fact in facts:
        if fact.key in waiting:
            raise RuleBroken("这一项已有申请在等待审核；要改，请先撤回那一份", fact.key)


def withdraw(session: Session, proposal: Proposal, now: datetime) -> None:
    """The member no longer asks for what was not judged yet."""
    if not proposal.open:
        raise RuleBroken("这份申请已经审核，不能撤回")
    act(session, "proposal:withdraw", proposal.society_id)
    for fact in proposal.open:
        fact.state, fact.judged_at, fact.sealed = State.WITHDRAWN, now, None
    session.flush()


def judge(
    session: Session, proposal: Proposal, spell: Membership, command: Judge, day: date, now: datetime
) -> None:
    """Accept some facts and refuse others in one act; what is accepted is changed as if it were typed.

    Raises `Stale` where the entry moved after it was shown, `RuleBroken` where words are lacking.
    """
    facts = {fact.key: fact for fact in proposal.open}
    if not (command.accepted | command.refused) <= facts.keys():
        raise RuleBroken("这份申请刚才已由别人审核，或已由本人撤回")
    if command.refused and not command.words.strip():
        raise RuleBroken("不接受的要写明理由；本人会看到", "words")
    act(session, "proposal:judge", proposal.society_id)
    accepted = [facts[key] for key in facts if key in command.accepted]
    _apply(session, spell, accepted, command, day)
    for key in command.accepted | command.refused:
        _settle(
            session, facts[key], State.ACCEPTED if key in command.accepted else State.REFUSED, command, now
        )
    session.flush()


def tell(session: Session, person: Person, society: str, link: str) -> None:
    """Write to the member that there is an answer, and where; what it says stands behind the sign-in."""
    if person.email and not queries.open_keys(session, person.society_id, [person.id]):
        mail.post(
            session, person.society_id, person.email, "judged", name=person.name, society=society, link=link
        )


def _settle(session: Session, fact: ProposedFact, state: State, command: Judge, now: datetime) -> None:
    fact.state, fact.judged_at, fact.judged_by = state, now, session.info["actor"].name
    fact.words = command.words.strip()
    # The number stands with the document, or nowhere.
    fact.sealed = None


def _apply(
    session: Session, spell: Membership, facts: Iterable[ProposedFact], command: Judge, day: date
) -> None:
    person, by_key = _person(spell), {fact.key: fact for fact in facts}
    values = {key: fact.wanted for key, fact in by_key.items() if key in FIELDS}
    if values:
        edit = EditPerson(values, command.version, was=command.was)
        memberships.edit_member(session, person, edit)
    if DOCUMENT in by_key:
        people.add_document(session, person, _opened(session, by_key[DOCUMENT]))
        memberships.mirror(session, person)
    if CATEGORY in by_key:
        _change(session, spell, by_key[CATEGORY], command, day)


def _opened(session: Session, fact: ProposedFact) -> AddDocument:
    until = fact.wanted["valid_until"]
    number: str = session.info["vault"].open(fact.sealed)
    valid = date.fromisoformat(until) if until else None
    return AddDocument(fact.wanted["kind"], number, fact.wanted["country"], valid)


def _change(session: Session, spell: Membership, fact: ProposedFact, command: Judge, day: date) -> None:
    if command.spell not in (None, spell.version):
        raise Stale("", spell.category.name, spell.version)
    if spell.category_id != fact.wanted:
        change = memberships.Change(day, fact.wanted, spell.branch_id)
        memberships.change(session, spell, change)


def reveal(session: Session, fact: ProposedFact | None, reason: str) -> str:
    """The number of a proposed document in clear, for a reason that the member can read."""
    if not reason.strip():
        raise RuleBroken("请写明查看原因；本人可以看到这条记录", "reason")
    if fact is None or fact.sealed is None:
        raise RuleBroken("这份申请已经审核，号码不再保存在申请里")
    seen(session, "document:reveal", fact.society_id, fact.person_id, "proposed_fact", reason)
    clear: str = session.info["vault"].open(fact.sealed)
    return clear


def open_evidence(session: Session, proposal: Proposal) -> bytes:
    """The file that was sent; that it was looked at is put on record, for it may be a document."""
    if proposal.evidence is None:
        raise RuleBroken("这份申请没有附材料")
    whose = (proposal.society_id, proposal.person_id)
    seen(session, "proposal:evidence", *whose, "proposal", "审核本人的更正申请")
    content: bytes = session.info["vault"].open_bytes(proposal.evidence)
    return content
