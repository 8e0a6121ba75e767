"""Findings that live: what is to be set right, its steps, and the papers that prove an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021_findings"
down_revision = "0020_slates"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Steps stay; the finding repeats the newest."""
    op.create_table(
        "rectification",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("stands", sa.String(12), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        *_keys("rectification", "society_id", "society"),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_rectification_society", "rectification", ["society_id", "stands", "until"])
    op.create_table(
        "rectification_step",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("rectification_id", KEY, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("actor_name", sa.String(80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("approval", sa.String(120), nullable=False),
        *_keys("rectification_step", "society_id", "society"),
        _refers("rectification_step", "rectification_id", "rectification"),
    )
    op.create_index("ix_rectification_step", "rectification_step", ["society_id", "rectification_id"])
    op.create_table(
        "rectification_paper",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("step_id", KEY, nullable=False),
        sa.Column("filename", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *_keys("rectification_paper", "society_id", "society"),
        _refers("rectification_paper", "step_id", "rectification_step"),
    )
    op.create_index("ix_rectification_paper", "rectification_paper", ["society_id", "step_id"])


def _keys(table: str, column: str, to: str) -> tuple[sa.schema.SchemaItem, ...]:
    key = sa.Column("id", KEY, nullable=False)
    return key, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")), _refers(table, column, to)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def downgrade() -> None:
    """What was raised and answered is lost."""
    for table in ("rectification_paper", "rectification_step", "rectification"):
        op.drop_table(table)
