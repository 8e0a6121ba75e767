"""Societies' own layouts of printed lists, and files printed beside the requests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016_print_layouts"
down_revision = "0017_composition"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Lay the tables."""
    op.create_table(
        "print_layout",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("subtitle", sa.String(length=200), nullable=False),
        sa.Column("columns", sa.String(length=600), nullable=False),
        sa.Column("order", sa.String(length=12), nullable=False),
        sa.Column("style", sa.String(length=8), nullable=False),
        sa.Column("across", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("signature", sa.String(length=120), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_print_layout_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_print_layout"),
        sa.UniqueConstraint("society_id", "kind", name="uq_print_layout_society_id_kind"),
    )
    op.create_table(
        "printed_file",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("job_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name="fk_printed_file_job_id_job"),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_printed_file_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_printed_file"),
    )
    op.create_index("ix_printed_file_job", "printed_file", ["society_id", "job_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("printed_file")
    op.drop_table("print_layout")
