"""By what a row is known again when its file comes back: a signed key, and what the file said of it.

The key stands in the last column (`HEADING`) of the sheet and names the spell and its person with their
versions. What was exported stands sealed on a sheet of its own (`SHEET`), a block of rows in each of its
rows: who deletes a row before passing the file on has taken it away in truth. A key that is alone, as in CSV,
still tells by its versions whether the register has moved since.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from cryptography.fernet import InvalidToken

from registry.core.vault import Vault

HEADING = "行键"
SHEET = "行键"
BLOCK = 1000
"""Rows sealed together."""
_CELL = 32_000
"""Characters of a cell; Excel takes 32,767."""
_FORM = 1


class Foreign(ValueError):
    """A key or a sealed sheet that was not written here, or altered since."""


@dataclass(frozen=True)
class RowKey:
    """Whose row it is, and how often spell and person had been written when it left."""

    society_id: int
    spell_id: int
    person_id: int
    spell_version: int
    person_version: int

    def signed(self, vault: Vault) -> str:
        """The five numbers and their signature, as one word for a cell."""
        numbers = "-".join(str(number) for number in vars(self).values())
        return f"{numbers}-{vault.signature('row ' + numbers)}"


def key_of(row: Any) -> RowKey:
    """The key of a row of the roster."""
    return RowKey(row.society_id, row.id, row.person_id, row.version, row.person_version)


def read_key(vault: Vault, word: str) -> RowKey:
    """The key that a cell holds; `Foreign` where its signature is not ours."""
    numbers, _dash, signature = word.strip().rpartition("-")
    if not compare_digest(vault.signature("row " + numbers).encode(), signature.encode()):
        raise Foreign(word)
    return RowKey(*map(int, numbers.split("-")))


@dataclass(frozen=True)
class Origin:
    """Of which society and day the file is, and its columns by key and heading.

    `file` tells files apart, so that no block of one stands in another.
    """

    file: str
    society_id: int
    day: str
    columns: tuple[str, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Exported:
    """A file as it left: the texts of every row, in the order of the columns, by the id of its spell."""

    origin: Origin
    rows: Mapping[int, Sequence[str]]


def seal_origin(vault: Vault, origin: Origin) -> list[str]:
    """The first row of the sealed sheet."""
    return _sealed(vault, {"form": _FORM, **vars(origin)})


def seal_rows(vault: Vault, origin: Origin, rows: Sequence[tuple[int, Sequence[str]]]) -> list[str]:
    """One more row of the sealed sheet: a block of exported rows, each with the id of its spell."""
    return _sealed(vault, {"file": origin.file, "rows": rows})


class Keeper:
    """Signs the rows of one file and keeps what it says of them, a block at a time."""

    def __init__(self, vault: Vault, origin: Origin) -> None:
        """Until somebody keeps what is sealed, rows are signed alone."""
        self._vault, self._origin = vault, origin
        self._put: Callable[[Sequence[str]], None] | None = None
        self._block: list[tuple[int, Sequence[str]]] = []

    def keep(self, put: Callable[[Sequence[str]], None]) -> None:
        """From now on every sealed row is given to `put`, the first one at once."""
        self._put = put
        put(seal_origin(self._vault, self._origin))

    def sign(self, key: RowKey | None, texts: Sequence[str]) -> str:
        """The word for the row's last cell."""
        if key is None:
            return ""
        if self._put:
            self._block.append((key.spell_id, texts))
            if len(self._block) == BLOCK:
                self.close()
        return key.signed(self._vault)

    def close(self) -> None:
        """Seal what has come together."""
        if self._put and self._block:
            self._put(seal_rows(self._vault, self._origin, self._block))
        self._block = []


def _sealed(vault: Vault, content: Mapping[str, Any]) -> list[str]:
    """Packed and sealed, in pieces that cells can hold."""
    packed = zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 6)
    word = vault.seal_bytes(packed).decode()
    return [word[start : start + _CELL] for start in range(0, len(word), _CELL)]


def unseal(vault: Vault, sheet: Iterable[Sequence[Any]]) -> Exported:
    """What the sealed sheet holds; `Foreign` where any of it is not ours or not of one file."""
    lines = iter(sheet)
    first = _opened(vault, next(lines, ()))
    if first.pop("form", None) != _FORM:
        raise Foreign(SHEET)
    columns, headings = tuple(first.pop("columns")), tuple(first.pop("headings"))
    origin = Origin(**first, columns=columns, headings=headings)
    return Exported(origin, dict(_rows(vault, origin.file, lines)))


def _rows(vault: Vault, file: str, lines: Iterable[Sequence[Any]]) -> Iterator[tuple[int, list[str]]]:
    for line in lines:
        block = _opened(vault, line)
        if block.get("file") != file:
            raise Foreign(SHEET)
        yield from block["rows"]


def _opened(vault: Vault, line: Sequence[Any]) -> dict[str, Any]:
    word = "".join(str(cell) for cell in line if cell)
    try:
        content: dict[str, Any] = json.loads(zlib.decompress(vault.open_bytes(word.encode())))
    except InvalidToken as unknown:
        raise Foreign(SHEET) from unknown
    return content
