"""The language that an account reads in; none = as the browser asks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028_languages"
down_revision = "0027_certificates"


def upgrade() -> None:
    """Nobody has chosen yet."""
    op.add_column("account", sa.Column("language", sa.String(8), nullable=True))


def downgrade() -> None:
    """What was chosen is forgotten."""
    op.drop_column("account", "language")
