"""What goes along when a file is destroyed is held against the tables: a table that is added later is not forgotten."""

from __future__ import annotations

from inkoop.storage.grondslag import METADATA
from inkoop.storage.machinekamer import TECHNISCH
from inkoop.storage.vernietigen import BESTANDSKOLOMMEN, BLIJFT, EIGEN_NAMEN, NAAMKOLOMMEN
from inkoop.storage.zoekdelen import AFGELEID

WORTELS = {"aanmelding", "overeenkomst", "ouder_contract", "procedure", "persoon"}
BUITEN = (
    {"audit", "audit_kop", "winkel", "teller", "alembic_version", "bewaarslot", "vernietigde_naam"}
    | TECHNISCH
    | AFGELEID
)
"""The log, the store itself, the machinery, what is known of a destruction, and what goes with what it is made from."""

VERMELD = {
    ("document", "goedgekeurd_sha256"),
    ("verzending", "pdf_sha256"),
    ("ondertekening", "document_sha256"),
    ("gemeentekopie", "sha256"),
    ("afschrift", "sha256"),
    ("archieflijst", "export_sha256"),
}
"""Hashes of a file that another record has, or that is kept elsewhere."""


def reach() -> set[str]:
    """The tables whose rows go along with a file: by their keys, or by a name."""
    bereikt = WORTELS | set(NAAMKOLOMMEN)
    while True:
        meer = {
            naam
            for naam, tabel in METADATA.tables.items()
            if naam not in bereikt and any(sleutel.column.table.name in bereikt for sleutel in tabel.foreign_keys)
        }
        if not meer:
            return bereikt
        bereikt |= meer


def test_every_table_goes_along_with_a_file_or_is_known_to_stay() -> None:
    assert set(METADATA.tables) - reach() - BUITEN - BLIJFT == set()


def test_every_column_with_the_hash_of_a_file_is_known_to_have_it_or_to_mention_it() -> None:
    kolommen = {
        (naam, kolom.name)
        for naam, tabel in METADATA.tables.items()
        for kolom in tabel.c
        if "sha256" in kolom.name and naam not in BUITEN
    }
    assert kolommen - set(BESTANDSKOLOMMEN) - VERMELD == set()


def test_what_is_named_is_there() -> None:
    for tabel, kolom in [*NAAMKOLOMMEN.items(), *EIGEN_NAMEN.items(), *BESTANDSKOLOMMEN]:
        assert kolom in METADATA.tables[tabel].c
