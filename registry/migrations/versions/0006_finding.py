"""Stroke orders, and the facts that a spell repeats of its person, kept by triggers, with an index for each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.core import strokes

revision = "0006_finding"
down_revision = "0005_merging"

BIRTH_MONTH = "CASE WHEN length({0}birth) >= 7 THEN substr({0}birth, 6, 2) END"
GAPS = " + ".join(
    f"CASE WHEN {{0}}{fact} = '' THEN {bit} ELSE 0 END"
    for fact, bit in (("phone", 1), ("email", 2), ("employer", 4), ("title", 8), ("disciplines", 16))
)
SAME = (
    "region",
    "sort_pinyin",
    "sort_strokes",
    "sort_name_strokes",
    "sex",
    "birth",
    "ethnic",
    "political",
    "employer_kind",
    "grassroots",
    "title_level",
    "education",
    "degree",
    "disciplines",
)
MIRRORED = {column: f"{{0}}{column}" for column in SAME} | {"birth_month": BIRTH_MONTH, "gaps": GAPS}
"""Columns of membership, and how each follows from its person."""
SOURCES = (*SAME, "phone", "email", "employer", "title")

ORDERS = {
    "number": "sort_number",
    "pinyin": "sort_pinyin",
    "strokes": "sort_strokes",
    "name_strokes": "sort_name_strokes",
    "joined": "starts_on",
}
FACTS = (
    "region",
    "sex",
    "birth",
    "birth_month",
    "ethnic",
    "political",
    "employer_kind",
    "grassroots",
    "title_level",
    "education",
    "degree",
    "gaps",
)
FOUND = {"category": "category_id", "branch": "branch_id", **{fact: fact for fact in FACTS}}
LOOKED_AT = (
    "starts_on",
    "ends_on",
    "end_reason",
    "branch_id",
    "category_id",
    "person_id",
    *FACTS,
    "disciplines",
)
OLD = [
    f"ix_membership_{word}_{order}"
    for word in ("all", "region", "category", "branch", "ended")
    for order in ("number", "pinyin", "joined")
]


def upgrade() -> None:
    """The columns, what they hold, the triggers, and the indexes in the place of one per filter and sort."""
    for name in OLD:
        op.drop_index(name, "membership")
    _add_columns()
    _fill_persons()
    op.execute(
        f"UPDATE membership SET ({', '.join(MIRRORED)}) = "
        f"(SELECT {_values('p.')} FROM person p WHERE p.id = membership.person_id) WHERE person_id IS NOT NULL"
    )
    for statement in _postgresql() if op.get_bind().dialect.name == "postgresql" else _sqlite():
        op.execute(statement)
    _index()


def _key(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _add_columns() -> None:
    for table in ("person", "membership"):
        for column in ("sort_strokes", "sort_name_strokes"):
            op.add_column(table, sa.Column(column, _key(200), nullable=False, server_default=""))
    texts = {"sex": 1, "birth_month": 2, "ethnic": 4, "political": 4}
    texts |= dict.fromkeys(("employer_kind", "title_level", "education", "degree"), 20)
    for column, length in texts.items():
        op.add_column("membership", sa.Column(column, sa.String(length), nullable=True))
    op.add_column("membership", sa.Column("birth", _key(10), nullable=True))
    op.add_column("membership", sa.Column("grassroots", sa.Boolean(), nullable=True))
    op.add_column("membership", sa.Column("disciplines", sa.String(120), nullable=False, server_default=""))
    op.add_column("membership", sa.Column("gaps", sa.Integer(), nullable=False, server_default="0"))


def _fill_persons() -> None:
    """The keys of both stroke orders, and the disciplines in the search text, marked so that nobody types them."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, name, search_text, disciplines FROM person"))
    values = [_keys(*row) for row in rows]
    if values:
        connection.execute(
            sa.text(
                "UPDATE person SET sort_strokes = :surname, sort_name_strokes = :name, search_text = :words"
                " WHERE id = :id"
            ),
            values,
        )


def _keys(person_id: int, name: str, words: str, disciplines: str) -> dict[str, object]:
    marked = (f"科{code}" for code in disciplines.split())
    return {
        "id": person_id,
        "surname": strokes.by_surname(name).text[:200],
        "name": strokes.by_name(name).text[:200],
        "words": " ".join((words, *marked)),
    }


def _values(row: str) -> str:
    return ", ".join(value.format(row) for value in MIRRORED.values())


def _sqlite() -> tuple[str, ...]:
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in SOURCES)
    new = ", ".join(f"{column} = {value.format('NEW.')}" for column, value in MIRRORED.items())
    fill = (
        f"UPDATE membership SET ({', '.join(MIRRORED)}) = "
        f"(SELECT {_values('p.')} FROM person p WHERE p.id = NEW.person_id) WHERE id = NEW.id;"
    )
    return (
        f"""CREATE TRIGGER person_mirrored AFTER UPDATE OF {", ".join(SOURCES)} ON person WHEN {differs} BEGIN
            UPDATE membership SET {new} WHERE society_id = NEW.society_id AND person_id = NEW.id; END""",
        f"""CREATE TRIGGER membership_mirrors_new AFTER INSERT ON membership
            WHEN NEW.person_id IS NOT NULL BEGIN {fill} END""",
        f"""CREATE TRIGGER membership_mirrors_other AFTER UPDATE OF person_id ON membership
            WHEN NEW.person_id IS NOT OLD.person_id AND NEW.person_id IS NOT NULL BEGIN {fill} END""",
    )


def _postgresql() -> tuple[str, ...]:
    columns = ", ".join(f"NEW.{column}" for column in MIRRORED)
    new = ", ".join(f"{column} = {value.format('NEW.')}" for column, value in MIRRORED.items())
    old_and_new = (", ".join(f"{row}.{column}" for column in SOURCES) for row in ("OLD", "NEW"))
    differs = " IS DISTINCT FROM ".join(f"({row})" for row in old_and_new)
    return (
        f"""CREATE FUNCTION membership_mirrors() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.person_id IS NOT NULL THEN
                SELECT {_values("p.")} INTO {columns} FROM person p WHERE p.id = NEW.person_id;
            END IF;
            RETURN NEW;
        END $$""",
        f"""CREATE FUNCTION person_mirrored() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            UPDATE membership SET {new} WHERE society_id = NEW.society_id AND person_id = NEW.id;
            RETURN NULL;
        END $$""",
        """CREATE TRIGGER membership_mirrors BEFORE INSERT OR UPDATE OF person_id ON membership
            FOR EACH ROW EXECUTE FUNCTION membership_mirrors()""",
        f"""CREATE TRIGGER person_mirrored AFTER UPDATE OF {", ".join(SOURCES)} ON person
            FOR EACH ROW WHEN ({differs}) EXECUTE FUNCTION person_mirrored()""",
    )


def _index() -> None:
    for order, key in ORDERS.items():
        _create(f"by_{order}", key, "id", *(column for column in LOOKED_AT if column != key))
    for word, column in FOUND.items():
        _create(f"of_{word}", column, "starts_on", "ends_on", "person_id")
    ended = "person_id IS NOT NULL AND end_reason IS NOT NULL"
    _create("of_state", "end_reason", "starts_on", "ends_on", "person_id", where=ended)
    runs_out = sa.text("valid_until IS NOT NULL")
    op.create_index(
        "ix_identity_document_runs_out",
        "identity_document",
        ["society_id", "valid_until", "person_id"],
        sqlite_where=runs_out,
        postgresql_where=runs_out,
    )


def _create(name: str, *columns: str, where: str = "person_id IS NOT NULL") -> None:
    kept = sa.text(where)
    op.create_index(
        f"ix_membership_{name}",
        "membership",
        ["society_id", *columns],
        sqlite_where=kept,
        postgresql_where=kept,
    )
