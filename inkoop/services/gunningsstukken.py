"""The award report (proces-verbaal) of a procedure with selection.

Bron: C.28; B.1.6; Aw 2.39.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, select

from inkoop.documents.gegevens.bouwstenen import Aanbodperceel
from inkoop.documents.gegevens.inkoopstukken import Gunningsverslaggegevens, Inschrijvingsuitkomst
from inkoop.documents.gegevens.woorden import WOORDEN
from inkoop.domain.aankondiging import Aankondigingsoort
from inkoop.domain.geschil import Geschilsoort
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Mandaat, Proceduredefinitie
from inkoop.services import aanmeldingen, besluiten, documenten, geschillen, personen
from inkoop.services.brieven import blokken
from inkoop.services.brieven.besluit import sign_onder_mandaat
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.ronde import BelangenverklaringRow, RondeRow
from inkoop.storage.tabellen.voorbereiding import AankondigingRow

SJABLOON = "proces-verbaal-gunning"


def request_procesverbaal(
    huis: Huis,
    eenheid: Eenheid,
    ronde: RondeRow,
    definitie: Proceduredefinitie,
    door: Optreden,
    mandaten: Sequence[Mandaat],
) -> None:
    """Ask for the award report; asked again when another perceel becomes final later, it gets a new version."""
    sessie = eenheid.sessie
    uitkomsten, besluit = _list_uitkomsten(sessie, ronde)
    nummer, datum = _find_aankondiging(sessie, ronde, definitie)
    verzonden = eenheid.op if besluit is None or besluit.verzonden_op is None else besluit.verzonden_op
    einde = None if besluit is None else besluit.vervaldatum
    jurist = "" if besluit is None else besluit.gecontroleerd_door or ""
    aantal = len([d for d in documenten.list_documenten(sessie, ronde=ronde.kenmerk) if d.soort == SJABLOON])
    documenten.request_document(
        huis,
        eenheid,
        f"procesverbaal-gunning:{ronde.kenmerk}:{aantal + 1}",
        SJABLOON,
        ronde.kenmerk,
        ronde.kenmerk,
        lambda kenmerk: Gunningsverslaggegevens(
            kenmerk=kenmerk,
            versie=f"{aantal + 1}.0",
            datum=local_date(eenheid.op),
            organisatie=blokken.organisatie(definitie),
            procedure=blokken.procedure(definitie),
            aankondiging_nummer=nummer,
            aankondiging_datum=datum,
            sluiting=ronde.sluiting,
            voornemen=local_date(verzonden),
            einde_termijn=einde or local_date(eenheid.op),
            kort_geding=_describe_kort_geding(sessie, ronde),
            percelen=tuple(
                Aanbodperceel(
                    code=perceel.code,
                    naam=perceel.naam,
                    omschrijving=perceel.omschrijving,
                    maximum=perceel.max_aanbieders,
                )
                for perceel in definitie.percelen
            ),
            uitkomsten=uitkomsten,
            belangen=_describe_belangen(sessie, ronde),
            ondertekenaar=sign_onder_mandaat(definitie, door.persoon.naam, door.persoon.functie, tuple(mandaten)),
            jurist=personen.find_persoon(sessie, jurist).naam if jurist else "de jurist",
        ),
    )


def _list_uitkomsten(sessie: Session, ronde: RondeRow) -> tuple[tuple[Inschrijvingsuitkomst, ...], BesluitRow | None]:
    """Every candidate on every perceel with the last besluit that was sent; and one award intention."""
    regels, voornemen = [], None
    for rij in aanmeldingen.list_aanmeldingen(sessie, ronde):
        for besluit in besluiten.list_geldig(sessie, rij):
            voorstel = besluiten.decode_voorstel(besluit)
            if besluit.soort == "gunningsvoornemen":
                voornemen = besluit
            rang = voorstel.rang
            zinnen = [reden.toelichting for reden in voorstel.redenen] or [
                voorstel.aanleiding,
                rang.uitleg if rang else "",
            ]
            regels.append(
                Inschrijvingsuitkomst(
                    inschrijver=rij.naam,
                    perceel=besluit.perceel or "",
                    uitkomst=str(WOORDEN["uitkomst"][besluit.soort]),
                    score=rang.totaal if rang is not None and rang.scores else None,
                    motivering=" ".join(dict.fromkeys(zin for zin in zinnen if zin)),
                )
            )
    return tuple(regels), voornemen


def _find_aankondiging(sessie: Session, ronde: RondeRow, definitie: Proceduredefinitie) -> tuple[str, date]:
    """The number and day of the announcement that was placed; the round's opening when none was recorded."""
    geplaatst = sessie.exec(
        select(AankondigingRow).where(
            AankondigingRow.procedure_id == ronde.procedure_id,
            AankondigingRow.soort == Aankondigingsoort.AANKONDIGING,
        )
    ).first()
    if geplaatst is None:
        return "niet geregistreerd", definitie.find_ronde(ronde.kenmerk).opening
    return geplaatst.nummer, geplaatst.geplaatst_op


def _describe_kort_geding(sessie: Session, ronde: RondeRow) -> str:
    alle = [g for g in geschillen.list_geschillen(sessie, ronde) if g.soort is Geschilsoort.KORT_GEDING]
    if not alle:
        return "Binnen de termijn is geen kort geding begonnen."
    delen = [f"{g.kenmerk} van {g.van}: {g.uitkomst or 'loopt nog'}" for g in alle]
    return f"Er is een kort geding begonnen: {'; '.join(delen)}."


def _describe_belangen(sessie: Session, ronde: RondeRow) -> str:
    rijen = sessie.exec(select(BelangenverklaringRow).where(BelangenverklaringRow.ronde_id == ronde.id)).all()
    zonder = sum(1 for rij in rijen if rij.geen_belang)
    met = len(rijen) - zonder
    tekst = f"{zonder} {'persoon heeft' if zonder == 1 else 'personen hebben'} verklaard geen belang te hebben"
    return f"{tekst}." if not met else f"{tekst}; {met} met een belang deed niet mee."
