"""An aanmelding that is being written: what is filled in so far, kept as a draft, in the end handed in.

Nothing here decides anything: `preview` says what would still be missing if it were tested today, and keeps no
receipt of it. Handing in goes through `indienen.receive_aanmelding`, as on the command line.

Bron: issue web application, 6; domein B.4, C.12; FE-8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

import msgspec
from sqlmodel import Session, col, select

from inkoop.definitions.fout import DefinitieError
from inkoop.domain.aanmelding import Aanmeldingsopgave, Bewijsstuk, Ondernemer, Tekenbevoegde, Tekenwijze
from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop, Toetsresultaat
from inkoop.domain.criteria.criterium import Criteriaset, Criterium, Moment
from inkoop.domain.criteria.dossier import Aanleiding, Dossier, Grootte, Herkomst, Lidrol
from inkoop.domain.criteria.eenheden import list_eenheden
from inkoop.domain.criteria.toets import assess
from inkoop.domain.dossierbouw import build_dossier, list_feiten
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.peildatums import bind_peildatums
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.services import kladden, personen, procedures, rondes
from inkoop.services.conceptwaarde import ZELF, Concept, Conceptstuk, build_opgave, check_stukken
from inkoop.services.huis import Huis, NietGevondenError, Optreden
from inkoop.services.indienen import Ontvangst, receive_aanmelding
from inkoop.services.kladden import KladGewijzigdError, Kladplek
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.procedure import ProcedureRow

AANMELDING: Final = "aanmelding"
ONTVANGST: Final = "ontvangst"

_ONDERNEMING: Final = tuple(veld.name for veld in msgspec.structs.fields(Ondernemer) if veld.name not in {"id", "rol"})


class Vraagpunt(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is asked later: for which criterion, of which member, for which percelen, in which words."""

    criterium: str
    lid: str | None
    percelen: tuple[str, ...]
    tekst: str


class Gevraagd(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked after handing in, why, and until when (the last instant)."""

    aanleiding: Aanleiding
    uiterlijk: datetime
    punten: tuple[Vraagpunt, ...]


class Conceptzicht(msgspec.Struct, kw_only=True):
    """A draft with what it is for. `versie` is 0 until it is kept for the first time.

    `gevraagd` is what it answers when it comes after an aanmelding (services/aanvullingen).
    """

    plek: Kladplek
    procedure: Proceduredefinitie
    ronde: Rondedefinitie
    sluiting: datetime
    editie: Criteriaset
    concept: Concept
    versie: int
    door: str = ""
    gewijzigd_op: datetime | None = None
    bekend_van: str = ""
    gevraagd: Gevraagd | None = None


def open_concept(huis: Huis, door: Optreden, ronde: str) -> Conceptzicht:
    """The draft for a round of whom this person acts for; a new one holds what is known of an earlier aanmelding.

    Raises NietGevondenError for a round that does not exist, is not published or is not open yet.
    """
    require_toegang(door.persoon, door.rol, Handeling.AANMELDING_INDIENEN)
    with huis.winkel.lezen() as sessie:
        kvk = personen.find_kvk(sessie, door.wie)
        rij = rondes.find_ronde(sessie, ronde)
        procedurerij = sessie.get_one(ProcedureRow, rij.procedure_id)
        if kvk is None or procedurerij.gepubliceerd_op is None or rij.opening > local_date(door.nu):
            raise NietGevondenError("Ronde", ronde)
        definitie = procedures.decode_definitie(procedurerij)
        datums = definitie.find_ronde(ronde)
        editie = procedures.read_editie(sessie, rij)
        vorige = _find_vorige(sessie, kvk)
        plek = Kladplek(kvk=kvk, formulier=AANMELDING, onderwerp=ronde)
        sluiting = rij.sluiting
    klad = kladden.find_klad(huis, plek)
    concept = _begin(kvk, vorige) if klad is None else msgspec.convert(klad.inhoud, Concept)
    return Conceptzicht(
        plek=plek,
        procedure=definitie,
        ronde=datums,
        sluiting=sluiting,
        editie=editie,
        concept=concept,
        versie=0 if klad is None else klad.versie,
        door="" if klad is None else klad.door,
        gewijzigd_op=None if klad is None else klad.gewijzigd_op,
        bekend_van=vorige.kenmerk if klad is None and vorige is not None else "",
    )


def list_begonnen(huis: Huis, door: Optreden, rondenamen: Sequence[str]) -> set[str]:
    """In which of these rounds somebody began to write for the same aanbieder."""
    with huis.winkel.lezen() as sessie:
        kvk = personen.find_kvk(sessie, door.wie) or ""
    plekken = {ronde: Kladplek(kvk=kvk, formulier=AANMELDING, onderwerp=ronde) for ronde in rondenamen}
    return {ronde for ronde, plek in plekken.items() if kladden.find_klad(huis, plek) is not None}


def _find_vorige(sessie: Session, kvk: str) -> AanmeldingRow | None:
    """The last aanmelding of this legal person that is not sealed any more."""
    vraag = select(AanmeldingRow).where(AanmeldingRow.kvk == kvk, AanmeldingRow.opgave != "")
    return sessie.exec(vraag.order_by(col(AanmeldingRow.ontvangen_op).desc()).limit(1)).first()


def _begin(kvk: str, vorige: AanmeldingRow | None) -> Concept:
    zelf = {"id": ZELF, "rol": str(Lidrol.ENKEL), "kvk": kvk}
    if vorige is None:
        return Concept(leden=[zelf])
    opgave = msgspec.json.decode(vorige.opgave, type=Aanmeldingsopgave)
    bekend = next((lid for lid in opgave.leden if lid.kvk == kvk), None)
    if bekend is not None:
        kaal = msgspec.to_builtins(bekend)
        teken = kaal.pop("tekenbevoegde")
        zelf |= {naam: str(waarde) for naam, waarde in kaal.items() if naam in _ONDERNEMING and waarde is not None}
        zelf |= {f"tekenbevoegde {naam}": str(waarde) for naam, waarde in teken.items()}
    return Concept(leden=[zelf], specialisme=opgave.specialisme, werkgebied=opgave.werkgebied)


def save(huis: Huis, door: Optreden, zicht: Conceptzicht, versie: int) -> int:
    """Keep the draft as it is now. `versie` is the one the page was made from. Raises KladGewijzigdError."""
    zicht.concept.ingediend = ""
    return _save(huis, door, zicht, versie)


def _save(huis: Huis, door: Optreden, zicht: Conceptzicht, versie: int) -> int:
    zicht.versie = kladden.save_klad(huis, door, zicht.plek, msgspec.to_builtins(zicht.concept), versie)
    return zicht.versie


def drop_lid(huis: Huis, door: Optreden, zicht: Conceptzicht, id: str, versie: int) -> None:
    """Take a party out; files that were about it are about the whole aanmelding again."""
    concept = zicht.concept
    concept.leden = [lid for lid in concept.leden if lid["id"] != id or id == ZELF]
    for stuk in concept.stukken:
        stuk.lid = "" if stuk.lid == id else stuk.lid
        for feit in stuk.feiten:
            for deel in feit.get("onderdelen", ()):
                if deel.get("door") == id:
                    del deel["door"]
    save(huis, door, zicht, versie)


def build_concept(zicht: Conceptzicht, nu: datetime) -> Dossier | None:
    """The dossier of a draft as if all that is stated were true; None while no perceel is chosen."""
    concept = zicht.concept
    gekozen = set(concept.producten)
    percelen = tuple(
        perceel.code
        for perceel in zicht.procedure.percelen
        if perceel.code in concept.percelen
        and (not gekozen or gekozen & {product.code for product in perceel.producten})
    )
    if not percelen:
        return None
    feiten = list_feiten(_list_goede(concept), Herkomst.OPGEGEVEN)
    return build_dossier(
        Aanmeldingsopgave(
            naam="concept", leden=tuple(_list_leden(concept)), percelen=percelen, producten=tuple(concept.producten)
        ),
        zicht.procedure,
        aanmelding="concept",
        ingediend_op=nu,
        feiten=[msgspec.structs.replace(feit, ontvangen_op=local_date(nu)) for feit in feiten],
    )


def _list_goede(concept: Concept) -> Iterator[Bewijsstuk]:
    """The files of which what is said can be understood; the pages keep no others, so nobody is shut out by one."""
    leden = [lid["id"] for lid in concept.leden]
    for stuk in concept.stukken:
        with suppress(DefinitieError):
            yield from check_stukken([stuk], leden, {})


def preview(zicht: Conceptzicht, dossier: Dossier | None, nu: datetime) -> Toetsresultaat | None:
    """What a toets would say of this draft today if all that is stated were true; None without a perceel, or later.

    `dossier` is what `build_concept` made of the draft: a page needs it too, and makes it once. Nobody keeps what comes
    of it: it is no toets, and decides nothing.
    """
    # An answer is only what comes on top of what is there already: by itself it says nothing.
    if dossier is None or zicht.gevraagd is not None:
        return None
    return assess(
        zicht.editie,
        dossier,
        bind_peildatums(zicht.procedure, zicht.ronde, nu),
        herstelverloop=Herstelverloop.OPEN,
        feitenbasis=Feitenbasis.ALS_OPGEGEVEN,
        moment=Moment.TOELATING,
    )


def list_producten(zicht: Conceptzicht, criterium: Criterium, dossier: Dossier | None) -> tuple[str, ...]:
    """The products that are offered and that a criterion is about, in the order of the procedure."""
    if dossier is None:
        return ()
    geraakt = {product for eenheid in list_eenheden(criterium, dossier.percelen) for product in eenheid.producten}
    alle = (product.code for perceel in zicht.procedure.percelen for product in perceel.producten)
    return tuple(dict.fromkeys(code for code in alle if code in geraakt))


def _list_leden(concept: Concept) -> Iterator[Ondernemer]:
    """The parties as far as they are known: what a toets does not read is left empty."""
    for lid in concept.leden:
        yield Ondernemer(
            id=lid["id"],
            rol=concept.eigen_rol if lid["id"] == ZELF else Lidrol(lid["rol"]),
            naam=lid.get("naam", "") or lid["id"],
            rechtsvorm=lid.get("rechtsvorm", ""),
            grootte=Grootte(lid["grootte"]) if lid.get("grootte") else None,
            kvk=lid.get("kvk", ""),
            adres="",
            postcode="",
            plaats="",
            email="",
            tekenbevoegde=Tekenbevoegde(naam="", functie="", wijze=Tekenwijze.ALLEEN),
        )


class Kladbestanden(Mapping[str, Bestandsbron]):
    """The files that are kept with a draft, by name, each decrypted when it is asked for."""

    def __init__(self, huis: Huis, plek: Kladplek, stukken: Sequence[Conceptstuk]) -> None:
        self._huis, self._plek = huis, plek
        self._opslag = {stuk.bestand: stuk.opslag for stuk in stukken if not stuk.eerder}

    def __getitem__(self, naam: str) -> Bestandsbron:
        """A file."""
        return kladden.open_stuk(self._huis, self._plek, self._opslag[naam], naam)

    def __iter__(self) -> Iterator[str]:
        return iter(self._opslag)

    def __len__(self) -> int:
        return len(self._opslag)


class Bewijsvanontvangst(msgspec.Struct, frozen=True, kw_only=True):
    """The receipt as its aanbieder keeps it: the instant, the hash of the whole, and of each file.

    `hergebruikt` are the files that were handed in before, by name, with the aanmelding that they come from.
    """

    kenmerk: str
    ronde: str
    status: str
    ontvangen_op: datetime
    ingediend_door: str
    ontvangsthash: str
    bestanden: dict[str, str]
    vervangt: tuple[str, ...] = ()
    hergebruikt: dict[str, str] = {}


def submit(huis: Huis, door: Optreden, zicht: Conceptzicht, versie: int) -> Ontvangst:
    """Hand the draft in. It stays, so that it can be changed and handed in again until closing.

    Raises KladGewijzigdError when it was changed since the page with the answers was made, DefinitieError and
    BeletselenError with every reason why it cannot be received.
    """
    if versie != zicht.versie:
        raise KladGewijzigdError(kladden.find_klad(huis, zicht.plek))
    concept = zicht.concept
    if concept.ingediend:
        tekst = f"U hebt dit al ingediend als {concept.ingediend} en daarna niets gewijzigd."
        raise BeletselenError("De aanmelding kan niet worden ingediend.", [Beletsel("ongewijzigd", tekst)])
    opgave = build_opgave(concept)
    bestanden = Kladbestanden(huis, zicht.plek, concept.stukken)
    ontvangst = receive_aanmelding(huis, door, ronde=zicht.ronde.kenmerk, opgave=opgave, bestanden=bestanden)
    bewijs = Bewijsvanontvangst(
        kenmerk=ontvangst.kenmerk,
        ronde=zicht.ronde.kenmerk,
        status=str(ontvangst.status),
        ontvangen_op=ontvangst.ontvangen_op,
        ingediend_door=door.persoon.naam,
        ontvangsthash=ontvangst.ontvangsthash,
        bestanden={naam: bestand.sha256 for naam, bestand in ontvangst.bestanden.items()},
        vervangt=ontvangst.vervangt,
        hergebruikt=dict(ontvangst.hergebruikt),
    )
    plek = Kladplek(kvk=zicht.plek.kvk, formulier=ONTVANGST, onderwerp=ontvangst.kenmerk)
    kladden.save_klad(huis, door, plek, msgspec.to_builtins(bewijs), 0)
    concept.ingediend = concept.laatst = ontvangst.kenmerk
    _save(huis, door, zicht, zicht.versie)
    return ontvangst


def find_ontvangst(huis: Huis, door: Optreden, kenmerk: str) -> Bewijsvanontvangst | None:
    """The receipt of one's own aanmelding, as it was given at handing in through the pages."""
    require_toegang(door.persoon, door.rol, Handeling.EIGEN_AANMELDING_LEZEN)
    with huis.winkel.lezen() as sessie:
        kvk = personen.find_kvk(sessie, door.wie)
    if kvk is None:
        return None
    klad = kladden.find_klad(huis, Kladplek(kvk=kvk, formulier=ONTVANGST, onderwerp=kenmerk))
    return None if klad is None else msgspec.convert(klad.inhoud, Bewijsvanontvangst)
