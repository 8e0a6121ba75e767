"""A row is known again by its key, and what a file said of it by the sheet that travels sealed in it."""

from __future__ import annotations

import pytest

from registry.core.vault import Vault
from registry.exports.keys import (
    Foreign,
    Origin,
    RowKey,
    read_key,
    seal_origin,
    seal_rows,
    unseal,
)

VAULT = Vault("one secret")
KEY = RowKey(1, 20, 30, 4, 5)
ORIGIN = Origin("a1", 1, "2026-11-24", ("number", "name"), ("会员号", "姓名"))


def test_a_key_says_whose_row_it_was():
    assert read_key(VAULT, f" {KEY.signed(VAULT)} ") == KEY


@pytest.mark.parametrize(
    "word",
    [
        "",
        "1-20-30-4-5",
        "２０",
        "no key at all",
        KEY.signed(Vault("another")),
        KEY.signed(VAULT).replace("20", "21"),
    ],
)
def test_a_key_that_was_not_written_here_is_foreign(word):
    with pytest.raises(Foreign):
        read_key(VAULT, word)


def test_what_was_exported_is_read_back_as_it_left():
    rows = [(key, [f"B{key}", "王富" * 2000]) for key in range(40)]
    sheet = [
        seal_origin(VAULT, ORIGIN),
        seal_rows(VAULT, ORIGIN, rows[:30]),
        seal_rows(VAULT, ORIGIN, rows[30:]),
    ]
    exported = unseal(VAULT, sheet)
    assert exported.origin == ORIGIN
    assert [(key, texts) for key, texts in exported.rows.items()] == rows


def test_no_cell_is_longer_than_excel_takes():
    numbers = [(key, [str(pow(7, key, 10**40))]) for key in range(3000)]
    pieces = seal_rows(VAULT, ORIGIN, numbers)
    assert len(pieces) > 1
    assert max(map(len, pieces)) < 32_767
    assert unseal(VAULT, [seal_origin(VAULT, ORIGIN), [*pieces, ""]]).rows[2999] == numbers[2999][1]


def test_a_sheet_that_is_not_ours_or_not_of_one_file_is_foreign():
    first, block = seal_origin(VAULT, ORIGIN), seal_rows(VAULT, ORIGIN, [(1, ["王富"])])
    other = seal_rows(VAULT, Origin(**{**vars(ORIGIN), "file": "b2"}), [(1, ["李白"])])
    for sheet in (
        [],
        [[]],
        [block],
        [first, other],
        [first, [block[0][:-4]]],
        [seal_origin(Vault("x"), ORIGIN)],
    ):
        with pytest.raises(Foreign):
            unseal(VAULT, sheet)
