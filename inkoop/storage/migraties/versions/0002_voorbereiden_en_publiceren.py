"""voorbereiden en publiceren."""

import sqlalchemy as sa
from alembic import op

revision = "0002_voorbereiden_en_publiceren"
down_revision = "0001_eerste_schema"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aankondiging",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("ronde", sa.String(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum(
                "vooraankondiging",
                "aankondiging",
                "rectificatie",
                "gegunde_opdracht",
                "openbaar",
                name="aankondigingsoort",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("plaats", sa.String(), nullable=False),
        sa.Column("nummer", sa.String(), nullable=False),
        sa.Column("geplaatst_op", sa.Date(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk_aankondiging_procedure_id_procedure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aankondiging")),
        sa.UniqueConstraint(
            "procedure_id", "plaats", "nummer", name=op.f("uq_aankondiging_procedure_id_plaats_nummer")
        ),
    )
    with op.batch_alter_table("aankondiging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aankondiging_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "checklistpunt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("ronde", sa.String(), nullable=False),
        sa.Column("stap", sa.String(), nullable=False),
        sa.Column("punt", sa.String(), nullable=False),
        sa.Column(
            "uitkomst",
            sa.Enum("ja", "nee", "nvt", name="puntuitkomst", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("grond", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("rol", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk_checklistpunt_procedure_id_procedure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklistpunt")),
    )
    with op.batch_alter_table("checklistpunt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checklistpunt_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "deelname",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("gemeente", sa.String(), nullable=False),
        sa.Column(
            "stand",
            sa.Enum(
                "actief",
                "voorbehoud",
                "uitgetreden",
                name="deelnamestand",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("grond", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_deelname_procedure_id_procedure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deelname")),
    )
    with op.batch_alter_table("deelname", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deelname_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "inbreng",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("stap", sa.String(), nullable=False),
        sa.Column("orgaan", sa.String(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum(
                "wens",
                "bedenking",
                "reactie",
                "geen",
                name="inbrengsoort",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("thema", sa.String(), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("ontvangen_op", sa.Date(), nullable=False),
        sa.Column("vastgelegd_door", sa.String(), nullable=False),
        sa.Column("antwoord", sa.Text(), nullable=True),
        sa.Column(
            "gevolg",
            sa.Enum("geen", "aangepast", name="gevolg", native_enum=False, create_constraint=True, length=64),
            nullable=True,
        ),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("artikel", sa.String(), nullable=True),
        sa.Column("beantwoord_door", sa.String(), nullable=True),
        sa.Column("beantwoord_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_inbreng_procedure_id_procedure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbreng")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_inbreng_kenmerk")),
    )
    with op.batch_alter_table("inbreng", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbreng_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "mandaat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("mandaat", sa.String(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_mandaat_procedure_id_procedure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandaat")),
        sa.UniqueConstraint("procedure_id", "mandaat", name=op.f("uq_mandaat_procedure_id_mandaat")),
    )
    with op.batch_alter_table("mandaat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mandaat_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "tariefonderbouwing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("tariefversie", sa.String(), nullable=False),
        sa.Column("perceel", sa.String(), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk_tariefonderbouwing_procedure_id_procedure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariefonderbouwing")),
        sa.UniqueConstraint(
            "procedure_id",
            "tariefversie",
            "perceel",
            "nummer",
            name=op.f("uq_tariefonderbouwing_procedure_id_tariefversie_perceel_nummer"),
        ),
    )
    with op.batch_alter_table("tariefonderbouwing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tariefonderbouwing_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "nota",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ronde_id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "concept",
                "akkoord",
                "gepubliceerd",
                "vervallen",
                name="notastatus",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("editie", sa.String(), nullable=True),
        sa.Column("sluiting", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wijzigingen", sa.Text(), nullable=False),
        sa.Column("opgesteld_door", sa.String(), nullable=False),
        sa.Column("goedgekeurd_door", sa.String(), nullable=True),
        sa.Column("goedgekeurd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gepubliceerd_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name=op.f("fk_nota_ronde_id_ronde")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nota")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_nota_kenmerk")),
        sa.UniqueConstraint("ronde_id", "nummer", name=op.f("uq_nota_ronde_id_nummer")),
    )
    with op.batch_alter_table("nota", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nota_ronde_id"), ["ronde_id"], unique=False)

    op.create_table(
        "vraag",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ronde_id", sa.Uuid(), nullable=False),
        sa.Column("nota_id", sa.Uuid(), nullable=True),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("van", sa.String(), nullable=False),
        sa.Column("oorspronkelijk", sa.Text(), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("onderwerp", sa.String(), nullable=False),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("binnen_termijn", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "ontvangen",
                "beantwoord",
                "gepubliceerd",
                "terzijde",
                name="vraagstatus",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("antwoord", sa.Text(), nullable=False),
        sa.Column("wijziging", sa.Boolean(), nullable=False),
        sa.Column("voor_allen", sa.Text(), nullable=False),
        sa.Column("beantwoord_door", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["nota_id"], ["nota.id"], name=op.f("fk_vraag_nota_id_nota")),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name=op.f("fk_vraag_ronde_id_ronde")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vraag")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_vraag_kenmerk")),
    )
    with op.batch_alter_table("vraag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vraag_nota_id"), ["nota_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vraag_ronde_id"), ["ronde_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("vraag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vraag_ronde_id"))
        batch_op.drop_index(batch_op.f("ix_vraag_nota_id"))

    op.drop_table("vraag")
    with op.batch_alter_table("nota", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nota_ronde_id"))

    op.drop_table("nota")
    with op.batch_alter_table("tariefonderbouwing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tariefonderbouwing_procedure_id"))

    op.drop_table("tariefonderbouwing")
    with op.batch_alter_table("mandaat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mandaat_procedure_id"))

    op.drop_table("mandaat")
    with op.batch_alter_table("inbreng", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbreng_procedure_id"))

    op.drop_table("inbreng")
    with op.batch_alter_table("deelname", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deelname_procedure_id"))

    op.drop_table("deelname")
    with op.batch_alter_table("checklistpunt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checklistpunt_procedure_id"))

    op.drop_table("checklistpunt")
    with op.batch_alter_table("aankondiging", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aankondiging_procedure_id"))

    op.drop_table("aankondiging")
