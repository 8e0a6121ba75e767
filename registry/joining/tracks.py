"""What each track asks: the facts, those that must be told, the documents it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry.joining.models import Track
from registry.people.document_numbers import DocumentKind
from registry.people.fields import FIELDS, Field


@dataclass(frozen=True)
class Asked:
    """Facts by key, those that must be told, kinds of document; `regions` to choose from."""

    facts: Sequence[str]
    needed: frozenset[str]
    documents: Sequence[DocumentKind]
    regions: Sequence[str] = ()

    @property
    def fields(self) -> list[Field]:
        """The facts in the order of the form."""
        return [FIELDS[key] for key in self.facts]


_WORK = ("employer", "position", "title", "education", "degree", "disciplines")
_CONTACT = ("phone", "email", "address", "postcode")
ASKED: Mapping[Track, Asked] = {
    Track.MAINLAND: Asked(
        ("name", "sex", "birth", "ethnic", "political", *_WORK, *_CONTACT),
        frozenset({"name", "sex", "birth", "employer", "phone"}),
        (DocumentKind.RESIDENT_ID,),
        ("CN",),
    ),
    Track.HKMT: Asked(
        ("name", "name_latin", "region", "sex", "birth", *_WORK, *_CONTACT),
        frozenset({"name", "region", "sex", "birth", "employer", "email"}),
        (DocumentKind.RESIDENCE_PERMIT, DocumentKind.HKMO_PERMIT, DocumentKind.TAIWAN_PERMIT),
        ("HK", "MO", "TW"),
    ),
    Track.FOREIGN: Asked(
        ("name", "name_latin", "nationality", "sex", "birth", *_WORK, *_CONTACT),
        frozenset({"name", "nationality", "sex", "birth", "employer", "email"}),
        (DocumentKind.PASSPORT, DocumentKind.FOREIGN_PR),
        ("XX",),
    ),
}
_REPRESENTATIVE = ("representative", "representative_number")
UNIT_FIELDS = ("name", "credit_code", "kind", "address", *_REPRESENTATIVE, "contact", "phone", "email")
UNIT_NEEDED = ("name", "credit_code", "representative", "contact", "phone")
