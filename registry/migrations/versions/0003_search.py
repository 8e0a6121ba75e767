"""The full-text index of person.search_text: FTS5 on SQLite, tsvector on PostgreSQL."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

REMOVE = "INSERT INTO person_search (person_search, rowid, search_text) VALUES ('delete', OLD.id, OLD.search_text);"
ENTER = "INSERT INTO person_search (rowid, search_text) VALUES (NEW.id, NEW.search_text);"

SQLITE = (
    """CREATE VIRTUAL TABLE person_search USING fts5(
        search_text, content='person', content_rowid='id',
        prefix='1 2 3', tokenize="unicode61 remove_diacritics 0")""",
    f"CREATE TRIGGER person_search_insert AFTER INSERT ON person BEGIN {ENTER} END",
    f"CREATE TRIGGER person_search_delete AFTER DELETE ON person BEGIN {REMOVE} END",
    f"""CREATE TRIGGER person_search_update AFTER UPDATE OF search_text ON person
        WHEN OLD.search_text <> NEW.search_text BEGIN {REMOVE} {ENTER} END""",
    "INSERT INTO person_search (person_search) VALUES ('rebuild')",
)

POSTGRESQL = (
    """ALTER TABLE person ADD COLUMN search_vector tsvector
        GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, search_text)) STORED""",
    "CREATE INDEX ix_person_search_vector ON person USING gin (search_vector)",
)


def upgrade() -> None:
    """Kept by the database itself, so that no writer can forget."""
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)
