"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001_eerste_schema"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("volgnummer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("werkelijk_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("rol", sa.String(), nullable=False),
        sa.Column("handeling", sa.String(), nullable=False),
        sa.Column("onderwerp", sa.String(), nullable=False),
        sa.Column("van", sa.String(), nullable=True),
        sa.Column("naar", sa.String(), nullable=True),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("gegevens", sa.Text(), nullable=False),
        sa.Column("rijen", sa.Text(), nullable=False),
        sa.Column("vorige_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("volgnummer", name=op.f("pk_audit")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_hash")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_onderwerp"), ["onderwerp"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_persoon"), ["persoon"], unique=False)

    op.create_table(
        "audit_kop",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_kop")),
    )
    op.create_table(
        "document",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sleutel", sa.String(), nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("onderwerp", sa.String(), nullable=False),
        sa.Column("ronde", sa.String(), nullable=True),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("titel", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "te_maken",
                "concept",
                "in_review",
                "retour",
                "akkoord",
                "definitief",
                "verzonden",
                "getekend",
                "vervallen",
                name="documentstatus",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("gegevens", sa.Text(), nullable=False),
        sa.Column("opgesteld_door", sa.String(), nullable=False),
        sa.Column("gevraagd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sjabloon_hash", sa.String(), nullable=True),
        sa.Column("gegevens_hash", sa.String(), nullable=True),
        sa.Column("docx_sha256", sa.String(), nullable=True),
        sa.Column("pdf_sha256", sa.String(), nullable=True),
        sa.Column("goedgekeurd_door", sa.String(), nullable=True),
        sa.Column("goedgekeurd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verzonden_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opmerking", sa.Text(), nullable=False),
        sa.Column("vorige", sa.String(), nullable=True),
        sa.Column("afwijkingen", sa.Text(), nullable=False),
        sa.Column("bundel_sha256", sa.String(), nullable=True),
        sa.Column("motor", sa.String(), nullable=True),
        sa.Column("goedgekeurd_sha256", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_document_kenmerk")),
        sa.UniqueConstraint("sleutel", name=op.f("uq_document_sleutel")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_onderwerp"), ["onderwerp"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_ronde"), ["ronde"], unique=False)

    op.create_table(
        "document_opmerking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("volg", sa.Integer(), nullable=False),
        sa.Column("merk", sa.Integer(), nullable=False),
        sa.Column("clausule", sa.String(), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("auteur", sa.String(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_opmerking")),
        sa.UniqueConstraint("document", "volg", name=op.f("uq_document_opmerking_document_volg")),
    )
    with op.batch_alter_table("document_opmerking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_opmerking_document"), ["document"], unique=False)

    op.create_table(
        "document_wijziging",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("volg", sa.Integer(), nullable=False),
        sa.Column("bestand_sha256", sa.String(), nullable=False),
        sa.Column("merk", sa.Integer(), nullable=False),
        sa.Column("na", sa.Integer(), nullable=False),
        sa.Column("genummerd", sa.Boolean(), nullable=False),
        sa.Column("clausule", sa.String(), nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("oud", sa.Text(), nullable=False),
        sa.Column("nieuw", sa.Text(), nullable=False),
        sa.Column("auteurs", sa.String(), nullable=False),
        sa.Column("bijgehouden", sa.Boolean(), nullable=False),
        sa.Column(
            "oordeel",
            sa.Enum(
                "open",
                "overgenomen",
                "geweigerd",
                name="wijzigingsoordeel",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("door", sa.String(), nullable=True),
        sa.Column("op", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_wijziging")),
        sa.UniqueConstraint("document", "volg", name=op.f("uq_document_wijziging_document_volg")),
    )
    with op.batch_alter_table("document_wijziging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_wijziging_document"), ["document"], unique=False)

    op.create_table(
        "persoon",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("functie", sa.String(), nullable=False),
        sa.Column("rollen", sa.Text(), nullable=False),
        sa.Column("kvk", sa.String(), nullable=True),
        sa.Column("actief", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persoon")),
    )
    op.create_table(
        "procedure",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("definitie", sa.Text(), nullable=False),
        sa.Column("definitie_hash", sa.String(), nullable=False),
        sa.Column(
            "fase",
            sa.Enum(
                "voorbereiden",
                "publiceren",
                "selecteren",
                "concretiseren",
                "contracteren",
                "implementeren",
                name="fase",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gepubliceerd_op", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure")),
        sa.UniqueConstraint("naam", name=op.f("uq_procedure_naam")),
    )
    op.create_table(
        "teller",
        sa.Column("teller", sa.String(), nullable=False),
        sa.Column("stand", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("teller", name=op.f("pk_teller")),
    )
    op.create_table(
        "winkel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum("echt", "simulatie", name="winkelsoort", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_winkel")),
    )
    op.create_table(
        "criteriaeditie",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("criteriaset", sa.String(), nullable=False),
        sa.Column("editie", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk_criteriaeditie_procedure_id_procedure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteriaeditie")),
        sa.UniqueConstraint(
            "procedure_id", "criteriaset", "editie", name=op.f("uq_criteriaeditie_procedure_id_criteriaset_editie")
        ),
    )
    with op.batch_alter_table("criteriaeditie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criteriaeditie_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "gemeentekopie",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("gemeente", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_gemeentekopie_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gemeentekopie")),
        sa.UniqueConstraint("document_id", "gemeente", name=op.f("uq_gemeentekopie_document_id_gemeente")),
    )
    with op.batch_alter_table("gemeentekopie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gemeentekopie_document_id"), ["document_id"], unique=False)

    op.create_table(
        "ondertekening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column(
            "partij",
            sa.Enum("gemeenten", "aanbieder", name="partijsoort", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("namens", sa.String(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("functie", sa.String(), nullable=False),
        sa.Column("grondslag", sa.String(), nullable=False),
        sa.Column("getekend_op", sa.Date(), nullable=False),
        sa.Column("document_sha256", sa.String(), nullable=False),
        sa.Column("geregistreerd_door", sa.String(), nullable=False),
        sa.Column("geregistreerd_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_ondertekening_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ondertekening")),
        sa.UniqueConstraint("document_id", "partij", "naam", name=op.f("uq_ondertekening_document_id_partij_naam")),
    )
    with op.batch_alter_table("ondertekening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ondertekening_document_id"), ["document_id"], unique=False)

    op.create_table(
        "stap",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("ronde", sa.String(), nullable=False),
        sa.Column("stap", sa.String(), nullable=False),
        sa.Column("orgaan", sa.String(), nullable=False),
        sa.Column("uitkomst", sa.String(), nullable=False),
        sa.Column("op", sa.Date(), nullable=False),
        sa.Column("grond", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("rol", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_stap_procedure_id_procedure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stap")),
        sa.UniqueConstraint(
            "procedure_id", "ronde", "stap", "orgaan", "op", name=op.f("uq_stap_procedure_id_ronde_stap_orgaan_op")
        ),
    )
    with op.batch_alter_table("stap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stap_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "ronde",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("criteriaeditie_id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column(
            "fase",
            sa.Enum(
                "voorbereiden",
                "publiceren",
                "selecteren",
                "concretiseren",
                "contracteren",
                "implementeren",
                name="fase",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("opening", sa.Date(), nullable=False),
        sa.Column("sluiting", sa.DateTime(timezone=True), nullable=False),
        sa.Column("openingsverzoek_door", sa.String(), nullable=True),
        sa.Column("geopend_door", sa.String(), nullable=True),
        sa.Column("geopend_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["criteriaeditie_id"], ["criteriaeditie.id"], name=op.f("fk_ronde_criteriaeditie_id_criteriaeditie")
        ),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_ronde_procedure_id_procedure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ronde")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_ronde_kenmerk")),
    )
    with op.batch_alter_table("ronde", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ronde_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "aanmelding",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ronde_id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("kvk", sa.String(), nullable=False),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "ontvangen",
                "in_behandeling",
                "besloten",
                "te_laat",
                "vervangen",
                "ingetrokken",
                name="aanmeldingsstatus",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("opgave", sa.Text(), nullable=False),
        sa.Column("vervangen_door_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name=op.f("fk_aanmelding_ronde_id_ronde")),
        sa.ForeignKeyConstraint(
            ["vervangen_door_id"], ["aanmelding.id"], name=op.f("fk_aanmelding_vervangen_door_id_aanmelding")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aanmelding")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_aanmelding_kenmerk")),
    )
    with op.batch_alter_table("aanmelding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aanmelding_kvk"), ["kvk"], unique=False)
        batch_op.create_index(batch_op.f("ix_aanmelding_ronde_id"), ["ronde_id"], unique=False)

    op.create_table(
        "belangenverklaring",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ronde_id", sa.Uuid(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("geen_belang", sa.Boolean(), nullable=False),
        sa.Column("toelichting", sa.Text(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name=op.f("fk_belangenverklaring_ronde_id_ronde")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_belangenverklaring")),
        sa.UniqueConstraint("ronde_id", "persoon", name=op.f("uq_belangenverklaring_ronde_id_persoon")),
    )
    with op.batch_alter_table("belangenverklaring", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_belangenverklaring_ronde_id"), ["ronde_id"], unique=False)

    op.create_table(
        "verzamelbesluit",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ronde_id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "concept",
                "gecontroleerd",
                "genomen",
                "verzonden",
                "vervangen",
                "vervallen",
                name="besluitstatus",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("opgesteld_door", sa.String(), nullable=False),
        sa.Column("gecontroleerd_door", sa.String(), nullable=True),
        sa.Column("genomen_door", sa.String(), nullable=True),
        sa.Column("genomen_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mandaat", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name=op.f("fk_verzamelbesluit_ronde_id_ronde")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verzamelbesluit")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_verzamelbesluit_kenmerk")),
        sa.UniqueConstraint("ronde_id", name=op.f("uq_verzamelbesluit_ronde_id")),
    )
    op.create_table(
        "aanvulling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column(
            "aanleiding",
            sa.Enum(
                "indiening",
                "herstel",
                "voorwaarde",
                name="aanleiding",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tijdig", sa.Boolean(), nullable=False),
        sa.Column("toelichting", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_aanvulling_aanmelding_id_aanmelding")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aanvulling")),
    )
    with op.batch_alter_table("aanvulling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aanvulling_aanmelding_id"), ["aanmelding_id"], unique=False)

    op.create_table(
        "oordeel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("punt", sa.String(), nullable=False),
        sa.Column("criterium", sa.String(), nullable=False),
        sa.Column("perceel", sa.String(), nullable=True),
        sa.Column("product", sa.String(), nullable=True),
        sa.Column("lid", sa.String(), nullable=True),
        sa.Column("bewijs", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column(
            "rol",
            sa.Enum("beoordelaar", "jurist", name="oordeelrol", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("ja", sa.Boolean(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("antwoorden", sa.Text(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_oordeel_aanmelding_id_aanmelding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oordeel")),
        sa.UniqueConstraint("aanmelding_id", "punt", "persoon", name=op.f("uq_oordeel_aanmelding_id_punt_persoon")),
    )
    with op.batch_alter_table("oordeel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_oordeel_aanmelding_id"), ["aanmelding_id"], unique=False)

    op.create_table(
        "overeenkomst",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("contractnummer", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "concept",
                "ter_ondertekening",
                "getekend",
                "actief",
                "beeindigd",
                "vervallen",
                name="overeenkomststatus",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("ingang", sa.Date(), nullable=False),
        sa.Column("einddatum", sa.Date(), nullable=False),
        sa.Column("opgesteld_door", sa.String(), nullable=False),
        sa.Column("geactiveerd_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_overeenkomst_aanmelding_id_aanmelding")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overeenkomst")),
        sa.UniqueConstraint("aanmelding_id", name=op.f("uq_overeenkomst_aanmelding_id")),
        sa.UniqueConstraint("contractnummer", name=op.f("uq_overeenkomst_contractnummer")),
    )
    op.create_table(
        "toets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column(
            "herstelverloop",
            sa.Enum("open", "gesloten", name="herstelverloop", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("resultaat", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_toets_aanmelding_id_aanmelding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_toets")),
        sa.UniqueConstraint("aanmelding_id", "volgnummer", name=op.f("uq_toets_aanmelding_id_volgnummer")),
    )
    with op.batch_alter_table("toets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_toets_aanmelding_id"), ["aanmelding_id"], unique=False)

    op.create_table(
        "addendum",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("overeenkomst_id", sa.Uuid(), nullable=False),
        sa.Column("nummer", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "concept",
                "ter_ondertekening",
                "getekend",
                "actief",
                "beeindigd",
                "vervallen",
                name="overeenkomststatus",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("ingang", sa.Date(), nullable=False),
        sa.Column("opgesteld_door", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["overeenkomst_id"], ["overeenkomst.id"], name=op.f("fk_addendum_overeenkomst_id_overeenkomst")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addendum")),
        sa.UniqueConstraint("nummer", name=op.f("uq_addendum_nummer")),
        sa.UniqueConstraint("overeenkomst_id", "ingang", name=op.f("uq_addendum_overeenkomst_id_ingang")),
    )
    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addendum_overeenkomst_id"), ["overeenkomst_id"], unique=False)

    op.create_table(
        "besluit",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("eenheid", sa.String(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("perceel", sa.String(), nullable=True),
        sa.Column(
            "soort",
            sa.Enum(
                "toegelaten",
                "toegelaten_onder_voorwaarde",
                "afgewezen",
                "buiten_behandeling",
                "vervangen",
                "ingetrokken",
                "toelating_vervallen",
                name="besluitsoort",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "concept",
                "gecontroleerd",
                "genomen",
                "verzonden",
                "vervangen",
                "vervallen",
                name="besluitstatus",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("voorstel", sa.Text(), nullable=False),
        sa.Column("toets_id", sa.Uuid(), nullable=True),
        sa.Column("verzamelbesluit_id", sa.Uuid(), nullable=True),
        sa.Column("vervangt_id", sa.Uuid(), nullable=True),
        sa.Column("kenmerk", sa.String(), nullable=True),
        sa.Column("opgesteld_door", sa.String(), nullable=False),
        sa.Column("gecontroleerd_door", sa.String(), nullable=True),
        sa.Column("genomen_door", sa.String(), nullable=True),
        sa.Column("genomen_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mandaat", sa.String(), nullable=True),
        sa.Column("verzonden_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("vervaldatum", sa.Date(), nullable=True),
        sa.Column("voorwaarde_tot", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_besluit_aanmelding_id_aanmelding")),
        sa.ForeignKeyConstraint(["toets_id"], ["toets.id"], name=op.f("fk_besluit_toets_id_toets")),
        sa.ForeignKeyConstraint(["vervangt_id"], ["besluit.id"], name=op.f("fk_besluit_vervangt_id_besluit")),
        sa.ForeignKeyConstraint(
            ["verzamelbesluit_id"], ["verzamelbesluit.id"], name=op.f("fk_besluit_verzamelbesluit_id_verzamelbesluit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_besluit")),
        sa.UniqueConstraint(
            "aanmelding_id", "eenheid", "volgnummer", name=op.f("uq_besluit_aanmelding_id_eenheid_volgnummer")
        ),
    )
    with op.batch_alter_table("besluit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_besluit_aanmelding_id"), ["aanmelding_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_besluit_kenmerk"), ["kenmerk"], unique=False)

    op.create_table(
        "bewijsstuk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("aanvulling_id", sa.Uuid(), nullable=True),
        sa.Column("bestand", sa.String(), nullable=False),
        sa.Column("omschrijving", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("mediatype", sa.String(), nullable=False),
        sa.Column("grootte", sa.Integer(), nullable=False),
        sa.Column("lid", sa.String(), nullable=True),
        sa.Column(
            "aanleiding",
            sa.Enum(
                "indiening",
                "herstel",
                "voorwaarde",
                name="aanleiding",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("apart_gezet", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_bewijsstuk_aanmelding_id_aanmelding")
        ),
        sa.ForeignKeyConstraint(
            ["aanvulling_id"], ["aanvulling.id"], name=op.f("fk_bewijsstuk_aanvulling_id_aanvulling")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bewijsstuk")),
        sa.UniqueConstraint(
            "aanmelding_id", "bestand", "sha256", name=op.f("uq_bewijsstuk_aanmelding_id_bestand_sha256")
        ),
    )
    with op.batch_alter_table("bewijsstuk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bewijsstuk_aanmelding_id"), ["aanmelding_id"], unique=False)

    op.create_table(
        "catalogus",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("overeenkomst_id", sa.Uuid(), nullable=False),
        sa.Column("aanbieder", sa.String(), nullable=False),
        sa.Column("perceel", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("van", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["overeenkomst_id"], ["overeenkomst.id"], name=op.f("fk_catalogus_overeenkomst_id_overeenkomst")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogus")),
        sa.UniqueConstraint("overeenkomst_id", "product", "van", name=op.f("uq_catalogus_overeenkomst_id_product_van")),
    )
    with op.batch_alter_table("catalogus", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalogus_overeenkomst_id"), ["overeenkomst_id"], unique=False)

    op.create_table(
        "herstelverzoek",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("toets_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "concept",
                "gecontroleerd",
                "verzonden",
                "afgesloten",
                name="herstelstatus",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("punten", sa.Text(), nullable=False),
        sa.Column("uiterlijk", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opgesteld_door", sa.String(), nullable=False),
        sa.Column("gecontroleerd_door", sa.String(), nullable=True),
        sa.Column("verzonden_door", sa.String(), nullable=True),
        sa.Column("verzonden_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_herstelverzoek_aanmelding_id_aanmelding")
        ),
        sa.ForeignKeyConstraint(["toets_id"], ["toets.id"], name=op.f("fk_herstelverzoek_toets_id_toets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_herstelverzoek")),
        sa.UniqueConstraint("aanmelding_id", name=op.f("uq_herstelverzoek_aanmelding_id")),
    )
    op.create_table(
        "feit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("bewijsstuk_id", sa.Uuid(), nullable=False),
        sa.Column("feit", sa.String(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_feit_aanmelding_id_aanmelding")),
        sa.ForeignKeyConstraint(["bewijsstuk_id"], ["bewijsstuk.id"], name=op.f("fk_feit_bewijsstuk_id_bewijsstuk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feit")),
        sa.UniqueConstraint("bewijsstuk_id", "feit", name=op.f("uq_feit_bewijsstuk_id_feit")),
    )
    with op.batch_alter_table("feit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feit_aanmelding_id"), ["aanmelding_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_feit_bewijsstuk_id"), ["bewijsstuk_id"], unique=False)

    op.create_table(
        "vaststelling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("feit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "wijze",
            sa.Enum(
                "bevestigd",
                "gecorrigeerd",
                "verworpen",
                name="vaststellingswijze",
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
        sa.ForeignKeyConstraint(["feit_id"], ["feit.id"], name=op.f("fk_vaststelling_feit_id_feit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vaststelling")),
        sa.UniqueConstraint("feit_id", name=op.f("uq_vaststelling_feit_id")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER audit_geen_wijziging BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'het auditlogboek kan niet worden gewijzigd'); END"
        )
        op.execute(
            "CREATE TRIGGER audit_geen_verwijdering BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'uit het auditlogboek kan niets worden verwijderd'); END"
        )
        op.execute(
            "CREATE TRIGGER audit_aansluiting BEFORE INSERT ON audit WHEN NOT EXISTS (SELECT 1 FROM audit_kop WHERE NEW.volgnummer = audit_kop.aantal + 1 AND NEW.vorige_hash = audit_kop.hash) BEGIN SELECT RAISE(ABORT, 'een auditregel moet aansluiten op de laatste'); END"
        )
        op.execute(
            "CREATE TRIGGER audit_kop_een BEFORE INSERT ON audit_kop WHEN EXISTS (SELECT 1 FROM audit_kop) BEGIN SELECT RAISE(ABORT, 'het auditlogboek heeft al een kop'); END"
        )
        op.execute(
            "CREATE TRIGGER audit_kop_vooruit BEFORE UPDATE ON audit_kop WHEN NEW.id <> OLD.id OR NEW.aantal <> OLD.aantal + 1 OR NOT EXISTS (SELECT 1 FROM audit WHERE audit.volgnummer = NEW.aantal AND audit.hash = NEW.hash) BEGIN SELECT RAISE(ABORT, 'de kop van het auditlogboek gaat alleen een regel vooruit'); END"
        )
        op.execute(
            "CREATE TRIGGER audit_kop_blijft BEFORE DELETE ON audit_kop BEGIN SELECT RAISE(ABORT, 'de kop van het auditlogboek moet blijven'); END"
        )
        op.execute(
            "CREATE TRIGGER winkel_een BEFORE INSERT ON winkel WHEN EXISTS (SELECT 1 FROM winkel) BEGIN SELECT RAISE(ABORT, 'deze winkel is al ingericht'); END"
        )
        op.execute(
            "CREATE TRIGGER winkel_vast BEFORE UPDATE ON winkel BEGIN SELECT RAISE(ABORT, 'de soort van een winkel ligt vast'); END"
        )
        op.execute(
            "CREATE TRIGGER winkel_blijft BEFORE DELETE ON winkel BEGIN SELECT RAISE(ABORT, 'de soort van een winkel ligt vast'); END"
        )
        op.execute(
            "CREATE TRIGGER teller_loopt_op BEFORE UPDATE ON teller WHEN NEW.teller <> OLD.teller OR NEW.stand <= OLD.stand BEGIN SELECT RAISE(ABORT, 'een teller loopt alleen op'); END"
        )
        op.execute(
            "CREATE TRIGGER teller_blijft BEFORE DELETE ON teller BEGIN SELECT RAISE(ABORT, 'een teller blijft bestaan'); END"
        )
    else:
        op.execute(
            "CREATE FUNCTION audit_geen_wijziging() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'het auditlogboek kan niet worden gewijzigd' USING ERRCODE = 'integrity_constraint_violation'; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_geen_wijziging BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_geen_wijziging()"
        )
        op.execute(
            "CREATE FUNCTION audit_geen_verwijdering() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'uit het auditlogboek kan niets worden verwijderd' USING ERRCODE = 'integrity_constraint_violation'; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_geen_verwijdering BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_geen_verwijdering()"
        )
        op.execute(
            "CREATE FUNCTION audit_aansluiting() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM audit_kop WHERE NEW.volgnummer = audit_kop.aantal + 1 AND NEW.vorige_hash = audit_kop.hash) THEN RAISE EXCEPTION 'een auditregel moet aansluiten op de laatste' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_aansluiting BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_aansluiting()"
        )
        op.execute(
            "CREATE FUNCTION audit_kop_een() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM audit_kop) THEN RAISE EXCEPTION 'het auditlogboek heeft al een kop' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_kop_een BEFORE INSERT ON audit_kop FOR EACH ROW EXECUTE FUNCTION audit_kop_een()"
        )
        op.execute(
            "CREATE FUNCTION audit_kop_vooruit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id <> OLD.id OR NEW.aantal <> OLD.aantal + 1 OR NOT EXISTS (SELECT 1 FROM audit WHERE audit.volgnummer = NEW.aantal AND audit.hash = NEW.hash) THEN RAISE EXCEPTION 'de kop van het auditlogboek gaat alleen een regel vooruit' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_kop_vooruit BEFORE UPDATE ON audit_kop FOR EACH ROW EXECUTE FUNCTION audit_kop_vooruit()"
        )
        op.execute(
            "CREATE FUNCTION audit_kop_blijft() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'de kop van het auditlogboek moet blijven' USING ERRCODE = 'integrity_constraint_violation'; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_kop_blijft BEFORE DELETE ON audit_kop FOR EACH ROW EXECUTE FUNCTION audit_kop_blijft()"
        )
        op.execute(
            "CREATE FUNCTION winkel_een() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM winkel) THEN RAISE EXCEPTION 'deze winkel is al ingericht' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute("CREATE TRIGGER winkel_een BEFORE INSERT ON winkel FOR EACH ROW EXECUTE FUNCTION winkel_een()")
        op.execute(
            "CREATE FUNCTION winkel_vast() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'de soort van een winkel ligt vast' USING ERRCODE = 'integrity_constraint_violation'; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute("CREATE TRIGGER winkel_vast BEFORE UPDATE ON winkel FOR EACH ROW EXECUTE FUNCTION winkel_vast()")
        op.execute(
            "CREATE FUNCTION winkel_blijft() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'de soort van een winkel ligt vast' USING ERRCODE = 'integrity_constraint_violation'; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute("CREATE TRIGGER winkel_blijft BEFORE DELETE ON winkel FOR EACH ROW EXECUTE FUNCTION winkel_blijft()")
        op.execute(
            "CREATE FUNCTION teller_loopt_op() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.teller <> OLD.teller OR NEW.stand <= OLD.stand THEN RAISE EXCEPTION 'een teller loopt alleen op' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute(
            "CREATE TRIGGER teller_loopt_op BEFORE UPDATE ON teller FOR EACH ROW EXECUTE FUNCTION teller_loopt_op()"
        )
        op.execute(
            "CREATE FUNCTION teller_blijft() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'een teller blijft bestaan' USING ERRCODE = 'integrity_constraint_violation'; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute("CREATE TRIGGER teller_blijft BEFORE DELETE ON teller FOR EACH ROW EXECUTE FUNCTION teller_blijft()")
        op.execute(
            "CREATE FUNCTION audit_niet_legen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'deze tabel kan niet worden geleegd' USING ERRCODE = 'integrity_constraint_violation'; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_niet_legen BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_niet_legen()"
        )
        op.execute(
            "CREATE FUNCTION audit_kop_niet_legen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'deze tabel kan niet worden geleegd' USING ERRCODE = 'integrity_constraint_violation'; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_kop_niet_legen BEFORE TRUNCATE ON audit_kop FOR EACH STATEMENT EXECUTE FUNCTION audit_kop_niet_legen()"
        )
        op.execute(
            "CREATE FUNCTION winkel_niet_legen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'deze tabel kan niet worden geleegd' USING ERRCODE = 'integrity_constraint_violation'; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute(
            "CREATE TRIGGER winkel_niet_legen BEFORE TRUNCATE ON winkel FOR EACH STATEMENT EXECUTE FUNCTION winkel_niet_legen()"
        )
        op.execute(
            "CREATE FUNCTION teller_niet_legen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'deze tabel kan niet worden geleegd' USING ERRCODE = 'integrity_constraint_violation'; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute(
            "CREATE TRIGGER teller_niet_legen BEFORE TRUNCATE ON teller FOR EACH STATEMENT EXECUTE FUNCTION teller_niet_legen()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_geen_wijziging")
        op.execute("DROP TRIGGER audit_geen_verwijdering")
        op.execute("DROP TRIGGER audit_aansluiting")
        op.execute("DROP TRIGGER audit_kop_een")
        op.execute("DROP TRIGGER audit_kop_vooruit")
        op.execute("DROP TRIGGER audit_kop_blijft")
        op.execute("DROP TRIGGER winkel_een")
        op.execute("DROP TRIGGER winkel_vast")
        op.execute("DROP TRIGGER winkel_blijft")
        op.execute("DROP TRIGGER teller_loopt_op")
        op.execute("DROP TRIGGER teller_blijft")
    else:
        op.execute("DROP FUNCTION audit_geen_wijziging CASCADE")
        op.execute("DROP FUNCTION audit_geen_verwijdering CASCADE")
        op.execute("DROP FUNCTION audit_aansluiting CASCADE")
        op.execute("DROP FUNCTION audit_kop_een CASCADE")
        op.execute("DROP FUNCTION audit_kop_vooruit CASCADE")
        op.execute("DROP FUNCTION audit_kop_blijft CASCADE")
        op.execute("DROP FUNCTION winkel_een CASCADE")
        op.execute("DROP FUNCTION winkel_vast CASCADE")
        op.execute("DROP FUNCTION winkel_blijft CASCADE")
        op.execute("DROP FUNCTION teller_loopt_op CASCADE")
        op.execute("DROP FUNCTION teller_blijft CASCADE")
        op.execute("DROP FUNCTION audit_niet_legen CASCADE")
        op.execute("DROP FUNCTION audit_kop_niet_legen CASCADE")
        op.execute("DROP FUNCTION winkel_niet_legen CASCADE")
        op.execute("DROP FUNCTION teller_niet_legen CASCADE")
    op.drop_table("vaststelling")
    with op.batch_alter_table("feit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feit_bewijsstuk_id"))
        batch_op.drop_index(batch_op.f("ix_feit_aanmelding_id"))

    op.drop_table("feit")
    op.drop_table("herstelverzoek")
    with op.batch_alter_table("catalogus", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalogus_overeenkomst_id"))

    op.drop_table("catalogus")
    with op.batch_alter_table("bewijsstuk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bewijsstuk_aanmelding_id"))

    op.drop_table("bewijsstuk")
    with op.batch_alter_table("besluit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_besluit_kenmerk"))
        batch_op.drop_index(batch_op.f("ix_besluit_aanmelding_id"))

    op.drop_table("besluit")
    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_addendum_overeenkomst_id"))

    op.drop_table("addendum")
    with op.batch_alter_table("toets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_toets_aanmelding_id"))

    op.drop_table("toets")
    op.drop_table("overeenkomst")
    with op.batch_alter_table("oordeel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_oordeel_aanmelding_id"))

    op.drop_table("oordeel")
    with op.batch_alter_table("aanvulling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aanvulling_aanmelding_id"))

    op.drop_table("aanvulling")
    op.drop_table("verzamelbesluit")
    with op.batch_alter_table("belangenverklaring", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_belangenverklaring_ronde_id"))

    op.drop_table("belangenverklaring")
    with op.batch_alter_table("aanmelding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aanmelding_ronde_id"))
        batch_op.drop_index(batch_op.f("ix_aanmelding_kvk"))

    op.drop_table("aanmelding")
    with op.batch_alter_table("ronde", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ronde_procedure_id"))

    op.drop_table("ronde")
    with op.batch_alter_table("stap", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stap_procedure_id"))

    op.drop_table("stap")
    with op.batch_alter_table("ondertekening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ondertekening_document_id"))

    op.drop_table("ondertekening")
    with op.batch_alter_table("gemeentekopie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gemeentekopie_document_id"))

    op.drop_table("gemeentekopie")
    with op.batch_alter_table("criteriaeditie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_criteriaeditie_procedure_id"))

    op.drop_table("criteriaeditie")
    op.drop_table("winkel")
    op.drop_table("teller")
    op.drop_table("procedure")
    op.drop_table("persoon")
    with op.batch_alter_table("document_wijziging", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_wijziging_document"))

    op.drop_table("document_wijziging")
    with op.batch_alter_table("document_opmerking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_opmerking_document"))

    op.drop_table("document_opmerking")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_ronde"))
        batch_op.drop_index(batch_op.f("ix_document_onderwerp"))

    op.drop_table("document")
    op.drop_table("audit_kop")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_persoon"))
        batch_op.drop_index(batch_op.f("ix_audit_onderwerp"))

    op.drop_table("audit")
