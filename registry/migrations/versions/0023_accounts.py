"""Links that work once, mails to send, invitations to have an account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023_accounts"
down_revision = "0024_proposals"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Nobody has an address yet."""
    for name, kind in _ACCOUNT:
        op.add_column("account", sa.Column(name, kind, nullable=True))
    op.create_index("ix_account_email_mark", "account", ["email_mark"], unique=True)
    _link_and_mail()
    _invitation()


_ACCOUNT = (
    ("email", sa.LargeBinary()),
    ("email_mark", sa.String(64)),
)


def _link_and_mail() -> None:
    op.create_table(
        "link",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("purpose", sa.String(30), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        *_instants("made_at!", "expires_at!", "used_at", "withdrawn_at"),
        *_keys("link"),
        sa.UniqueConstraint("digest", name=op.f("uq_link_digest")),
    )
    op.create_index("ix_link_subject", "link", ["purpose", "subject"])
    op.create_table(
        "mail",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("template", sa.String(40), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        *_instants("made_at!", "due_at!", "closed_at"),
        *_keys("mail"),
    )
    op.create_index("ix_mail_state", "mail", ["state", "due_at"])


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("branch_id", KEY, nullable=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        *_instants("made_at!", "expires_at!", "accepted_at", "withdrawn_at"),
        sa.Column("account_id", KEY, nullable=True),
        *_keys(
            "invitation", society_id="society", person_id="person", branch_id="branch", account_id="account"
        ),
    )
    op.create_index("ix_invitation_person", "invitation", ["society_id", "person_id"])
    op.create_index("ix_invitation_made", "invitation", ["society_id", "made_at"])


def _instants(*names: str) -> list[sa.Column[object]]:
    """A name that ends in ! must be filled."""
    return [sa.Column(name.rstrip("!"), INSTANT, nullable=not name.endswith("!")) for name in names]


def _keys(table: str, **refers: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
            for column, to in refers.items()
        ),
    ]


def downgrade() -> None:
    """Open invitations and unsent mails are lost."""
    for table in ("invitation", "mail", "link"):
        op.drop_table(table)
    op.drop_index("ix_account_email_mark", "account")
    for name, _kind in _ACCOUNT:
        op.drop_column("account", name)
