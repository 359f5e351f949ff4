"""archief."""

import sqlalchemy as sa
from alembic import op

from inkoop.storage.migraties.waardenlijst import change_waarden

revision = "0018_archief"
down_revision = "0017_inloggen"
branch_labels = None
depends_on = None

EERST = ("stuk", "kwartaal", "plicht", "verlenging", "brief", "mandaat", "addendum", "aanhaak", "einde", "maatregel")
NU = (*EERST, "overgang", "archief")


def upgrade() -> None:
    change_waarden("melding", "soort", op.f("ck_melding_soort_termsoort"), EERST, NU)
    op.create_table(
        "archieflijst",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum(
                "vernietiging", "overbrenging", name="lijstsoort", native_enum=False, create_constraint=True, length=64
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "voorgesteld",
                "goedgekeurd",
                "uitgevoerd",
                "ingetrokken",
                name="lijststatus",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("peildatum", sa.Date(), nullable=False),
        sa.Column("toelichting", sa.Text(), nullable=False),
        sa.Column("opgesteld_door", sa.String(), nullable=False),
        sa.Column("opgesteld_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("goedgekeurd_door", sa.String(), nullable=True),
        sa.Column("goedgekeurd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uitgevoerd_door", sa.String(), nullable=True),
        sa.Column("uitgevoerd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("export_sha256", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archieflijst")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_archieflijst_kenmerk")),
    )
    op.create_table(
        "bewaarslot",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vrijgegeven_door", sa.String(), nullable=True),
        sa.Column("vrijgegeven_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("vrijgave", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bewaarslot")),
    )
    with op.batch_alter_table("bewaarslot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bewaarslot_dossier"), ["dossier"], unique=False)

    op.create_table(
        "doorloop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contractnummer", sa.String(), nullable=False),
        sa.Column("gemeente", sa.String(), nullable=False),
        sa.Column("peildatum", sa.Date(), nullable=False),
        sa.Column("clienten", sa.Integer(), nullable=False),
        sa.Column("laatste", sa.Date(), nullable=False),
        sa.Column("bewijs", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doorloop")),
        sa.UniqueConstraint(
            "contractnummer", "gemeente", "peildatum", name=op.f("uq_doorloop_contractnummer_gemeente_peildatum")
        ),
    )
    with op.batch_alter_table("doorloop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_doorloop_contractnummer"), ["contractnummer"], unique=False)

    op.create_table(
        "overdracht",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("contractnummer", sa.String(), nullable=False),
        sa.Column("naar", sa.String(), nullable=False),
        sa.Column("gemeente", sa.String(), nullable=False),
        sa.Column("clienten", sa.Integer(), nullable=False),
        sa.Column(
            "reden",
            sa.Enum(
                "einde",
                "opschorting",
                "beeindiging",
                "wens_client",
                name="overdrachtsreden",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("overgedragen_op", sa.Date(), nullable=False),
        sa.Column("bewijs", sa.Text(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overdracht")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_overdracht_kenmerk")),
    )
    with op.batch_alter_table("overdracht", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_overdracht_contractnummer"), ["contractnummer"], unique=False)

    op.create_table(
        "archiefregel",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lijst_id", sa.Uuid(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum(
                "toelating",
                "afwijzing",
                "intrekking",
                "overeenkomst",
                "procedure",
                "persoon",
                name="dossiersoort",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("vanaf", sa.Date(), nullable=False),
        sa.Column("bewaren_tot", sa.Date(), nullable=False),
        sa.Column("grond", sa.Text(), nullable=False),
        sa.Column(
            "stand",
            sa.Enum(
                "open",
                "uitgevoerd",
                "uitgezonderd",
                name="regelstand",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lijst_id"], ["archieflijst.id"], name=op.f("fk_archiefregel_lijst_id_archieflijst")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archiefregel")),
        sa.UniqueConstraint("lijst_id", "dossier", name=op.f("uq_archiefregel_lijst_id_dossier")),
    )
    with op.batch_alter_table("archiefregel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_archiefregel_dossier"), ["dossier"], unique=False)
        batch_op.create_index(batch_op.f("ix_archiefregel_lijst_id"), ["lijst_id"], unique=False)

    op.create_table(
        "vernietiging",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("regel_id", sa.Uuid(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum(
                "toelating",
                "afwijzing",
                "intrekking",
                "overeenkomst",
                "procedure",
                "persoon",
                name="dossiersoort",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("ronde", sa.String(), nullable=False),
        sa.Column("lijst", sa.String(), nullable=False),
        sa.Column("aantal_rijen", sa.Integer(), nullable=False),
        sa.Column("bestanden", sa.Text(), nullable=False),
        sa.Column("vernietigd_door", sa.String(), nullable=False),
        sa.Column("vernietigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bestanden_weg_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["regel_id"], ["archiefregel.id"], name=op.f("fk_vernietiging_regel_id_archiefregel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vernietiging")),
        sa.UniqueConstraint("dossier", name=op.f("uq_vernietiging_dossier")),
        sa.UniqueConstraint("regel_id", name=op.f("uq_vernietiging_regel_id")),
    )
    with op.batch_alter_table("vernietiging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vernietiging_procedure"), ["procedure"], unique=False)
        batch_op.create_index(batch_op.f("ix_vernietiging_ronde"), ["ronde"], unique=False)

    op.create_table(
        "vernietigde_naam",
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("vernietiging_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vernietiging_id"], ["vernietiging.id"], name=op.f("fk_vernietigde_naam_vernietiging_id_vernietiging")
        ),
        sa.PrimaryKeyConstraint("naam", name=op.f("pk_vernietigde_naam")),
    )
    with op.batch_alter_table("vernietigde_naam", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vernietigde_naam_vernietiging_id"), ["vernietiging_id"], unique=False)


def downgrade() -> None:
    change_waarden("melding", "soort", op.f("ck_melding_soort_termsoort"), NU, EERST)
    with op.batch_alter_table("vernietigde_naam", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vernietigde_naam_vernietiging_id"))

    op.drop_table("vernietigde_naam")
    with op.batch_alter_table("vernietiging", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vernietiging_ronde"))
        batch_op.drop_index(batch_op.f("ix_vernietiging_procedure"))

    op.drop_table("vernietiging")
    with op.batch_alter_table("archiefregel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_archiefregel_lijst_id"))
        batch_op.drop_index(batch_op.f("ix_archiefregel_dossier"))

    op.drop_table("archiefregel")
    with op.batch_alter_table("overdracht", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_overdracht_contractnummer"))

    op.drop_table("overdracht")
    with op.batch_alter_table("doorloop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_doorloop_contractnummer"))

    op.drop_table("doorloop")
    with op.batch_alter_table("bewaarslot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bewaarslot_dossier"))

    op.drop_table("bewaarslot")
    op.drop_table("archieflijst")
