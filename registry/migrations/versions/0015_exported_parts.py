"""Files that are written beside the requests, in sealed pieces."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.core.db import Instant

revision = "0015_exported_parts"
down_revision = "0014_judging"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """They are kept for a day."""
    op.create_table(
        "exported_part",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("job_id", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name="fk_exported_part_job_id_job"),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_exported_part_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_exported_part"),
        sa.UniqueConstraint("society_id", "job_id", "place", name="uq_exported_part_society_id_job_id_place"),
    )


def downgrade() -> None:
    """They can be written again."""
    op.drop_table("exported_part")
