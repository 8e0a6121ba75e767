"""A short text about oneself, what fellow members may see, and whether a society has a directory at all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031_visibility"
down_revision = "0030_recovery"


def upgrade() -> None:
    """Nobody is shown; who agreed before did so to the facts that the wording of that time names."""
    op.add_column("person", sa.Column("bio", sa.String(1000), nullable=False, server_default=""))
    op.add_column("society", sa.Column("directory", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("consent", sa.Column("facts", sa.String(120), nullable=False, server_default=""))
    consent = sa.table("consent", *map(sa.column, ("purpose", "given", "facts")))
    agreed = sa.and_(consent.c.purpose == "directory", consent.c.given.is_(sa.true()))
    op.execute(consent.update().where(agreed).values(facts="employer phone email"))


def downgrade() -> None:
    """What was chosen, and written of oneself, is lost."""
    op.drop_column("consent", "facts")
    op.drop_column("society", "directory")
    op.drop_column("person", "bio")
