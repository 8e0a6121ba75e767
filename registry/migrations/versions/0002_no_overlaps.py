"""The database's own guard: one spell of membership at a time, one holder twice in no post."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

GUARDED = {
    "membership": (("person_id",), ""),
    "tenure": (("person_id", "post_id"), "voided_at IS NULL"),
}
"""Of each table the keys by which spells must not overlap, and the rows that count."""


def upgrade() -> None:
    """An exclusion constraint on PostgreSQL, triggers on SQLite."""
    guard = _exclude if op.get_bind().dialect.name == "postgresql" else _trigger
    for table, (keys, counted) in GUARDED.items():
        guard(table, keys, counted)


def _exclude(table: str, keys: tuple[str, ...], counted: str) -> None:
    """Keys as ranges of one, so that no extension is needed."""
    alike = ", ".join(f"int8range({key}, {key}, '[]') WITH &&" for key in keys)
    where = " AND ".join(filter(None, [*(f"{key} IS NOT NULL" for key in keys), counted]))
    op.execute(
        f"ALTER TABLE {table} ADD CONSTRAINT ex_{table}_overlap EXCLUDE USING gist "
        f"({alike}, daterange(starts_on, ends_on) WITH &&) WHERE ({where})"
    )


def _trigger(table: str, keys: tuple[str, ...], counted: str) -> None:
    columns = ", ".join((*keys, "starts_on", "ends_on"))
    for deed in ("INSERT", f"UPDATE OF {columns}"):
        op.execute(
            f"CREATE TRIGGER {table}_overlap_{deed.split()[0].lower()} AFTER {deed} ON {table} "
            f"WHEN {_holds('NEW', counted)} AND EXISTS (SELECT 1 FROM {table} o WHERE {_same('o', keys)} "
            f"AND o.id <> NEW.id AND {_holds('o', counted)} AND {_before('o', 'NEW')} AND {_before('NEW', 'o')}) "
            f"BEGIN SELECT RAISE(ABORT, 'overlap in {table}'); END"
        )


def _same(row: str, keys: tuple[str, ...]) -> str:
    return " AND ".join(f"{row}.{key} = NEW.{key}" for key in ("society_id", *keys))


def _holds(row: str, counted: str) -> str:
    """At least one day, and not voided."""
    day = _before(row, row)
    return f"{day} AND {row}.{counted}" if counted else day


def _before(one: str, other: str) -> str:
    return f"{one}.starts_on < coalesce({other}.ends_on, '9999-12-31')"
