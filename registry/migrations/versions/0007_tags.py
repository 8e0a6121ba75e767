"""Tags, and who bears them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_tags"
down_revision = "0006_finding"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HELD = sa.text("held")


def upgrade() -> None:
    """Lay the tables."""
    op.create_table(
        "tag",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_tag_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_tag"),
        sa.UniqueConstraint("society_id", "name", name="uq_tag_society_id_name"),
    )
    op.create_table(
        "tagging",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("tag_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_tagging_society_id_society"),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name="fk_tagging_tag_id_tag"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_tagging_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_tagging"),
    )
    op.create_index("uq_tagging_person", "tagging", ["society_id", "person_id", "tag_id"], unique=True)
    op.create_index(
        "ix_tagging_tag",
        "tagging",
        ["society_id", "tag_id", "person_id"],
        sqlite_where=HELD,
        postgresql_where=HELD,
    )
