"""ondertekening."""

import sqlalchemy as sa
from alembic import op

revision = "0023_ondertekening"
down_revision = "0022_implementatie"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Before another table refers to it: SQLite makes the table anew for this.
    with op.batch_alter_table("ondertekening", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_ondertekening_document_id_partij_naam"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_ondertekening_document_id_partij_naam_namens"), ["document_id", "partij", "naam", "namens"]
        )
    op.create_table(
        "afschrift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("gemeente", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
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
        sa.Column("referentie", sa.String(), nullable=False),
        sa.Column("bewijs_sha256", sa.String(), nullable=True),
        sa.Column("vastgelegd_door", sa.String(), nullable=False),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_afschrift_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_afschrift")),
        sa.UniqueConstraint("document_id", "gemeente", name=op.f("uq_afschrift_document_id_gemeente")),
    )
    with op.batch_alter_table("afschrift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_afschrift_document_id"), ["document_id"], unique=False)

    op.create_table(
        "getekendstuk",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("nummer", sa.String(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum(
                "verklaring",
                "pades",
                "papier",
                "proef",
                name="handtekeningbewijs",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("bestandsnaam", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column(
            "partij",
            sa.Enum("gemeenten", "aanbieder", name="partijsoort", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("namens", sa.String(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("functie", sa.String(), nullable=False),
        sa.Column("getekend_op", sa.Date(), nullable=False),
        sa.Column("zegel", sa.Text(), nullable=False),
        sa.Column("zegel_kenmerk", sa.String(), nullable=True),
        sa.Column("twijfel", sa.Text(), nullable=False),
        sa.Column(
            "stand",
            sa.Enum(
                "te_controleren",
                "aanvaard",
                "afgewezen",
                name="stukstand",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("geregistreerd_door", sa.String(), nullable=False),
        sa.Column("geregistreerd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gecontroleerd_door", sa.String(), nullable=True),
        sa.Column("gecontroleerd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("ondertekening_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_getekendstuk_document_id_document")),
        sa.ForeignKeyConstraint(
            ["ondertekening_id"], ["ondertekening.id"], name=op.f("fk_getekendstuk_ondertekening_id_ondertekening")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_getekendstuk")),
        sa.UniqueConstraint("document_id", "zegel_kenmerk", name=op.f("uq_getekendstuk_document_id_zegel_kenmerk")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_getekendstuk_kenmerk")),
    )
    with op.batch_alter_table("getekendstuk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_getekendstuk_document_id"), ["document_id"], unique=False)

    op.create_table(
        "tekenbevoegdheid",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("lid", sa.String(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("functie", sa.String(), nullable=False),
        sa.Column(
            "wijze",
            sa.Enum("alleen", "gezamenlijk", name="tekenwijze", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("grond", sa.String(), nullable=False),
        sa.Column("bewijs_sha256", sa.String(), nullable=False),
        sa.Column("geldig_van", sa.Date(), nullable=True),
        sa.Column("geldig_tot", sa.Date(), nullable=True),
        sa.Column("vastgesteld_door", sa.String(), nullable=False),
        sa.Column("vastgesteld_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_tekenbevoegdheid_aanmelding_id_aanmelding")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tekenbevoegdheid")),
        sa.UniqueConstraint(
            "aanmelding_id",
            "lid",
            "naam",
            "volgnummer",
            name=op.f("uq_tekenbevoegdheid_aanmelding_id_lid_naam_volgnummer"),
        ),
    )
    with op.batch_alter_table("tekenbevoegdheid", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tekenbevoegdheid_aanmelding_id"), ["aanmelding_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("tekenbevoegdheid", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tekenbevoegdheid_aanmelding_id"))

    op.drop_table("tekenbevoegdheid")
    with op.batch_alter_table("getekendstuk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_getekendstuk_document_id"))

    op.drop_table("getekendstuk")
    with op.batch_alter_table("afschrift", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_afschrift_document_id"))

    op.drop_table("afschrift")
    with op.batch_alter_table("ondertekening", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_ondertekening_document_id_partij_naam_namens"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_ondertekening_document_id_partij_naam"), ["document_id", "partij", "naam"]
        )
