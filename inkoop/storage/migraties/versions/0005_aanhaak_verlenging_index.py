"""aanhaak verlenging index."""

import sqlalchemy as sa
from alembic import op

revision = "0005_aanhaak_verlenging_index"
down_revision = "0004_verzegeling"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aanhaakverzoek",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("gemeente", sa.String(), nullable=False),
        sa.Column("jaar", sa.Integer(), nullable=False),
        sa.Column("opgave", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "besluit",
            sa.Enum(
                "toegetreden",
                "niet_tijdig",
                name="aanhaakbesluit",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=True,
        ),
        sa.Column("ingang", sa.Date(), nullable=True),
        sa.Column("grond", sa.Text(), nullable=False),
        sa.Column("besloten_door", sa.String(), nullable=True),
        sa.Column("besloten_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk_aanhaakverzoek_procedure_id_procedure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aanhaakverzoek")),
        sa.UniqueConstraint(
            "procedure_id", "gemeente", "jaar", name=op.f("uq_aanhaakverzoek_procedure_id_gemeente_jaar")
        ),
    )
    with op.batch_alter_table("aanhaakverzoek", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aanhaakverzoek_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "indexering",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("jaar", sa.Integer(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("berekend_door", sa.String(), nullable=False),
        sa.Column("berekend_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grond", sa.Text(), nullable=False),
        sa.Column("vastgesteld_door", sa.String(), nullable=True),
        sa.Column("vastgesteld_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_indexering_procedure_id_procedure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indexering")),
        sa.UniqueConstraint("procedure_id", "jaar", name=op.f("uq_indexering_procedure_id_jaar")),
    )
    with op.batch_alter_table("indexering", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indexering_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "verlengingsbesluit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column(
            "keuze",
            sa.Enum(
                "verlengen",
                "niet_verlengen",
                name="verlengingskeuze",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("tot", sa.Date(), nullable=False),
        sa.Column("grond", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk_verlengingsbesluit_procedure_id_procedure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verlengingsbesluit")),
        sa.UniqueConstraint("procedure_id", "nummer", name=op.f("uq_verlengingsbesluit_procedure_id_nummer")),
    )
    with op.batch_alter_table("verlengingsbesluit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verlengingsbesluit_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "aanhaakbericht",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("contractnummer", sa.String(), nullable=False),
        sa.Column("verzonden_op", sa.Date(), nullable=False),
        sa.Column("bewijs", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["aanhaakverzoek.id"], name=op.f("fk_aanhaakbericht_verzoek_id_aanhaakverzoek")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aanhaakbericht")),
        sa.UniqueConstraint("verzoek_id", "contractnummer", name=op.f("uq_aanhaakbericht_verzoek_id_contractnummer")),
    )
    with op.batch_alter_table("aanhaakbericht", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aanhaakbericht_verzoek_id"), ["verzoek_id"], unique=False)

    op.create_table(
        "aanhaakhandeling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum(
                "aangesloten", "conform", name="aanhaakhandeling", native_enum=False, create_constraint=True, length=64
            ),
            nullable=False,
        ),
        sa.Column("gedaan_op", sa.Date(), nullable=False),
        sa.Column("bewijs", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["aanhaakverzoek.id"], name=op.f("fk_aanhaakhandeling_verzoek_id_aanhaakverzoek")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aanhaakhandeling")),
        sa.UniqueConstraint("verzoek_id", "soort", name=op.f("uq_aanhaakhandeling_verzoek_id_soort")),
    )
    with op.batch_alter_table("aanhaakhandeling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aanhaakhandeling_verzoek_id"), ["verzoek_id"], unique=False)

    op.create_table(
        "gestandverlenging",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ronde_id", sa.Uuid(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=False),
        sa.Column("grond", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name=op.f("fk_gestandverlenging_ronde_id_ronde")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gestandverlenging")),
        sa.UniqueConstraint("ronde_id", "tot", name=op.f("uq_gestandverlenging_ronde_id_tot")),
    )
    with op.batch_alter_table("gestandverlenging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gestandverlenging_ronde_id"), ["ronde_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("gestandverlenging", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gestandverlenging_ronde_id"))

    op.drop_table("gestandverlenging")
    with op.batch_alter_table("aanhaakhandeling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aanhaakhandeling_verzoek_id"))

    op.drop_table("aanhaakhandeling")
    with op.batch_alter_table("aanhaakbericht", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aanhaakbericht_verzoek_id"))

    op.drop_table("aanhaakbericht")
    with op.batch_alter_table("verlengingsbesluit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verlengingsbesluit_procedure_id"))

    op.drop_table("verlengingsbesluit")
    with op.batch_alter_table("indexering", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indexering_procedure_id"))

    op.drop_table("indexering")
    with op.batch_alter_table("aanhaakverzoek", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aanhaakverzoek_procedure_id"))

    op.drop_table("aanhaakverzoek")
