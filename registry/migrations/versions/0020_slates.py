"""Draft councils and who stands on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.core.db import Instant

revision = "0020_slates"
down_revision = "0015_exported_parts"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A slate is a working paper; only its act writes tenures."""
    op.create_table(
        "slate",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("body_id", KEY, nullable=False),
        sa.Column("label", sa.String(40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("planned_end_on", sa.Date(), nullable=False),
        sa.Column("account_name", sa.String(80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("act_id", KEY, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_slate_society_id_society")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_slate_body_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slate")),
    )
    op.create_index("ix_slate_society", "slate", ["society_id", "id"])
    op.create_table(
        "candidate",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("slate_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_candidate_society_id_society")),
        sa.ForeignKeyConstraint(["slate_id"], ["slate.id"], name=op.f("fk_candidate_slate_id_slate")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_candidate_person_id_person")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_candidate_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint(
            "society_id",
            "slate_id",
            "post_id",
            "person_id",
            name=op.f("uq_candidate_society_id_slate_id_post_id_person_id"),
        ),
    )
    op.create_index("ix_candidate_person", "candidate", ["society_id", "person_id"])


def downgrade() -> None:
    """Drafts are lost; what they became stays."""
    op.drop_table("candidate")
    op.drop_table("slate")
