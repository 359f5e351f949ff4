"""aandrijving."""

import sqlalchemy as sa
from alembic import op

revision = "0006_aandrijving"
down_revision = "0005_aanhaak_verlenging_index"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aandrijfstand",
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("naam", name=op.f("pk_aandrijfstand")),
    )
    op.create_table(
        "tik",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sleutel", sa.String(), nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("onderwerp", sa.String(), nullable=False),
        sa.Column("gevraagd_door", sa.String(), nullable=False),
        sa.Column("gevraagd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "stand",
            sa.Enum(
                "gevraagd",
                "bezig",
                "klaar",
                "mislukt",
                "geweigerd",
                name="tikstand",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("poging", sa.Integer(), nullable=False),
        sa.Column("begonnen_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("geeindigd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gedaan", sa.Text(), nullable=False),
        sa.Column("open_taken", sa.Integer(), nullable=False),
        sa.Column("melding", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tik")),
        sa.UniqueConstraint("sleutel", name=op.f("uq_tik_sleutel")),
    )
    with op.batch_alter_table("tik", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tik_onderwerp"), ["onderwerp"], unique=False)
        batch_op.create_index(batch_op.f("ix_tik_stand"), ["stand"], unique=False)

    op.create_table(
        "werkslot",
        sa.Column("onderwerp", sa.String(), nullable=False),
        sa.Column("houder", sa.String(), nullable=False),
        sa.Column("proces", sa.String(), nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("sinds", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tot", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("onderwerp", name=op.f("pk_werkslot")),
    )


def downgrade() -> None:
    op.drop_table("werkslot")
    with op.batch_alter_table("tik", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tik_stand"))
        batch_op.drop_index(batch_op.f("ix_tik_onderwerp"))

    op.drop_table("tik")
    op.drop_table("aandrijfstand")
