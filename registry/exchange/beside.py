"""A doubtful row beside the people on the register whom it may mean, field by field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.exchange import pages, queries
from registry.exchange.judging.matching import ANOTHER, Known
from registry.exchange.judging.places import Places
from registry.exchange.models import Upload
from registry.exchange.packing import Kept
from registry.exchange.pages import Common
from registry.exchange.reading.cells import read_row
from registry.exchange.reading.readings import Reading
from registry.exchange.reading.texts import tidy
from registry.people.document_numbers import SHORT, DocumentKind
from registry.people.documents import masked
from registry.people.facts import shown
from registry.people.fields import FIELDS
from registry.web import current

_COMPARED = (
    "name",
    "name_traditional",
    "name_latin",
    "former_names",
    "sex",
    "birth",
    "region",
    "nationality",
    "ethnic",
    "political",
    "employer",
    "position",
    "title",
    "education",
    "degree",
    "phone",
    "email",
    "address",
)
_LACKING = "—"
Said = Reading | Known


@dataclass(frozen=True)
class Line:
    """One field: what the file says, and of each candidate what is known and whether it is the same."""

    label: str
    typed: str
    others: Sequence[tuple[str, str]]

    @property
    def told(self) -> bool:
        """Somebody says something."""
        return any(text != _LACKING for text in (self.typed, *(text for text, _agreement in self.others)))


class Beside:
    """A row of the file and its candidates; writes nothing."""

    def __init__(self, session: Session, upload: Upload, row: Kept, common: Common) -> None:
        """`row` is one that has choices."""
        self.upload, self.row = upload, row
        self.reading: Reading = read_row(row.as_row(), common.targets, common.labels, current.today())
        ids = [int(key) for key, _words in row.choices if key != ANOTHER]
        known = {person.id: person for person in queries.people_of(session, upload.society_id, ids)}
        self.people: list[Known] = [known[key] for key in ids if key in known]
        self._places = queries.places(session, upload.society_id, current.today())
        self.next = pages.next_open(session, upload, row.row)
        self.reasons = [reason for _column, reason, _kind in row.problems]

    @property
    def lines(self) -> list[Line]:
        """Every field of which somebody says something."""
        facts = [self._line(str(FIELDS[key].label), _fact(key), key) for key in _COMPARED]
        own = [
            self._line(_("证件"), _documents),
            self._line(_("会员编号"), _numbers),
            self._line(_("会籍"), lambda said: _spell(said, self._places)),
        ]
        return [line for line in (*facts, *own) if line.told]

    def _line(self, label: str, tell: Callable[[Said], str], key: str = "") -> Line:
        typed = tell(self.reading) or _LACKING
        others = [tell(person) or _LACKING for person in self.people]
        return Line(label, typed, [(text, _agreement(key, typed, text)) for text in others])


def _agreement(key: str, typed: str, text: str) -> str:
    """`same`, `other`, or empty where one of them says nothing."""
    if _LACKING in (typed, text):
        return ""
    return "same" if tidy(key, typed) == tidy(key, text) or text.startswith(typed) else "other"


def _fact(key: str) -> Callable[[Said], str]:
    def tell(said: Said) -> str:
        value: Any = said.birth if key == "birth" and isinstance(said, Reading) else said.facts.get(key)
        return shown(key, value) if value not in (None, "", ()) else ""

    return tell


def _documents(said: Said) -> str:
    if isinstance(said, Reading):
        pairs = [(proof.kind, proof.number[-4:]) for proof, _column in said.proofs]
    else:
        held = said.documents.items()
        pairs = [(DocumentKind(kind), last4) for kind, marks in held for _mark, last4 in marks]
    return "、".join(f"{SHORT[kind]} {masked(last4)}" for kind, last4 in pairs)


def _numbers(said: Said) -> str:
    if isinstance(said, Reading):
        return str(said.member.get("number", ""))
    return "、".join(dict.fromkeys(spell.number for spell in said.spells))


def _spell(said: Said, places: Places) -> str:
    if isinstance(said, Reading):
        told = (said.member.get(key) for key in ("category", "branch", "starts_on"))
        return " ".join(str(word) for word in told if word)
    if not said.spells:
        return ""
    spell = said.spells[0]
    names = (places.name("category", spell.category_id), places.name("branch", spell.branch_id))
    return " ".join(word for word in (*names, str(spell.began)) if word)
