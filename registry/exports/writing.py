"""A table as the kind of file that was asked for; CSV so that no spreadsheet takes a cell for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from secrets import token_hex
from typing import IO

from registry.core.text import DANGEROUS
from registry.core.vault import Vault
from registry.exports.keys import HEADING, Keeper, Origin
from registry.exports.tables import Table
from registry.exports.workbook import write_xlsx

KINDS = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}
"""What the kinds are called where they are sent."""


def write_table(out: IO[bytes], table: Table, kind: str, vault: Vault | None = None) -> int:
    """The table as `xlsx` or `csv`; with the vault its rows can be known again. Returns their number."""
    keeper = Keeper(vault, _origin(table)) if vault and table.keyed else None
    if kind == "xlsx":
        return write_xlsx(out, table, keeper)
    labels = [heading.label for heading in table.headings]
    if keeper is None:
        return write_csv(out, labels, (texts for _key, texts in table.lines))
    return write_csv(
        out, [*labels, HEADING], ([*texts, keeper.sign(key, texts)] for key, texts in table.lines)
    )


def _origin(table: Table) -> Origin:
    keys, labels = zip(*((heading.key, heading.label) for heading in table.headings), strict=True)
    return Origin(token_hex(8), table.society_id, str(table.day), keys, labels)


def write_csv(out: IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """UTF-8 with its mark, for Excel; returns the number of rows."""
    count = 0
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([guarded(value) for value in row])
        count += 1
    text.detach()
    return count


def guarded(value: str) -> str:
    """With an apostrophe before what a spreadsheet would execute; reading takes it off again."""
    return f"'{value}" if value.lstrip("'")[:1] in DANGEROUS and value else value
