"""When each person last confirmed the entry, as the roster is narrowed by it."""

from __future__ import annotations

from alembic import op

revision = "0032_freshness"
down_revision = "0031_visibility"


def upgrade() -> None:
    """The never confirmed stand in it too."""
    op.create_index("ix_person_confirmed", "person", ["society_id", "confirmed_on"])


def downgrade() -> None:
    """Nobody is found by it."""
    op.drop_index("ix_person_confirmed", "person")
