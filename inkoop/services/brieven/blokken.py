"""The blocks that documents share, filled from the definition and the records of one aanmelding.

Bron: domein C (common data blocks).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import msgspec
from sqlmodel import Session

from inkoop.documents.gegevens import (
    Aanbiedergegevens,
    Eisregel,
    Gegevensafspraakgegevens,
    Lidgegevens,
    Looptijdgegevens,
    Ondertekenaar,
    Organisatiegegevens,
    Perceelregel,
    Proceduregegevens,
    Productregel,
    Rechtsbeschermingsgegevens,
    Rondegegevens,
    Tariefperceel,
    Tariefproduct,
    Tariefversie,
    Uitzonderingregel,
    Verlengingsoptie,
    VolgendeRonde,
)
from inkoop.domain.aanmelding import PARTIJEN, Aanmeldingsopgave
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.criteria.verwoording import write_opsomming
from inkoop.domain.instroom import next_ronde
from inkoop.domain.kalender import Feestdagen
from inkoop.domain.looptijd import Verlengingswijze, list_verlengingen
from inkoop.domain.procedure import Perceel, Proceduredefinitie, Rondedefinitie, Tarieftabel
from inkoop.domain.tarief import Tariefregel, list_tariefregels
from inkoop.domain.termijnen import end_of_vervaltermijn
from inkoop.services.procedures import decode_definitie
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow

RECHTSVORMEN: Mapping[str, str] = {
    "bv": "besloten vennootschap",
    "nv": "naamloze vennootschap",
    "vof": "vennootschap onder firma",
    "cv": "commanditaire vennootschap",
}
"""How short legal forms are written in full; any other is printed as it was stated."""


@dataclass(frozen=True, kw_only=True)
class Zaak:
    """One aanmelding with everything that a document about it is filled from."""

    sessie: Session
    feestdagen: Feestdagen
    rij: AanmeldingRow
    opgave: Aanmeldingsopgave
    ronderij: RondeRow
    ronde: Rondedefinitie
    definitie: Proceduredefinitie


class Contractzaak(NamedTuple):
    """The part of a Zaak that a change of an agreement follows from."""

    sessie: Session
    ronderij: RondeRow
    definitie: Proceduredefinitie

    @property
    def ronde(self) -> Rondedefinitie:
        """The round as its procedure says it."""
        return self.definitie.find_ronde(self.ronderij.kenmerk)


def load_zaak(
    sessie: Session, feestdagen: Feestdagen, rij: AanmeldingRow, opgave: Aanmeldingsopgave | None = None
) -> Zaak:
    """Read an aanmelding with its round and procedure; `opgave` while it is not (or not readably) recorded."""
    ronderij = sessie.get_one(RondeRow, rij.ronde_id)
    procedure = sessie.get_one(ProcedureRow, ronderij.procedure_id)
    definitie = decode_definitie(procedure)
    return Zaak(
        sessie=sessie,
        feestdagen=feestdagen,
        rij=rij,
        opgave=opgave or msgspec.json.decode(rij.opgave, type=Aanmeldingsopgave),
        ronderij=ronderij,
        ronde=definitie.find_ronde(ronderij.kenmerk),
        definitie=definitie,
    )


def organisatie(definitie: Proceduredefinitie, op: date | None = None) -> Organisatiegegevens:
    """Who writes on a day, and for which gemeenten: those that take part then, or from the first day of the contracts.

    A gemeente that joins later stands in no paper of before (H19-45).
    """
    org = definitie.organisatie
    dag = max(op or definitie.looptijd.ingang, definitie.looptijd.ingang)
    return Organisatiegegevens(
        naam=org.naam,
        samenwerkingsverband=org.samenwerkingsverband,
        centrumgemeente=org.centrumgemeente,
        gemeenten=tuple(gemeente.naam for gemeente in definitie.gemeenten_op(dag)),
        adres=org.adres,
        postcode_plaats=org.postcode_plaats,
        contactpersoon=org.contactpersoon,
        email=org.email,
        telefoon=org.telefoon,
        platform=org.platform,
    )


def eisregels(definitie: Proceduredefinitie) -> tuple[Eisregel, ...]:
    """Each demand of the programma van eisen with where it comes from."""
    return tuple(
        Eisregel(id=eis.id, thema=eis.thema, tekst=eis.tekst, bron=eis.bron) for eis in definitie.programma_van_eisen
    )


def gegevensafspraak(definitie: Proceduredefinitie) -> Gegevensafspraakgegevens:
    """What is agreed on personal data, with the role that the jurist chose (C.19)."""
    afspraak = definitie.contract.gegevensafspraak
    return Gegevensafspraakgegevens(
        rol=afspraak.rol,
        motivering=afspraak.motivering,
        doelen=afspraak.doelen,
        gegevens=afspraak.gegevens,
        bewaartermijn=afspraak.bewaartermijn,
        datalekcontact=afspraak.datalekcontact,
    )


def procedure(definitie: Proceduredefinitie) -> Proceduregegevens:
    """About which procedure."""
    return Proceduregegevens(
        naam=definitie.naam,
        titel=definitie.titel,
        kwalificatie=definitie.kwalificatie,
        wet=definitie.wet,
        regio=definitie.geografie.regio,
    )


def ronde(definitie: Rondedefinitie) -> Rondegegevens:
    """About which round."""
    velden = {naam: getattr(definitie, naam) for naam in Rondegegevens.__struct_fields__}
    return Rondegegevens(**velden)


def volgende_ronde(zaak: Zaak) -> VolgendeRonde | None:
    """The round after this one, if the procedure has one."""
    volgende = next_ronde(zaak.definitie, zaak.ronde)
    if volgende is None:
        return None
    return VolgendeRonde(
        kenmerk=volgende.kenmerk, opening=volgende.opening, sluiting=volgende.sluiting, ingang=volgende.ingang
    )


def aanbieder(opgave: Aanmeldingsopgave) -> Aanbiedergegevens:
    """To whom: the single provider, or the penvoerder and members of a combination; then onderaannemers.

    Onderaannemers are no party, but the agreement names them; the templates choose by rol.
    """
    return Aanbiedergegevens(
        naam=opgave.naam,
        leden=tuple(
            Lidgegevens(
                naam=lid.naam,
                rol=lid.rol,
                rechtsvorm=RECHTSVORMEN.get(lid.rechtsvorm.casefold(), lid.rechtsvorm),
                kvk=lid.kvk,
                agb=lid.agb,
                adres=lid.adres,
                postcode_plaats=f"{lid.postcode} {lid.plaats}",
                tekenbevoegde=lid.tekenbevoegde.naam,
                tekenfunctie=lid.tekenbevoegde.functie,
                tekenwijze=lid.tekenbevoegde.wijze,
            )
            for rol in (*PARTIJEN, Lidrol.ONDERAANNEMER)
            for lid in opgave.leden
            if lid.rol is rol
        ),
    )


def afzender(definitie: Proceduredefinitie) -> Ondertekenaar:
    """Who signs a letter that decides nothing."""
    return Ondertekenaar(naam=definitie.organisatie.contactpersoon, functie=f"namens {definitie.organisatie.naam}")


def rechtsbescherming(
    definitie: Proceduredefinitie, verzonden_op: date, feestdagen: Feestdagen
) -> Rechtsbeschermingsgegevens:
    """The civil remedy after a letter that is sent on a day, its end rolled to a working day (B.2.5)."""
    bescherming = definitie.rechtsbescherming
    return Rechtsbeschermingsgegevens(
        rechtbank=bescherming.rechtbank,
        termijn_dagen=definitie.termijnen.vervaltermijn_dagen,
        einde=end_of_vervaltermijn(definitie.termijnen, verzonden_op, feestdagen),
        melding_adres=bescherming.melding_adres,
        klachtadres=bescherming.klachtadres,
        geschillencommissie=bescherming.geschillencommissie,
    )


def percelen(zaak: Zaak) -> tuple[Perceelregel, ...]:
    """What was applied for."""
    return tuple(
        Perceelregel(code=perceel.code, naam=perceel.naam, producten=productregels(perceel, aangeboden(zaak, perceel)))
        for perceel in (zaak.definitie.find_perceel(code) for code in zaak.opgave.percelen)
    )


def aangeboden(zaak: Zaak, perceel: Perceel) -> tuple[str, ...]:
    """The product codes of a perceel that are applied for: all of them when none are named."""
    alle = tuple(product.code for product in perceel.producten)
    return tuple(code for code in alle if code in zaak.opgave.producten) if zaak.opgave.producten else alle


def productregels(perceel: Perceel, codes: Iterable[str]) -> tuple[Productregel, ...]:
    """Products by code and name, in the order of the procedure."""
    gekozen = set(codes)
    return tuple(Productregel(code=p.code, naam=p.naam) for p in perceel.producten if p.code in gekozen)


def name_producten(zaak: Zaak, tekst: str) -> str:
    """A sentence with products by name: the toets knows only their codes, a reader knows their names."""
    namen = {product.code: product.naam for perceel in zaak.definitie.percelen for product in perceel.producten}
    codes = "|".join(re.escape(code) for code in sorted(namen, key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{codes})(?![\w-])", lambda gevonden: namen[gevonden[0]], tekst) if codes else tekst


def tariefversie(tabel: Tarieftabel) -> Tariefversie:
    """The version of a tariff table."""
    return Tariefversie(
        versie=tabel.versie,
        ingang=tabel.ingang,
        eenheid=tabel.eenheid,
        vastgesteld_op=tabel.vastgesteld_op,
        grondslag=tabel.grondslag,
    )


def tariefperceel(perceel: Perceel, codes: Iterable[str], tabel: Tarieftabel) -> Tariefperceel:
    """A perceel with what is paid for these products: per product, per cell of the matrix, or one lumpsum."""
    gekozen = set(codes)
    return Tariefperceel(
        code=perceel.code,
        naam=perceel.naam,
        prestatie=perceel.prestatie,
        omschrijving=perceel.omschrijving,
        producten=tuple(
            _describe_tariefregel(perceel, regel, tabel)
            for regel in list_tariefregels(tabel, perceel)
            if regel.product is None or regel.product in gekozen
        ),
        tredes=tuple(trede.naam for trede in perceel.tredes),
    )


def name_lumpsum(eenheid: str) -> str:
    """What a lumpsum pays for, as a line of a table."""
    return f"Alle ondersteuning in dit perceel, per {eenheid}"


def _describe_tariefregel(perceel: Perceel, regel: Tariefregel, tabel: Tarieftabel) -> Tariefproduct:
    """A line of the tariff table, with the trede, another unit and the only gemeenten in its name."""
    product = next((product for product in perceel.producten if product.code == regel.product), None)
    if product is None:
        naam = name_lumpsum(regel.eenheid)
        return Tariefproduct(code=perceel.code, naam=naam, omschrijving=perceel.omschrijving, bedrag=regel.bedrag)
    delen = [trede.naam for trede in perceel.tredes if trede.code == regel.trede]
    if regel.eenheid != tabel.eenheid:
        delen.append(f"per {regel.eenheid}")
    if regel.gemeenten:
        delen.append(f"alleen in {write_opsomming(regel.gemeenten)}")
    naam = f"{product.naam} ({'; '.join(delen)})" if delen else product.naam
    return Tariefproduct(
        code=product.code,
        naam=naam,
        omschrijving=product.omschrijving,
        bedrag=regel.bedrag,
        resultaat=product.naam if regel.trede else None,
        trede=next((trede.naam for trede in perceel.tredes if trede.code == regel.trede), None),
    )


def looptijd(definitie: Proceduredefinitie, ingang: date | None = None) -> Looptijdgegevens:
    """The term; a provider who joins later starts on the round's ingang and ends on the same day (M20-32)."""
    termijn = definitie.looptijd
    return Looptijdgegevens(
        ingang=ingang or termijn.ingang,
        einde_eerste_termijn=termijn.einde_eerste_termijn,
        verlenging_maanden=termijn.verlenging_maanden,
        opzegtermijn_maanden=termijn.opzegtermijn_maanden,
        max_einddatum=termijn.max_einddatum,
        verlenging=termijn.verlenging,
        opties=tuple(
            Verlengingsoptie(nummer=optie.nummer, maanden=termijn.verlenging_maanden, einddatum=optie.tot)
            for optie in list_verlengingen(termijn)
            if termijn.verlenging == Verlengingswijze.OPTIE
        ),
    )


def uitzonderingen(definitie: Proceduredefinitie) -> tuple[Uitzonderingregel, ...]:
    """What gemeenten organise themselves, with the gemeente by name."""
    namen = {gemeente.code: gemeente.naam for gemeente in definitie.gemeenten}
    return tuple(
        Uitzonderingregel(
            gemeente=namen.get(regel.gemeente, regel.gemeente), prestatie=regel.prestatie, tekst=regel.tekst
        )
        for regel in definitie.contract.lokale_uitzonderingen
    )
