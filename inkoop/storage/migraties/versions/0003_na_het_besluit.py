"""na het besluit."""

import sqlalchemy as sa
from alembic import op

from inkoop.storage.migraties.waardenlijst import change_waarden

EERST = (
    "toegelaten",
    "toegelaten_onder_voorwaarde",
    "afgewezen",
    "buiten_behandeling",
    "vervangen",
    "ingetrokken",
    "toelating_vervallen",
)
NU = (
    *EERST,
    "toelating_ingetrokken",
    "geselecteerd",
    "reserve",
    "niet_geselecteerd",
    "gunningsvoornemen",
    "niet_gegund",
)

revision = "0003_na_het_besluit"
down_revision = "0002_voorbereiden_en_publiceren"
branch_labels = None
depends_on = None


def upgrade() -> None:
    change_waarden("besluit", "soort", op.f("ck_besluit_soort_besluitsoort"), EERST, NU)
    op.create_table(
        "verzending",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("aanmelding", sa.String(), nullable=False),
        sa.Column("pdf_sha256", sa.String(), nullable=False),
        sa.Column(
            "wijze",
            sa.Enum(
                "platform",
                "aangetekend",
                "e-mail",
                "uitreiking",
                name="verzendwijze",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("verzonden_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verzonden_door", sa.String(), nullable=False),
        sa.Column("referentie", sa.String(), nullable=False),
        sa.Column("bewijs_sha256", sa.String(), nullable=True),
        sa.Column("bezorgd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bewijs_door", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verzending")),
        sa.UniqueConstraint("document", name=op.f("uq_verzending_document")),
    )
    with op.batch_alter_table("verzending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verzending_aanmelding"), ["aanmelding"], unique=False)

    op.create_table(
        "contactmoment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "richting",
            sa.Enum("in", "uit", name="berichtrichting", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column(
            "wijze",
            sa.Enum(
                "telefoon",
                "e-mail",
                "gesprek",
                "platform",
                "post",
                name="contactwijze",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("met", sa.String(), nullable=False),
        sa.Column("onderwerp", sa.String(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("geregistreerd_door", sa.String(), nullable=False),
        sa.Column("geregistreerd_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_contactmoment_aanmelding_id_aanmelding")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contactmoment")),
    )
    with op.batch_alter_table("contactmoment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contactmoment_aanmelding_id"), ["aanmelding_id"], unique=False)

    op.create_table(
        "geschil",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ronde_id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=True),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum("klacht", "kort_geding", name="geschilsoort", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("van", sa.String(), nullable=False),
        sa.Column("percelen", sa.Text(), nullable=False),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tijdig", sa.Boolean(), nullable=False),
        sa.Column("omschrijving", sa.Text(), nullable=False),
        sa.Column("uiterlijk", sa.Date(), nullable=True),
        sa.Column("zitting_op", sa.Date(), nullable=True),
        sa.Column("zaaknummer", sa.String(), nullable=False),
        sa.Column(
            "uitkomst",
            sa.Enum(
                "gegrond",
                "ongegrond",
                "toegewezen",
                "afgewezen",
                "ingetrokken",
                name="geschiluitkomst",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=True,
        ),
        sa.Column("uitkomst_op", sa.Date(), nullable=True),
        sa.Column("toelichting", sa.Text(), nullable=False),
        sa.Column("hervat_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("geregistreerd_door", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_geschil_aanmelding_id_aanmelding")),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name=op.f("fk_geschil_ronde_id_ronde")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_geschil")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_geschil_kenmerk")),
    )
    with op.batch_alter_table("geschil", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_geschil_aanmelding_id"), ["aanmelding_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_geschil_ronde_id"), ["ronde_id"], unique=False)

    op.create_table(
        "heropening",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column(
            "aanleiding",
            sa.Enum(
                "nieuwe_grond",
                "onjuiste_verklaring",
                "faillissement",
                "klacht",
                "vonnis",
                "kennelijke_fout",
                name="herzieningsaanleiding",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("afgedaan_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_heropening_aanmelding_id_aanmelding")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heropening")),
        sa.UniqueConstraint("aanmelding_id", "volgnummer", name=op.f("uq_heropening_aanmelding_id_volgnummer")),
    )
    with op.batch_alter_table("heropening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_heropening_aanmelding_id"), ["aanmelding_id"], unique=False)

    op.create_table(
        "nadere_vaststelling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("feit_id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column(
            "wijze",
            sa.Enum(
                "bevestigd",
                "gecorrigeerd",
                "verworpen",
                "onduidelijk",
                name="nadervaststelling",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("inhoud", sa.Text(), nullable=True),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["feit_id"], ["feit.id"], name=op.f("fk_nadere_vaststelling_feit_id_feit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nadere_vaststelling")),
        sa.UniqueConstraint("feit_id", "volgnummer", name=op.f("uq_nadere_vaststelling_feit_id_volgnummer")),
    )
    with op.batch_alter_table("nadere_vaststelling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nadere_vaststelling_feit_id"), ["feit_id"], unique=False)


def downgrade() -> None:
    change_waarden("besluit", "soort", op.f("ck_besluit_soort_besluitsoort"), NU, EERST)
    with op.batch_alter_table("nadere_vaststelling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nadere_vaststelling_feit_id"))

    op.drop_table("nadere_vaststelling")
    with op.batch_alter_table("heropening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_heropening_aanmelding_id"))

    op.drop_table("heropening")
    with op.batch_alter_table("geschil", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_geschil_ronde_id"))
        batch_op.drop_index(batch_op.f("ix_geschil_aanmelding_id"))

    op.drop_table("geschil")
    with op.batch_alter_table("contactmoment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contactmoment_aanmelding_id"))

    op.drop_table("contactmoment")
    with op.batch_alter_table("verzending", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verzending_aanmelding"))

    op.drop_table("verzending")
