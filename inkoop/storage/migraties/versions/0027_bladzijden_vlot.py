"""What the pages look up in a store with many applications, documents and rows in the log follows an index."""

import sqlalchemy as sa
from alembic import op

revision = "0027_bladzijden_vlot"
down_revision = "0026_onderdeelinhoud"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("aanmelding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aanmelding_kvk"))
        batch_op.drop_index(batch_op.f("ix_aanmelding_ronde_id"))
        batch_op.create_index("ix_aanmelding_ronde_kenmerk", ["ronde_id", "kenmerk"], unique=False)
        batch_op.create_index("ix_aanmelding_ronde_status", ["ronde_id", "status", "id"], unique=False)
        batch_op.create_index("ix_aanmelding_zoek", ["kvk", "naam", "ronde_id", "kenmerk", "id"], unique=False)

    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_onderwerp"))
        batch_op.drop_index(batch_op.f("ix_audit_persoon"))
        batch_op.create_index("ix_audit_handeling_volgnummer", ["handeling", "volgnummer"], unique=False)
        batch_op.create_index(
            "ix_audit_onderwerp_volgnummer",
            ["onderwerp", "volgnummer"],
            unique=False,
            postgresql_ops={"onderwerp": "text_pattern_ops"},
        )
        batch_op.create_index("ix_audit_persoon_volgnummer", ["persoon", "volgnummer"], unique=False)

    with op.batch_alter_table("besluit", schema=None) as batch_op:
        batch_op.create_index(
            "ix_besluit_open",
            ["status", "aanmelding_id"],
            unique=False,
            sqlite_where=sa.text("status IN ('concept', 'gecontroleerd', 'genomen')"),
            postgresql_where=sa.text("status IN ('concept', 'gecontroleerd', 'genomen')"),
        )

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_onderwerp"))
        batch_op.drop_index(batch_op.f("ix_document_ronde"))
        batch_op.create_index(
            "ix_document_open",
            ["status", "kenmerk"],
            unique=False,
            sqlite_where=sa.text("status IN ('te_maken', 'concept', 'in_review', 'akkoord', 'retour')"),
            postgresql_where=sa.text("status IN ('te_maken', 'concept', 'in_review', 'akkoord', 'retour')"),
        )
        batch_op.create_index(
            "ix_document_over", ["onderwerp"], unique=False, postgresql_ops={"onderwerp": "text_pattern_ops"}
        )
        batch_op.create_index("ix_document_ronde_status", ["ronde", "status", "kenmerk"], unique=False)
        batch_op.create_index(
            "ix_document_soort",
            ["soort", "kenmerk"],
            unique=False,
            sqlite_where=sa.text("kenmerk > ''"),
            postgresql_where=sa.text("kenmerk > ''"),
        )
        batch_op.create_index("ix_document_zoek", ["kenmerk", "titel", "onderwerp"], unique=False)

    with op.batch_alter_table("getekendstuk", schema=None) as batch_op:
        batch_op.create_index(
            "ix_getekendstuk_open",
            ["document_id"],
            unique=False,
            sqlite_where=sa.text("stand IN ('te_controleren')"),
            postgresql_where=sa.text("stand IN ('te_controleren')"),
        )

    with op.batch_alter_table("herstelverzoek", schema=None) as batch_op:
        batch_op.create_index(
            "ix_herstelverzoek_open",
            ["status", "aanmelding_id"],
            unique=False,
            sqlite_where=sa.text("status IN ('concept', 'gecontroleerd')"),
            postgresql_where=sa.text("status IN ('concept', 'gecontroleerd')"),
        )

    with op.batch_alter_table("melding", schema=None) as batch_op:
        batch_op.create_index(
            "ix_melding_open",
            ["procedure_id"],
            unique=False,
            sqlite_where=sa.text("afgehandeld_op IS NULL"),
            postgresql_where=sa.text("afgehandeld_op IS NULL"),
        )

    with op.batch_alter_table("overeenkomst", schema=None) as batch_op:
        batch_op.create_index(
            "ix_overeenkomst_open",
            ["aanmelding_id"],
            unique=False,
            sqlite_where=sa.text("status IN ('ter_ondertekening')"),
            postgresql_where=sa.text("status IN ('ter_ondertekening')"),
        )

    with op.batch_alter_table("verzending", schema=None) as batch_op:
        batch_op.create_index(
            "ix_verzending_open",
            ["aanmelding"],
            unique=False,
            sqlite_where=sa.text("bewijs_door IS NULL"),
            postgresql_where=sa.text("bewijs_door IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("verzending", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_verzending_open",
            sqlite_where=sa.text("bewijs_door IS NULL"),
            postgresql_where=sa.text("bewijs_door IS NULL"),
        )

    with op.batch_alter_table("overeenkomst", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_overeenkomst_open",
            sqlite_where=sa.text("status IN ('ter_ondertekening')"),
            postgresql_where=sa.text("status IN ('ter_ondertekening')"),
        )

    with op.batch_alter_table("melding", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_melding_open",
            sqlite_where=sa.text("afgehandeld_op IS NULL"),
            postgresql_where=sa.text("afgehandeld_op IS NULL"),
        )

    with op.batch_alter_table("herstelverzoek", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_herstelverzoek_open",
            sqlite_where=sa.text("status IN ('concept', 'gecontroleerd')"),
            postgresql_where=sa.text("status IN ('concept', 'gecontroleerd')"),
        )

    with op.batch_alter_table("getekendstuk", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_getekendstuk_open",
            sqlite_where=sa.text("stand IN ('te_controleren')"),
            postgresql_where=sa.text("stand IN ('te_controleren')"),
        )

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index("ix_document_zoek")
        batch_op.drop_index(
            "ix_document_soort", sqlite_where=sa.text("kenmerk > ''"), postgresql_where=sa.text("kenmerk > ''")
        )
        batch_op.drop_index("ix_document_ronde_status")
        batch_op.drop_index("ix_document_over", postgresql_ops={"onderwerp": "text_pattern_ops"})
        batch_op.drop_index(
            "ix_document_open",
            sqlite_where=sa.text("status IN ('te_maken', 'concept', 'in_review', 'akkoord', 'retour')"),
            postgresql_where=sa.text("status IN ('te_maken', 'concept', 'in_review', 'akkoord', 'retour')"),
        )
        batch_op.create_index(batch_op.f("ix_document_ronde"), ["ronde"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_onderwerp"), ["onderwerp"], unique=False)

    with op.batch_alter_table("besluit", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_besluit_open",
            sqlite_where=sa.text("status IN ('concept', 'gecontroleerd', 'genomen')"),
            postgresql_where=sa.text("status IN ('concept', 'gecontroleerd', 'genomen')"),
        )

    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_persoon_volgnummer")
        batch_op.drop_index("ix_audit_onderwerp_volgnummer", postgresql_ops={"onderwerp": "text_pattern_ops"})
        batch_op.drop_index("ix_audit_handeling_volgnummer")
        batch_op.create_index(batch_op.f("ix_audit_persoon"), ["persoon"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_onderwerp"), ["onderwerp"], unique=False)

    with op.batch_alter_table("aanmelding", schema=None) as batch_op:
        batch_op.drop_index("ix_aanmelding_zoek")
        batch_op.drop_index("ix_aanmelding_ronde_status")
        batch_op.drop_index("ix_aanmelding_ronde_kenmerk")
        batch_op.create_index(batch_op.f("ix_aanmelding_ronde_id"), ["ronde_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_aanmelding_kvk"), ["kvk"], unique=False)
