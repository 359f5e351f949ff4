"""bewaking."""

import sqlalchemy as sa
from alembic import op

revision = "0013_bewaking"
down_revision = "0012_post"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bewaakt_stuk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contractnummer", sa.String(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("geldig_tot", sa.Date(), nullable=False),
        sa.Column("bewijs", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bewaakt_stuk")),
        sa.UniqueConstraint(
            "contractnummer", "naam", "geldig_tot", name=op.f("uq_bewaakt_stuk_contractnummer_naam_geldig_tot")
        ),
    )
    with op.batch_alter_table("bewaakt_stuk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bewaakt_stuk_contractnummer"), ["contractnummer"], unique=False)

    op.create_table(
        "plichtmeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contractnummer", sa.String(), nullable=False),
        sa.Column("plicht", sa.String(), nullable=False),
        sa.Column("peildatum", sa.Date(), nullable=False),
        sa.Column("waarde", sa.String(), nullable=False),
        sa.Column("bewijs", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plichtmeting")),
        sa.UniqueConstraint(
            "contractnummer", "plicht", "peildatum", name=op.f("uq_plichtmeting_contractnummer_plicht_peildatum")
        ),
    )
    with op.batch_alter_table("plichtmeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plichtmeting_contractnummer"), ["contractnummer"], unique=False)

    op.create_table(
        "melding",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("sleutel", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("onderwerp", sa.String(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum(
                "stuk",
                "kwartaal",
                "plicht",
                "verlenging",
                "brief",
                "mandaat",
                "addendum",
                "aanhaak",
                "einde",
                name="termsoort",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("wat", sa.Text(), nullable=False),
        sa.Column("waarom", sa.Text(), nullable=False),
        sa.Column("bron", sa.Text(), nullable=False),
        sa.Column(
            "rol",
            sa.Enum(
                "inkoper",
                "jurist",
                "contractmanager",
                "beleidsadviseur",
                "financien",
                "gemandateerde",
                "beoordelaar",
                "aanbieder",
                "archivaris",
                "beheerder",
                "systeem",
                "toegang",
                name="rol",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("uiterlijk", sa.Date(), nullable=False),
        sa.Column("gemeld_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("afgehandeld_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("afgehandeld_door", sa.String(), nullable=True),
        sa.Column("afhandeling", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_melding_procedure_id_procedure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_melding")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_melding_kenmerk")),
        sa.UniqueConstraint("sleutel", name=op.f("uq_melding_sleutel")),
    )
    with op.batch_alter_table("melding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_melding_onderwerp"), ["onderwerp"], unique=False)
        batch_op.create_index(batch_op.f("ix_melding_procedure_id"), ["procedure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_melding_term"), ["term"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("melding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_melding_term"))
        batch_op.drop_index(batch_op.f("ix_melding_procedure_id"))
        batch_op.drop_index(batch_op.f("ix_melding_onderwerp"))

    op.drop_table("melding")
    with op.batch_alter_table("plichtmeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plichtmeting_contractnummer"))

    op.drop_table("plichtmeting")
    with op.batch_alter_table("bewaakt_stuk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bewaakt_stuk_contractnummer"))

    op.drop_table("bewaakt_stuk")
