"""What can be proposed: facts of the catalogue, a further document, the category; and who judges each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from registry.core.policy import Action, Grant, may
from registry.core.subjects import Subject
from registry.journal.recording import plain
from registry.memberships.models import Membership
from registry.people.documents import LABELS, DocumentKind, masked
from registry.people.facts import read_fact, shown
from registry.people.fields import FIELDS, Field, Section
from registry.people.models import Person
from registry.proposals.models import ProposedFact

DOCUMENT, CATEGORY = "document", "category"
_LABELS = {DOCUMENT: "身份证件", CATEGORY: "会员类别"}
_SEEN = {DOCUMENT: Action.DOCUMENT_SEE, CATEGORY: Action.MEMBERSHIP_SEE}
_JUDGED = {DOCUMENT: Action.DOCUMENT_EDIT, CATEGORY: Action.MEMBERSHIP_EDIT}
KEYS = (*FIELDS, DOCUMENT, CATEGORY)


def label(key: str) -> str:
    """What the fact is called."""
    return _LABELS.get(key) or FIELDS[key].label


def seen(key: str) -> Action:
    """The right to see it."""
    return _SEEN.get(key) or FIELDS[key].see


def judged(key: str) -> Action:
    """The right without which nobody may accept or refuse it: that to edit it."""
    return _JUDGED.get(key) or FIELDS[key].edit


def judgeable(grants: Sequence[Grant], subject: Subject | None = None) -> list[str]:
    """The facts that the grants let be judged, of the subject or of anybody."""
    return [key for key in KEYS if may(grants, judged(key), subject)]


def proposable(section: Section, grants: Sequence[Grant], subject: Subject) -> tuple[Field, ...]:
    """The facts of a section that its reader sees and cannot change."""
    edited = section.edited(grants, subject)
    return tuple(fact for fact in section.seen(grants, subject) if fact not in edited)


def standing(key: str, person: Person, spell: Membership) -> Any:
    """The fact as it is kept, as JSON holds it; of documents nothing."""
    if key == DOCUMENT:
        return None
    return spell.category_id if key == CATEGORY else plain(getattr(person, key))


def moved(fact: ProposedFact, person: Person, spell: Membership) -> bool:
    """The fact was changed after it was proposed."""
    return bool(standing(fact.key, person, spell) != fact.was)


def told(key: str, value: Any, categories: dict[int, str]) -> str:
    """A value in words; of a document its kind and last four."""
    if value is None or value == "":
        return ""
    if key == CATEGORY:
        return categories.get(value, "")
    if key == DOCUMENT:
        return f"{LABELS[DocumentKind(value['kind'])]} {masked(value['last4'])}"
    return shown(key, read_fact(key, value))
