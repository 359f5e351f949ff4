"""web."""

import sqlalchemy as sa
from alembic import op

revision = "0008_web"
down_revision = "0007_selectie"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "klad",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("formulier", sa.String(), nullable=False),
        sa.Column("onderwerp", sa.String(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("persoon", "formulier", "onderwerp", name=op.f("pk_klad")),
    )
    op.create_table(
        "websessie",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("rol", sa.String(), nullable=False),
        sa.Column("begonnen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gebruikt_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_websessie")),
    )
    with op.batch_alter_table("websessie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_websessie_gebruikt_op"), ["gebruikt_op"], unique=False)
        batch_op.create_index(batch_op.f("ix_websessie_persoon"), ["persoon"], unique=False)

    op.create_table(
        "account",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("wachtwoord", sa.String(), nullable=False),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["persoon"], ["persoon.id"], name=op.f("fk_account_persoon_persoon")),
        sa.PrimaryKeyConstraint("persoon", name=op.f("pk_account")),
    )


def downgrade() -> None:
    op.drop_table("account")
    with op.batch_alter_table("websessie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_websessie_persoon"))
        batch_op.drop_index(batch_op.f("ix_websessie_gebruikt_op"))

    op.drop_table("websessie")
    op.drop_table("klad")
