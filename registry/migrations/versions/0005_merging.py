"""Likely twins: the marks by which they are found, who was judged to be two, and merges."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.core.dates import PartialDate
from registry.merging.marking import rows

revision = "0005_merging"
down_revision = "0004"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MERGED = sa.text("merged_into_id IS NOT NULL")
MOMENT = sa.DateTime(timezone=True)
AT_ONCE = 5000
FACTS = (
    "name",
    "name_traditional",
    "name_pinyin",
    "name_latin",
    "former_names",
    "birth",
    "employer",
    "phone",
    "email",
)


def upgrade() -> None:
    """Lay the tables and mark everybody who is on the register."""
    _point_to_survivors()
    _lay_marks()
    _lay_judgements()
    _lay_merges()
    _mark_everybody()


def _point_to_survivors() -> None:
    """SQLite adds a reference only with its column, and any other way would lay the table anew."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "ALTER TABLE person ADD COLUMN merged_into_id INTEGER "
            "CONSTRAINT fk_person_merged_into_id_person REFERENCES person (id)"
        )
    else:
        op.add_column("person", sa.Column("merged_into_id", KEY, nullable=True))
        op.create_foreign_key(
            "fk_person_merged_into_id_person", "person", "person", ["merged_into_id"], ["id"]
        )
    op.create_index(
        "ix_person_merged",
        "person",
        ["society_id", "merged_into_id"],
        sqlite_where=MERGED,
        postgresql_where=MERGED,
    )


def _lay_marks() -> None:
    op.create_table(
        "twin_mark",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("society_id", "kind", "mark", "person_id", name="pk_twin_mark"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_twin_mark_person", "twin_mark", ["society_id", "person_id"])


def _lay_judgements() -> None:
    op.create_table(
        "apart",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("other_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("judged_by", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_apart_society_id_society"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_apart_person_id_person"),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name="fk_apart_other_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_apart"),
        sa.UniqueConstraint(
            "society_id", "person_id", "other_id", name="uq_apart_society_id_person_id_other_id"
        ),
    )


def _lay_merges() -> None:
    op.create_table(
        "person_merge",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("survivor_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("act_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("merged_by", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("undoing", sa.JSON(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_person_merge_society_id_society"),
        sa.ForeignKeyConstraint(["survivor_id"], ["person.id"], name="fk_person_merge_survivor_id_person"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_merge_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_person_merge"),
    )
    op.create_index("ix_person_merge_survivor", "person_merge", ["society_id", "survivor_id"])
    op.create_index("ix_person_merge_person", "person_merge", ["society_id", "person_id"])


def _mark_everybody() -> None:
    connection = op.get_bind()
    person = sa.table("person", *map(sa.column, ("id", "society_id", *FACTS)))
    mark = sa.table("twin_mark", *map(sa.column, ("society_id", "kind", "mark", "person_id")))
    last = 0
    while (
        people := connection.execute(
            sa.select(person).where(person.c.id > last).order_by(person.c.id).limit(AT_ONCE)
        )
        .mappings()
        .all()
    ):
        made = [row for one in people for row in rows(one["society_id"], one["id"], _facts(one))]
        if made:
            connection.execute(sa.insert(mark), made)
        last = people[-1]["id"]


def _facts(row: sa.RowMapping) -> dict[str, object]:
    return {**row, "birth": PartialDate.parse(row["birth"]) if row["birth"] else None}
