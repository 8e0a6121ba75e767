"""Invented people as rows of the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from registry.core.batches import Row
from registry.core.vault import Vault
from registry.demo.people import Invented
from registry.demo.spells import Spell
from registry.memberships.models import number_key
from registry.people.document_numbers import check
from registry.people.services import index_keys, seal_document


def person_row(key: int, society_id: int, invented: Invented, number: str) -> Row:
    """A row of `person` with its sort key and search text."""
    keys = index_keys(society_id, invented.facts, (number,))
    return {"id": key, "society_id": society_id} | keys | invented.facts


def membership_rows(
    person: Mapping[str, Any], number: str, spells: Sequence[Spell], categories: Mapping[str, int]
) -> list[Row]:
    """Rows of `membership` without keys, for a row of `person`."""
    return [
        {
            "society_id": person["society_id"],
            "person_id": person["id"],
            "category_id": categories[spell.category],
            "branch_id": spell.branch_id,
            "number": number,
            "sort_number": number_key(number),
            "starts_on": spell.starts_on,
            "starts_known": spell.starts_known,
            "ends_on": spell.ends_on,
            "end_reason": spell.end_reason and spell.end_reason.value,
        }
        for spell in spells
    ]


def document_rows(vault: Vault, person: Mapping[str, Any], invented: Invented) -> list[Row]:
    """Rows of `identity_document`, checked and sealed as when a clerk types them."""
    columns = ("society_id", "kind", "country", "sealed", "fingerprint", "last4")
    sealed = (
        seal_document(vault, person["society_id"], check(paper.kind, paper.number, paper.country))
        for paper in invented.papers
    )
    return [
        {column: getattr(document, column) for column in columns} | {"person_id": person["id"]}
        for document in sealed
    ]
