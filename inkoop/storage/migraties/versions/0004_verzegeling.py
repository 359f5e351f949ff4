"""verzegeling."""

import sqlalchemy as sa
from alembic import op

revision = "0004_verzegeling"
down_revision = "0003_na_het_besluit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rondesleutel",
        sa.Column("ronde_id", sa.Uuid(), nullable=False),
        sa.Column("publiek", sa.String(), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name=op.f("fk_rondesleutel_ronde_id_ronde")),
        sa.PrimaryKeyConstraint("ronde_id", name=op.f("pk_rondesleutel")),
    )
    op.create_table(
        "verzegeling",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("kenteken", sa.String(), nullable=False),
        sa.Column("ontvangsthash", sa.String(), nullable=False),
        sa.Column("enveloppen", sa.Text(), nullable=False),
        sa.Column("intrekking", sa.String(), nullable=True),
        sa.Column("ontzegeld_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_verzegeling_aanmelding_id_aanmelding")
        ),
        sa.PrimaryKeyConstraint("aanmelding_id", name=op.f("pk_verzegeling")),
    )
    with op.batch_alter_table("verzegeling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verzegeling_kenteken"), ["kenteken"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("verzegeling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verzegeling_kenteken"))

    op.drop_table("verzegeling")
    op.drop_table("rondesleutel")
