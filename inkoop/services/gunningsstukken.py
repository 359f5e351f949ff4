"""The award report (proces-verbaal) of a procedure with selection.

Bron: C.28; B.1.6; Aw 2.39.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlmodel import Session, select

from inkoop.documents.gegevens.bouwstenen import Aanbodperceel
from inkoop.documents.gegevens.inkoopstukken import (
    Gunningsverslaggegevens,
    Inschrijvingsuitkomst,
    Scoreverantwoording,
)
from inkoop.documents.gegevens.woorden import WOORDEN
from inkoop.domain.aankondiging import Aankondigingsoort
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.geschil import Geschilsoort
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.procedure import Mandaat, Proceduredefinitie
from inkoop.domain.rangschikking import Stadium
from inkoop.domain.selectie import LOTING
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import aanmeldingen, besluiten, documenten, geschillen, personen, scores
from inkoop.services.brieven import blokken
from inkoop.services.brieven.besluit import sign_onder_mandaat
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.ronde import BelangenverklaringRow, RondeRow
from inkoop.storage.tabellen.selectie import LotingRow
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
            organisatie=blokken.organisatie(definitie, local_date(eenheid.op)),
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
            scores=_list_scores(sessie, ronde, definitie),
            gelijke_stand=_describe_gelijke_stand(definitie),
            lotingen=_list_lotingen(sessie, ronde),
            belangen=_describe_belangen(sessie, ronde),
            ondertekenaar=sign_onder_mandaat(definitie, door.persoon.naam, door.persoon.functie, tuple(mandaten)),
            jurist=personen.find_persoon(sessie, jurist).naam if jurist else "de jurist",
        ),
    )


def _list_uitkomsten(sessie: Session, ronde: RondeRow) -> tuple[tuple[Inschrijvingsuitkomst, ...], BesluitRow | None]:
    """Every candidate on every perceel with the last besluit that was sent; and one award intention.

    Who withdrew stands in it too, without a besluit.
    """
    regels: list[Inschrijvingsuitkomst] = []
    voornemen: BesluitRow | None = None
    vroeger: BesluitRow | None = None
    for rij in aanmeldingen.list_aanmeldingen(sessie, ronde):
        if rij.status is Aanmeldingsstatus.INGETROKKEN and ronde.geopend_op is not None:
            regels += _list_ingetrokken(sessie, rij)
        vroeger = vroeger or _find_verlaten(sessie, rij)
        for besluit in besluiten.list_geldig(sessie, rij):
            voorstel = besluiten.decode_voorstel(besluit)
            if besluit.soort is Besluitsoort.GUNNINGSVOORNEMEN:
                voornemen = besluit
            rang = voorstel.rang
            uitleg = rang.uitleg if rang is not None and rang.uitleg not in voorstel.aanleiding else ""
            zinnen = [reden.toelichting for reden in voorstel.redenen] or [voorstel.aanleiding, uitleg]
            regels.append(
                Inschrijvingsuitkomst(
                    inschrijver=rij.naam,
                    perceel=besluit.perceel or "",
                    uitkomst=str(WOORDEN["uitkomst"][besluit.soort]),
                    score=rang.totaal if rang is not None and rang.scores else None,
                    motivering=" ".join(dict.fromkeys(zin for zin in zinnen if zin)),
                )
            )
    return tuple(regels), voornemen or vroeger


def _find_verlaten(sessie: Session, rij: AanmeldingRow) -> BesluitRow | None:
    """An award intention that was sent, whatever became of it; counts where none stands."""
    voornemens = [b for b in besluiten.list_besluiten(sessie, rij) if b.soort is Besluitsoort.GUNNINGSVOORNEMEN]
    return next((b for b in voornemens if b.verzonden_op is not None), None)


def _list_ingetrokken(sessie: Session, rij: AanmeldingRow) -> list[Inschrijvingsuitkomst]:
    """A candidate that withdrew after the selection, on each perceel that it had a besluit on."""
    percelen = dict.fromkeys(besluit.perceel or "" for besluit in besluiten.list_besluiten(sessie, rij))
    return [
        Inschrijvingsuitkomst(
            inschrijver=rij.naam,
            perceel=perceel,
            uitkomst=str(WOORDEN["uitkomst"][Besluitsoort.INGETROKKEN]),
            motivering="De inschrijver trok zich terug en deed niet meer mee.",
        )
        for perceel in percelen
    ]


def _list_scores(sessie: Session, ronde: RondeRow, definitie: Proceduredefinitie) -> tuple[Scoreverantwoording, ...]:
    """Every score that counted, with what each beoordelaar gave, so that anybody can add it up again."""
    regels = []
    for rij in aanmeldingen.list_aanmeldingen(sessie, ronde):
        besluitpercelen = dict.fromkeys(b.perceel or "" for b in besluiten.list_besluiten(sessie, rij))
        for perceel in besluitpercelen:
            for stadium in Stadium:
                namen = {een.id: een for een in scores.list_criteria(definitie, stadium)}
                for stand in scores.read_stand(sessie, rij, definitie, perceel, stadium):
                    if stand.definitief is None:
                        continue
                    criterium = namen[stand.criterium]
                    regels.append(
                        Scoreverantwoording(
                            inschrijver=rij.naam,
                            perceel=perceel,
                            stadium=stadium,
                            criterium=criterium.id,
                            naam=criterium.naam,
                            weging=criterium.weging,
                            gegeven=stand.scores,
                            definitief=stand.definitief,
                            punten=criterium.weging * stand.definitief / Decimal(100),
                            wijze="gelijk" if len(set(stand.scores)) == 1 else "beslist door de jurist",
                            reden=stand.reden,
                        )
                    )
    return tuple(regels)


def _describe_gelijke_stand(definitie: Proceduredefinitie) -> str:
    regels = definitie.selectieregels
    if regels is None:
        return ""
    return ", ".join("loting in het openbaar" if id == LOTING else f"de score op {id}" for id in regels.gelijke_stand)


def _list_lotingen(sessie: Session, ronde: RondeRow) -> tuple[str, ...]:
    """Each lot with what anybody needs to draw it again."""
    rijen = sessie.exec(select(LotingRow).where(LotingRow.ronde_id == ronde.id)).all()
    return tuple(
        f"Perceel {rij.perceel} ({rij.stadium}): in het openbaar geloot op {format_dag(local_date(rij.getrokken_op))} "
        f"met zaad '{rij.zaad}'; getuige was {rij.getuige}."
        for rij in sorted(rijen, key=lambda rij: (rij.stadium, rij.perceel))
    )


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
