"""Branches keep the names that they bore."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009_bulk"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A history of names, beginning with the one that each branch bears."""
    op.create_table(
        "branch_name",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("branch_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_branch_name_branch_id_branch")),
        sa.ForeignKeyConstraint(
            ["society_id"], ["society.id"], name=op.f("fk_branch_name_society_id_society")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch_name")),
    )
    op.create_index("ix_branch_name_branch", "branch_name", ["society_id", "branch_id", "starts_on"])
    op.execute(
        "INSERT INTO branch_name (society_id, branch_id, name, starts_on, decision, version)"
        " SELECT society_id, id, name, starts_on, '', 1 FROM branch"
    )


def downgrade() -> None:
    """The newest name stays with the branch."""
    op.drop_table("branch_name")
