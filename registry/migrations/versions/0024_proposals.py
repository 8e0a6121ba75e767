"""What members ask to have changed, fact by fact, with the reason and the evidence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024_proposals"
down_revision = "0022_integrity"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    """A fact of a person is open once."""
    op.create_table(
        "proposal",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("filename", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        *_keys("proposal"),
    )
    op.create_index("ix_proposal_person", "proposal", ["society_id", "person_id", "id"])
    op.create_table(
        "proposed_fact",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("proposal_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_by", sa.String(80), nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        *_keys("proposed_fact"),
        _refers("proposed_fact", "proposal_id", "proposal"),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_proposed_fact_proposal", "proposed_fact", ["society_id", "proposal_id"])
    _where_open("uq_proposed_fact_open", ["society_id", "person_id", "key"], unique=True)
    _where_open("ix_proposed_fact_open", ["society_id", "proposal_id"], unique=False)


def _where_open(name: str, columns: list[str], *, unique: bool) -> None:
    op.create_index(name, "proposed_fact", columns, unique=unique, sqlite_where=OPEN, postgresql_where=OPEN)


def _keys(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _refers(table, "society_id", "society"),
        _refers(table, "person_id", "person"),
    )


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def downgrade() -> None:
    """What was asked and answered is lost."""
    op.drop_table("proposed_fact")
    op.drop_table("proposal")
