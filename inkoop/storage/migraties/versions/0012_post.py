"""post."""

import sqlalchemy as sa
from alembic import op

revision = "0012_post"
down_revision = "0011_bestaand_contract"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "post",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sleutel", sa.String(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum(
                "taak",
                "termijn",
                "bericht",
                "dagoverzicht",
                name="postsoort",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("kop", sa.String(), nullable=False),
        sa.Column("regels", sa.Text(), nullable=False),
        sa.Column("pad", sa.String(), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "stand",
            sa.Enum(
                "klaar",
                "bezig",
                "verzonden",
                "mislukt",
                "apart",
                name="poststand",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("poging", sa.Integer(), nullable=False),
        sa.Column("niet_voor", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bezig_tot", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verzonden_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("sleutel", name=op.f("uq_post_sleutel")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_persoon"), ["persoon"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_stand"), ["stand"], unique=False)

    op.create_table(
        "postadres",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("adres", sa.String(), nullable=False),
        sa.Column(
            "keuze",
            sa.Enum(
                "meteen", "dagoverzicht", "geen", name="postkeuze", native_enum=False, create_constraint=True, length=64
            ),
            nullable=False,
        ),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["persoon"], ["persoon.id"], name=op.f("fk_postadres_persoon_persoon")),
        sa.PrimaryKeyConstraint("persoon", name=op.f("pk_postadres")),
    )


def downgrade() -> None:
    op.drop_table("postadres")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_stand"))
        batch_op.drop_index(batch_op.f("ix_post_persoon"))

    op.drop_table("post")
