"""The table in which running contracts of before the system are taken in: its columns and the empty form.

Bron: M20-03, H19-41; docs/handleiding/contract.md.
"""

from __future__ import annotations

from datetime import date

from inkoop.exchange.aanmeldformulier import write_formulier
from inkoop.exchange.formuliervorm import Bladvorm, Formulier, Kolom

MERK = "inkoop-contractformulier 1"
"""Stands in the first cell of the sheet `Uitleg`: this file is our form, in this version."""

BLAD = "Contracten"
EERSTE_RIJ = 3
"""Where the rows of the form begin: row 1 has the headings, row 2 says what each means."""

ROLLEN = ("enkel", "penvoerder", "lid")
LIJST = tuple[str, ...]

KOLOMMEN: tuple[Kolom, ...] = (
    Kolom(
        kop="contractnummer",
        verplicht=True,
        uitleg="Het nummer op het contract.",
    ),
    Kolom(
        kop="rol",
        uitleg="Leeg: enkel.",
        keuzes=ROLLEN,
        vast=True,
    ),
    Kolom(kop="naam", verplicht=True, uitleg="De naam van de onderneming."),
    Kolom(kop="combinatie", uitleg="De naam van de combinatie, op de regel van de penvoerder."),
    Kolom(kop="kvk", verplicht=True, uitleg="Acht cijfers."),
    Kolom(kop="rechtsvorm", verplicht=True, uitleg="Bijvoorbeeld stichting, bv, vof."),
    Kolom(kop="adres", verplicht=True, uitleg="Straat en huisnummer."),
    Kolom(kop="postcode", verplicht=True),
    Kolom(kop="plaats", verplicht=True),
    Kolom(kop="email", verplicht=True, uitleg="Waar brieven heen gaan."),
    Kolom(kop="tekenbevoegde", verplicht=True, uitleg="Wie voor de onderneming tekent."),
    Kolom(kop="functie", verplicht=True, uitleg="De functie van wie tekent."),
    Kolom(kop="getekend_op", soort=date | None, uitleg="De dag van de laatste handtekening."),
    Kolom(kop="ingang", soort=date | None, uitleg="De eerste dag van het contract."),
    Kolom(kop="einddatum", soort=date | None, uitleg="Mag leeg; staat er iets, dan moet het kloppen met de procedure."),
    Kolom(kop="percelen", soort=LIJST, uitleg="De codes van de percelen."),
    Kolom(kop="producten", soort=LIJST, uitleg="Leeg: alle producten van de percelen."),
    Kolom(kop="specialisme", uitleg="Tekst voor de catalogus."),
    Kolom(kop="werkgebied", uitleg="Tekst voor de catalogus."),
    Kolom(kop="voorganger", uitleg="Alleen bij een ouder contract: de code onder 'voorgangers' in de procedure."),
)
"""Every column; a member of a combination fills the ones up to `functie`."""

EIGEN = tuple(kolom.kop for kolom in KOLOMMEN[: [kolom.kop for kolom in KOLOMMEN].index("functie") + 1])
"""What every row says of its own: the number and one legal person."""

_UITLEG = (
    (
        "1. Elk lopend contract staat op een eigen regel van het blad Contracten. Een combinatie heeft een regel per "
        "lid met hetzelfde contractnummer: de penvoerder op de eerste regel, de leden eronder."
    ),
    (
        "2. Rode koppen zijn verplicht. Op de eerste regel van een contract horen ook getekend_op en ingang, en "
        "percelen of voorganger."
    ),
    "3. Een contractnummer staat nooit bij twee contracten, en wordt daarna nooit opnieuw uitgegeven.",
    "4. Gebruik geen formules en geen macro's. Noem geen burgerservicenummers en geen namen van cliënten.",
    "5. Kijk eerst wat er zou gebeuren; lees daarna in met --voer-uit. Wat al is ingelezen, wordt overgeslagen.",
)


def write_contractformulier(titel: str, percelen: tuple[str, ...], voorgangers: tuple[str, ...]) -> bytes:
    """The empty form as an Excel file, with what can be chosen; the same procedure gives the same bytes."""
    keuzes = {"voorganger": voorgangers}
    kolommen = tuple(
        kolom
        if not keuzes.get(kolom.kop)
        else Kolom(kop=kolom.kop, soort=kolom.soort, uitleg=kolom.uitleg, keuzes=keuzes[kolom.kop], vast=True)
        for kolom in KOLOMMEN
    )
    uitleg = (*_UITLEG, f"Percelen van deze procedure: {', '.join(percelen)}.")
    return write_formulier(
        Formulier(titel=titel, uitleg=uitleg, eisen=(), bladen=(Bladvorm(naam=BLAD, kolommen=kolommen),), merk=MERK)
    )
