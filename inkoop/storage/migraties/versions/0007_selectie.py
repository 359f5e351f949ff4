"""selectie."""

import sqlalchemy as sa
from alembic import op

revision = "0007_selectie"
down_revision = "0006_aandrijving"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "loting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ronde_id", sa.Uuid(), nullable=False),
        sa.Column("perceel", sa.String(), nullable=False),
        sa.Column(
            "stadium",
            sa.Enum("selectie", "gunning", name="stadium", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("zaad", sa.String(), nullable=False),
        sa.Column("getuige", sa.String(), nullable=False),
        sa.Column("getrokken_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name=op.f("fk_loting_ronde_id_ronde")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loting")),
        sa.UniqueConstraint("ronde_id", "perceel", "stadium", name=op.f("uq_loting_ronde_id_perceel_stadium")),
    )
    with op.batch_alter_table("loting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_loting_ronde_id"), ["ronde_id"], unique=False)

    op.create_table(
        "dialoogronde",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("perceel", sa.String(), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("gepland_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("deelnemers", sa.Text(), nullable=False),
        sa.Column("verslag", sa.Text(), nullable=False),
        sa.Column("vertrouwelijk", sa.Text(), nullable=False),
        sa.Column("vastgesteld_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opgesteld_door", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_dialoogronde_aanmelding_id_aanmelding")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialoogronde")),
        sa.UniqueConstraint(
            "aanmelding_id", "perceel", "nummer", name=op.f("uq_dialoogronde_aanmelding_id_perceel_nummer")
        ),
    )
    with op.batch_alter_table("dialoogronde", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dialoogronde_aanmelding_id"), ["aanmelding_id"], unique=False)

    op.create_table(
        "score",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("perceel", sa.String(), nullable=False),
        sa.Column(
            "stadium",
            sa.Enum("selectie", "gunning", name="stadium", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("criterium", sa.String(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column(
            "rol",
            sa.Enum("beoordelaar", "jurist", name="oordeelrol", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_score_aanmelding_id_aanmelding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint(
            "aanmelding_id",
            "perceel",
            "stadium",
            "criterium",
            "persoon",
            name=op.f("uq_score_aanmelding_id_perceel_stadium_criterium_persoon"),
        ),
    )
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_aanmelding_id"), ["aanmelding_id"], unique=False)

    op.create_table(
        "voorstel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aanmelding_id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tijdig", sa.Boolean(), nullable=False),
        sa.Column("bestanden", sa.Text(), nullable=False),
        sa.Column("toelichting", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["aanmelding_id"], ["aanmelding.id"], name=op.f("fk_voorstel_aanmelding_id_aanmelding")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voorstel")),
        sa.UniqueConstraint("aanmelding_id", "volgnummer", name=op.f("uq_voorstel_aanmelding_id_volgnummer")),
    )
    with op.batch_alter_table("voorstel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voorstel_aanmelding_id"), ["aanmelding_id"], unique=False)

    op.create_table(
        "gunning",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("besluit_id", sa.Uuid(), nullable=False),
        sa.Column("definitief_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("mandaat", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["besluit_id"], ["besluit.id"], name=op.f("fk_gunning_besluit_id_besluit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gunning")),
        sa.UniqueConstraint("besluit_id", name=op.f("uq_gunning_besluit_id")),
    )


def downgrade() -> None:
    op.drop_table("gunning")
    with op.batch_alter_table("voorstel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voorstel_aanmelding_id"))

    op.drop_table("voorstel")
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_aanmelding_id"))

    op.drop_table("score")
    with op.batch_alter_table("dialoogronde", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dialoogronde_aanmelding_id"))

    op.drop_table("dialoogronde")
    with op.batch_alter_table("loting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_loting_ronde_id"))

    op.drop_table("loting")
