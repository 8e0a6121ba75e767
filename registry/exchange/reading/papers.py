"""The identity documents of a row: read, proved, compared with the rest of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from registry.exchange.reading.readings import Problem, Reading
from registry.exchange.reading.sheets import Cell, Flaw
from registry.exchange.reading.texts import tidied, tidy
from registry.people import documents

_MASKED = re.compile(r"[*•●×＊✱∗…]{2,}|[*•●＊]$")
_LOST = "号码被 Excel 当作数字，末几位已经丢失，请把单元格改为文本后重新填写"
_PERHAPS_LOST = (
    "号码以 000 结尾，像是被 Excel 丢失了末几位，请照原件重填；原件确实如此的，请在会员页面登记证件"
)
_PROVED = ("birth", "sex", "region", "nationality")


def read_documents(reading: Reading, targets: Sequence[str], labels: Sequence[str]) -> None:
    """Every number of the row, with the kind and country that other columns name."""
    kinds, countries, numbers = _columns(tuple(targets))
    cells = reading.row.cells
    kind = tidied("document_kind", cells[kinds[0]]) if kinds else ""
    country = tidied("document_country", cells[countries[0]]) if countries else ""
    for column in numbers:
        cell = cells[column]
        if isinstance(cell, Flaw):
            reading.problems.append(Problem(column, cell.reason))
        elif cell != "":
            reading.where.setdefault("document_number", column)
            _read_document(reading, column, kind or labels[column], country)


@lru_cache(maxsize=16)
def _columns(targets: tuple[str, ...]) -> list[list[int]]:
    """Those of kinds, of countries, and of numbers."""
    sought = ("document_kind", "document_country", "document_number")
    return [[column for column, target in enumerate(targets) if target == each] for each in sought]


def _read_document(reading: Reading, column: int, label: str, country: str) -> None:
    try:
        proof = _proof(reading, reading.row.cells[column], label, country)
    except ValueError as error:
        reading.problems.append(Problem(column, str(error)))
        return
    if proof is not None:
        reading.proofs.append((proof, column))


def _proof(reading: Reading, cell: Cell, label: str, country: str) -> documents.Proof | None:
    """None where the cell is empty in effect: masked numbers are not given."""
    if documents.lost_digits(cell):
        raise ValueError(_LOST if not isinstance(cell, str) or "E" in cell.upper() else _PERHAPS_LOST)
    text = tidy("document_number", cell)
    if not text or _MASKED.search(text):
        return None
    kind = documents.guess_kind(text, label)
    if kind is None:
        raise ValueError("看不出是哪种证件，请填写证件类型")
    return documents.check(kind, text, country or _foreign(reading))


def _foreign(reading: Reading) -> str | None:
    """A passport without an issuer named is its holder's country's."""
    nationality: str | None = reading.facts.get("nationality")
    return nationality


def compare_with_proofs(reading: Reading) -> None:
    """The row against its own documents; what they prove besides is kept apart."""
    facts = {key: reading.facts.get(key) for key in ("region", "birth", "sex")}
    for proof, column in reading.proofs:
        for key, sentence in documents.contradictions(proof, **facts):
            reading.problems.append(Problem(reading.where.get(key, column), sentence))
        for key in _PROVED:
            value = getattr(proof, key)
            if value is not None:
                reading.proved.setdefault(key, str(value) if key != "birth" else value)
