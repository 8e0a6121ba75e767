"""Entering and correcting persons and their documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.core import strokes, text
from registry.core.errors import RuleBroken, Stale
from registry.core.regions import Region
from registry.core.vault import Vault
from registry.journal.services import act, seen
from registry.people import documents, former
from registry.people.facts import read_facts, shown
from registry.people.models import IdentityDocument, Person
from registry.people.queries import any_erased

MIRRORED = {
    "name",
    "name_traditional",
    "name_pinyin",
    "name_latin",
    "former_names",
    "phone",
    "employer",
    "disciplines",
}
"""Facts from which the search text and the sort keys are made."""
INDEXED = ("name", "name_traditional", "name_pinyin", "name_latin", "former_names", "employer")
"""Facts of which people type words, as the search text holds them; phone and disciplines follow, marked."""

SOCIETY_MARK, PHONE_MARK, DISCIPLINE_MARK = "社", "电", "科"
"""Before digits in the search text; nothing that is typed becomes a word of both."""

_FIRST_BIRTH = 1900


@dataclass(frozen=True)
class EditPerson:
    """Facts as typed, by key of `FIELDS`; `version` is the one that was shown, None = whatever stands.

    `was` holds each fact as it was shown: then only a fact that another changed too is in conflict.
    """

    facts: Mapping[str, Any]
    version: int | None = None
    reason: str = ""
    was: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AddDocument:
    """An identity document as typed."""

    kind: str
    number: str
    country: str | None = None
    valid_until: date | None = None


def enter_person(session: Session, society_id: int, facts: Mapping[str, Any]) -> Person:
    """A new person from values as `read_facts` gives them."""
    act(session, "person:enter", society_id)
    person = prepare_person(society_id, facts)
    session.add(person)
    session.flush()
    return person


def prepare_person(society_id: int, facts: Mapping[str, Any], numbers: Iterable[str] = ()) -> Person:
    """The row of a new person, checked and indexed, for the caller to add; so that many go in at once."""
    person = Person(society_id=society_id, **facts)
    refuse_contradictions(person)
    index(person, numbers)
    return person


def edit_person(session: Session, person: Person, command: EditPerson, numbers: Iterable[str]) -> bool:
    """Set facts; True when anything changed. `numbers` are the member's, for the search text.

    Raises `RuleBroken` with the field, or `Stale` where another saved one of these facts first.
    """
    refuse_erased(person)
    facts = read_facts(command.facts)
    for key, reason in facts.errors.items():
        raise RuleBroken(reason, key)
    changed = {key: value for key, value in facts.values.items() if getattr(person, key) != value}
    if not changed:
        return False
    if command.version not in (None, person.version):
        _refuse_conflicts(person, changed, command.was)
    act(session, "person:edit", person.society_id, command.reason)
    for key, value in changed.items():
        setattr(person, key, value)
    refuse_contradictions(person)
    if MIRRORED & changed.keys():
        index(person, numbers)
    session.flush()
    return True


def refuse_erased(person: Person) -> None:
    """What was erased by law is not filled in again."""
    if person.erased_at is not None:
        raise RuleBroken("这个人的资料已依法删除，不能再填写")


def refuse_any_erased(session: Session, society_id: int, people: Iterable[int]) -> None:
    """The same of many at once."""
    if any_erased(session, society_id, people):
        raise RuleBroken("其中有人的资料已依法删除，不能再填写；请去掉那一行再试")


def _refuse_conflicts(person: Person, changed: Mapping[str, Any], was: Mapping[str, Any]) -> None:
    """What stands is still what was shown, or another saved it meanwhile."""
    untouched = read_facts(was).values
    found = {key: value for key, value in changed.items() if _differs(person, key, untouched)}
    if found:
        raise stale(person, found)


def _differs(person: Person, key: str, untouched: Mapping[str, Any]) -> bool:
    return key not in untouched or untouched[key] != getattr(person, key)


def stale(person: Person, changed: Mapping[str, Any]) -> Stale:
    """Both values of the facts in conflict."""
    both = {key: (shown(key, value), shown(key, getattr(person, key))) for key, value in changed.items()}
    mine, theirs = next(iter(both.values()))
    return Stale(mine, theirs, person.version, both)


def index(person: Person, numbers: Iterable[str]) -> None:
    """Make the sort keys and the search text anew; `numbers` are the member's."""
    facts = {key: getattr(person, key) for key in (*INDEXED, "phone", "disciplines")}
    for key, value in index_keys(person.society_id, facts, numbers).items():
        setattr(person, key, value)


def index_keys(society_id: int, facts: Mapping[str, Any], numbers: Iterable[str]) -> dict[str, str]:
    """The sort keys and the search text of facts that are no row yet, as bulk loading has them."""
    named = {**facts, "former_names": " ".join(former.bare(facts["former_names"]))}
    texts = (*(named[key] for key in INDEXED), *numbers)
    return {
        "sort_pinyin": text.sort_key(facts["name"])[:200],
        "sort_strokes": strokes.by_surname(facts["name"]).text[:200],
        "sort_name_strokes": strokes.by_name(facts["name"]).text[:200],
        "search_text": search_text(society_id, texts, facts["phone"], facts["disciplines"]),
    }


def search_text(
    society_id: int, texts: Iterable[str | None], phone: str | None, disciplines: Iterable[str] | None
) -> str:
    """The words by which a person is found in one society."""
    words = text.search_tokens(*(part for part in texts if part))
    marked = (f"{DISCIPLINE_MARK}{code}" for code in disciplines or ())
    return " ".join((f"{SOCIETY_MARK}{society_id}", words, *phone_tokens(phone or ""), *marked))


def phone_tokens(phone: str) -> list[str]:
    """Marked, so that only those who may see a phone can search by it; also without country and area code."""
    runs = re.findall(r"\d+", phone)
    joined = "".join(runs)
    return [f"{PHONE_MARK}{digits}" for digits in dict.fromkeys((joined, *runs)) if digits]


def refuse_contradictions(person: Person) -> None:
    """Facts that exclude each other; what is unknown contradicts nothing."""
    if person.region == Region.FOREIGN and person.nationality == "CN":
        raise RuleBroken("外籍人员的国籍不能是中国", "nationality")
    if person.region not in (None, Region.FOREIGN) and person.nationality not in (None, "CN"):
        raise RuleBroken("内地、港澳台人员的国籍只能是中国；外籍人员请选“外籍”", "nationality")
    if person.birth and person.birth.first.year < _FIRST_BIRTH:
        raise RuleBroken("出生年份太早", "birth")


def add_document(session: Session, person: Person, command: AddDocument) -> IdentityDocument:
    """Check form and checksum, compare with what is known, seal; facts that were unknown are filled in."""
    refuse_erased(person)
    try:
        proof = documents.check(documents.DocumentKind(command.kind), command.number, command.country)
    except documents.DocumentError as error:
        raise RuleBroken(str(error), "number") from error
    for _field, sentence in documents.contradictions(
        proof, region=person.region, birth=person.birth, sex=person.sex
    ):
        raise RuleBroken(sentence, "number")
    act(session, "document:add", person.society_id)
    document = seal_document(session.info["vault"], person.society_id, proof, command.valid_until)
    _refuse_taken(session, person, document)
    document.person_id = person.id
    _fill_in(person, proof)
    session.add(document)
    session.flush()
    return document


def seal_document(
    vault: Vault, society_id: int, proof: documents.Proof, valid_until: date | None = None
) -> IdentityDocument:
    """A proved document, of nobody yet."""
    return IdentityDocument(**document_row(vault, society_id, proof, valid_until))


def document_row(
    vault: Vault, society_id: int, proof: documents.Proof, valid_until: date | None = None
) -> dict[str, Any]:
    """The same as a row of the table, for many at once."""
    return {
        "society_id": society_id,
        "kind": str(proof.kind),
        "country": proof.country,
        "sealed": vault.seal(proof.number),
        "fingerprint": fingerprint(vault, proof),
        "last4": proof.number[-4:],
        "valid_until": valid_until,
    }


def fingerprint(vault: Vault, proof: documents.Proof) -> str:
    """Equal for equal documents: of a passport, number and country."""
    return vault.fingerprint(f"{proof.kind}|{proof.country or ''}|{proof.number}")


def _refuse_taken(session: Session, person: Person, document: IdentityDocument) -> None:
    query = select(IdentityDocument.person_id).where(
        IdentityDocument.society_id == person.society_id, IdentityDocument.fingerprint == document.fingerprint
    )
    holder = session.scalars(query).first()
    if holder == person.id:
        raise RuleBroken("这份证件已经登记过", "number")
    if holder is not None:
        raise RuleBroken("这个证件号码已登记在另一个人名下，请先查重", "number")


def _fill_in(person: Person, proof: documents.Proof) -> None:
    for key in ("birth", "sex", "region", "nationality"):
        if getattr(person, key) is None and getattr(proof, key) is not None:
            setattr(person, key, getattr(proof, key))


def reveal(session: Session, document: IdentityDocument, reason: str) -> str:
    """The number in clear, for a reason that its holder can read."""
    if not reason.strip():
        raise RuleBroken("请写明查看原因；本人可以看到这条记录", "reason")
    seen(session, "document:reveal", document.society_id, document.person_id, "identity_document", reason)
    vault: Vault = session.info["vault"]
    return vault.open(document.sealed)
