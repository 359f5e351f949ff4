"""inloggen."""

import sqlalchemy as sa
from alembic import op

revision = "0017_inloggen"
down_revision = "0016_token"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inlogpoging",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("bron", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("verifier", sa.String(), nullable=False),
        sa.Column("terug", sa.String(), nullable=False),
        sa.Column("begonnen_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inlogpoging")),
    )
    with op.batch_alter_table("inlogpoging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inlogpoging_begonnen_op"), ["begonnen_op"], unique=False)

    op.create_table(
        "inlogkoppeling",
        sa.Column("merk", sa.String(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("bron", sa.String(), nullable=False),
        sa.Column("gekoppeld_door", sa.String(), nullable=False),
        sa.Column("gekoppeld_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["persoon"], ["persoon.id"], name=op.f("fk_inlogkoppeling_persoon_persoon")),
        sa.PrimaryKeyConstraint("merk", name=op.f("pk_inlogkoppeling")),
    )
    with op.batch_alter_table("inlogkoppeling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inlogkoppeling_persoon"), ["persoon"], unique=False)

    with op.batch_alter_table("websessie", schema=None, recreate="always") as batch_op:
        batch_op.add_column(sa.Column("bron", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("websessie", schema=None) as batch_op:
        batch_op.drop_column("bron")

    with op.batch_alter_table("inlogkoppeling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inlogkoppeling_persoon"))

    op.drop_table("inlogkoppeling")
    with op.batch_alter_table("inlogpoging", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inlogpoging_begonnen_op"))

    op.drop_table("inlogpoging")
