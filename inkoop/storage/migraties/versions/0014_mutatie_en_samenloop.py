"""mutatie en samenloop."""

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
    "toelating_ingetrokken",
    "geselecteerd",
    "reserve",
    "niet_geselecteerd",
    "gunningsvoornemen",
    "niet_gegund",
)
NU = (*EERST, "aanbod_verminderd")

revision = "0014_mutatie_en_samenloop"
down_revision = "0013_bewaking"
branch_labels = None
depends_on = None


def upgrade() -> None:
    change_waarden("besluit", "soort", op.f("ck_besluit_soort_besluitsoort"), EERST, NU)
    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.add_column(sa.Column("aanleiding", sa.String(), nullable=False, server_default="cyclus"))
        batch_op.add_column(sa.Column("tekenen_uiterlijk", sa.Date(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_addendum_overeenkomst_id_ingang"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_addendum_overeenkomst_id_ingang_aanleiding"), ["overeenkomst_id", "ingang", "aanleiding"]
        )
    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.alter_column("aanleiding", server_default=None, existing_type=sa.String(), existing_nullable=False)
    op.create_table(
        "samenloop",
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ronde_id", sa.Uuid(), nullable=False),
        sa.Column("kvk", sa.String(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("perceel", sa.String(), nullable=False),
        sa.Column("aanmeldingen", sa.Text(), nullable=False),
        sa.Column("geldt", sa.Text(), nullable=True),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("besloten_door", sa.String(), nullable=True),
        sa.Column("besloten_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name=op.f("fk_samenloop_ronde_id_ronde")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_samenloop")),
        sa.UniqueConstraint("ronde_id", "kvk", "perceel", name=op.f("uq_samenloop_ronde_id_kvk_perceel")),
    )
    with op.batch_alter_table("samenloop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_samenloop_ronde_id"), ["ronde_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("samenloop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_samenloop_ronde_id"))
    op.drop_table("samenloop")
    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_addendum_overeenkomst_id_ingang_aanleiding"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_addendum_overeenkomst_id_ingang"), ["overeenkomst_id", "ingang"]
        )
        batch_op.drop_column("tekenen_uiterlijk")
        batch_op.drop_column("aanleiding")
    change_waarden("besluit", "soort", op.f("ck_besluit_soort_besluitsoort"), NU, EERST)
