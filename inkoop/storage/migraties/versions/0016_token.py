"""token."""

import sqlalchemy as sa
from alembic import op

revision = "0016_token"
down_revision = "0015_maatregel"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tokengebruik",
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("gebruikt_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kenmerk", name=op.f("pk_tokengebruik")),
    )
    op.create_table(
        "token",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("rol", sa.String(), nullable=False),
        sa.Column("bereik", sa.Text(), nullable=False),
        sa.Column("doel", sa.String(), nullable=False),
        sa.Column("uitgegeven_door", sa.String(), nullable=False),
        sa.Column("uitgegeven_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("geldig_tot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ingetrokken_door", sa.String(), nullable=True),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["persoon"], ["persoon.id"], name=op.f("fk_token_persoon_persoon")),
        sa.PrimaryKeyConstraint("kenmerk", name=op.f("pk_token")),
        sa.UniqueConstraint("hash", name=op.f("uq_token_hash")),
    )
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_token_persoon"), ["persoon"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_token_persoon"))

    op.drop_table("token")
    op.drop_table("tokengebruik")
