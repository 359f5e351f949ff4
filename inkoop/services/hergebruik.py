"""Evidence that was handed in with an aanmelding of an earlier round, used again in another one.

Only by the legal person that handed it in then, for the same legal person that it is about, within one
organisatie, and only while it is still valid on the days of the new round (domain/hergebruik). The file itself is
taken from the earlier round, which has been opened; what comes of it belongs to the new round and is sealed with
its key like everything else that is handed in. What was established, judged or decided then is not taken along.

Bron: issue intake, 1; FE-8; domein B.4 (one legal person); ontwerp 2.9.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.aanmelding import Aanmeldingsopgave, Bewijsstuk
from inkoop.domain.criteria.criterium import Criteriaset, Moment, Peilmoment
from inkoop.domain.criteria.dossier import Aanleiding, Documentfeit, EenFeit, Herkomst
from inkoop.domain.dossierbouw import NOG_NIET_ONTVANGEN
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.hergebruik import Hergebruikstand, weigh_hergebruik
from inkoop.domain.peildatums import bind_peildatums
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import bewijzen, personen, procedures, rondes
from inkoop.services.huis import Huis, NietGevondenError, Optreden
from inkoop.storage.bestandenmap import BestandAangetastError, BestandOntbreektError
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bewijs import BewijsstukRow, FeitRow
from inkoop.storage.tabellen.ronde import RondeRow

Peildatums = Mapping[Peilmoment, date]


class Eerderstuk(msgspec.Struct, frozen=True, kw_only=True):
    """A file of an earlier aanmelding: what it is, of which legal person (`kvk`), and what was stated on it then.

    `kvk` None: it was about the aanmelding as a whole. `partijen` are the KvK numbers of that aanmelding by short
    name, `apart_gezet` whether a BSN is suspected in it.
    """

    aanmelding: str
    ronde: str
    bestand: str
    omschrijving: str
    sha256: str
    mediatype: str
    grootte: int
    ontvangen_op: datetime
    kvk: str | None
    naam: str
    apart_gezet: bool
    feiten: tuple[EenFeit, ...]
    partijen: dict[str, str]


class Herbruikbaar(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier file with what each criterium of the new round makes of it; `beletselen` hold for all of them."""

    stuk: Eerderstuk
    standen: tuple[Hergebruikstand, ...]
    beletselen: tuple[Beletsel, ...]

    def is_bruikbaar(self, criterium: str) -> bool:
        """Whether it can be used again for this criterium."""
        return not self.beletselen and any(s.criterium == criterium and s.bruikbaar for s in self.standen)

    def list_redenen(self, criterium: str) -> tuple[str, ...]:
        """Why it cannot be used again for this criterium, in sentences; empty when it can."""
        van_criterium = (stand.redenen for stand in self.standen if stand.criterium == criterium)
        return (*(b.tekst for b in self.beletselen), *(reden for redenen in van_criterium for reden in redenen))


def list_herbruikbaar(huis: Huis, door: Optreden, ronde: str, criterium: str | None = None) -> list[Herbruikbaar]:
    """Every file of earlier aanmeldingen of who asks, with whether it can be used again in a round, newest first.

    With `criterium` only those that say something for it. Raises NietGevondenError for a round that does not exist.
    """
    require_toegang(door.persoon, door.rol, Handeling.AANMELDING_INDIENEN)
    with huis.winkel.lezen() as sessie:
        kvk = personen.find_kvk(sessie, door.wie)
        if kvk is None:
            return []
        rij = rondes.find_ronde(sessie, ronde)
        definitie = procedures.read_definitie(sessie, rij.procedure_id)
        editie = procedures.read_editie(sessie, rij)
        gevonden = list(_list_stukken(sessie, rij, definitie, kvk))
    peildatums = bind_peildatums(definitie, definitie.find_ronde(ronde), door.nu)
    gewogen = ((stuk, weigh_hergebruik(editie, stuk.feiten, peildatums)) for stuk in gevonden)
    return [
        Herbruikbaar(stuk=stuk, standen=standen, beletselen=tuple(_check_stuk(huis, stuk)))
        for stuk, standen in gewogen
        if criterium is None or any(stand.criterium == criterium for stand in standen)
    ]


def read_eerder(huis: Huis, door: Optreden, ronde: str, aanmelding: str, sha256: str) -> Bestandsbron:
    """A file of one's own earlier aanmelding. Raises NietGevondenError for any other."""
    with huis.winkel.lezen() as sessie:
        kvk = personen.find_kvk(sessie, door.wie)
        rij = rondes.find_ronde(sessie, ronde)
        definitie = procedures.read_definitie(sessie, rij.procedure_id)
        stukken = list(_list_stukken(sessie, rij, definitie, kvk)) if kvk is not None else []
    for stuk in stukken:
        if (stuk.aanmelding, stuk.sha256) == (aanmelding, sha256) and not _check_stuk(huis, stuk):
            return huis.winkel.bewijs.fetch(sha256, stuk.bestand)
    raise NietGevondenError("Bewijsstuk", sha256[:16])


class _Bestanden(Mapping[str, bytes | Bestandsbron]):
    """Files that are sent beside files of an earlier round, each read when it is asked for."""

    def __init__(self, huis: Huis, gestuurd: bewijzen.Bestanden, eerdere: Mapping[str, str]) -> None:
        self._huis, self._gestuurd, self._eerdere = huis, gestuurd, eerdere

    def __getitem__(self, naam: str) -> bytes | Bestandsbron:
        sha256 = self._eerdere.get(naam)
        return self._gestuurd[naam] if sha256 is None else self._huis.winkel.bewijs.fetch(sha256, naam)

    def __iter__(self) -> Iterator[str]:
        return iter((*self._gestuurd, *(naam for naam in self._eerdere if naam not in self._gestuurd)))

    def __len__(self) -> int:
        return len(self._gestuurd.keys() | self._eerdere.keys())


def complete_opgave(
    huis: Huis, door: Optreden, ronde: str, opgave: Aanmeldingsopgave, bestanden: bewijzen.Bestanden, op: datetime
) -> tuple[Aanmeldingsopgave, bewijzen.Bestanden]:
    """The opgave with what it uses again filled in, and the files with those of earlier rounds among them.

    Raises BeletselenError with every reason. Somebody who does not act for this aanbieder learns nothing of what
    it handed in before: that is refused first.
    """
    if not any(stuk.eerder is not None for stuk in opgave.bewijsstukken):
        return opgave, bestanden
    kvk = opgave.penvoerder.kvk
    with huis.winkel.lezen() as sessie:
        if door.rol is Rol.AANBIEDER and personen.find_kvk(sessie, door.wie) != kvk:
            tekst = f"{door.persoon.naam} handelt niet namens {opgave.penvoerder.naam}."
            raise BeletselenError("De aanmelding kan niet worden ontvangen.", [Beletsel("namens", tekst)])
        rij = rondes.find_ronde(sessie, ronde)
        definitie = procedures.read_definitie(sessie, rij.procedure_id)
        editie = procedures.read_editie(sessie, rij)
        stukken = list(_list_stukken(sessie, rij, definitie, kvk))
    peildatums = bind_peildatums(definitie, definitie.find_ronde(ronde), op)
    moment = Moment.TOELATING if opgave.wijzigt is None else Moment.BIJ_WIJZIGING
    beletselen: list[Beletsel] = []
    nieuw: list[Bewijsstuk] = []
    eerdere: dict[str, str] = {}
    for stuk in opgave.bewijsstukken:
        if stuk.eerder is None:
            nieuw.append(stuk)
            continue
        gevonden = _find(stukken, stuk)
        redenen = [gevonden] if isinstance(gevonden, Beletsel) else _check_stuk(huis, gevonden)
        if stuk.bestand in bestanden:
            tekst = "Het bestand is ook meegestuurd. Stuur het mee, of noem 'eerder'; niet allebei."
            redenen.append(Beletsel("eerder-dubbel", tekst))
        if not isinstance(gevonden, Beletsel) and not redenen:
            gevuld = _fill(stuk, gevonden, opgave)
            redenen += [gevuld] if isinstance(gevuld, Beletsel) else _check_geldig(editie, gevuld, peildatums, moment)
            if not isinstance(gevuld, Beletsel):
                nieuw.append(gevuld)
                eerdere[stuk.bestand] = gevonden.sha256
        beletselen += [msgspec.structs.replace(b, tekst=f"{stuk.bestand}: {b.tekst}") for b in redenen]
    if beletselen:
        raise BeletselenError("Deze stukken kunnen niet opnieuw worden gebruikt; er is niets bewaard.", beletselen)
    return msgspec.structs.replace(opgave, bewijsstukken=tuple(nieuw)), _Bestanden(huis, bestanden, eerdere)


def _list_stukken(sessie: Session, ronde: RondeRow, definitie: Proceduredefinitie, kvk: str) -> Iterator[Eerderstuk]:
    """What this legal person handed in in other rounds of the same organisatie that were opened, newest first.

    A file that came more than once for the same legal person is named once. What was withdrawn is left alone.
    """
    vraag = (
        select(AanmeldingRow, RondeRow)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(
            AanmeldingRow.kvk == kvk,
            AanmeldingRow.opgave != "",
            AanmeldingRow.ronde_id != ronde.id,
            AanmeldingRow.status != Aanmeldingsstatus.INGETROKKEN,
        )
        .order_by(col(AanmeldingRow.ontvangen_op).desc(), col(AanmeldingRow.kenmerk).desc())
    )
    gezien: set[tuple[str, str | None]] = set()
    for rij, vanronde in sessie.exec(vraag).all():
        van = procedures.read_definitie(sessie, vanronde.procedure_id)
        if van.organisatie.naam != definitie.organisatie.naam:
            continue
        opgave = msgspec.json.decode(rij.opgave, type=Aanmeldingsopgave)
        partijen = {lid.id: lid.kvk for lid in opgave.leden}
        namen = {lid.id: lid.naam for lid in opgave.leden}
        for stuk in reversed(bewijzen.list_bewijsstukken(sessie, rij)):
            van_wie = partijen.get(stuk.lid or "")
            if (stuk.sha256, van_wie) in gezien:
                continue
            gezien.add((stuk.sha256, van_wie))
            yield Eerderstuk(
                aanmelding=rij.kenmerk,
                ronde=vanronde.kenmerk,
                bestand=stuk.bestand,
                omschrijving=stuk.omschrijving,
                sha256=stuk.sha256,
                mediatype=stuk.mediatype,
                grootte=stuk.grootte,
                ontvangen_op=stuk.ontvangen_op,
                kvk=van_wie,
                naam=namen.get(stuk.lid or "", ""),
                apart_gezet=stuk.apart_gezet,
                feiten=_list_feiten(sessie, stuk),
                partijen=partijen,
            )


def _list_feiten(sessie: Session, stuk: BewijsstukRow) -> tuple[EenFeit, ...]:
    """What was stated on a file, as it was stated: what people made of it stays with the earlier aanmelding."""
    vraag = select(FeitRow.inhoud).where(FeitRow.bewijsstuk_id == stuk.id).order_by(FeitRow.feit)
    return tuple(bewijzen.decode_feit(inhoud) for inhoud in sessie.exec(vraag))


def _is_aanwezig(huis: Huis, sha256: str) -> bool:
    try:
        huis.winkel.bewijs.verify(sha256)
    except (BestandOntbreektError, BestandAangetastError):
        return False
    return True


def _find(stukken: Sequence[Eerderstuk], stuk: Bewijsstuk) -> Eerderstuk | Beletsel:
    """The one file that is meant; the same words for what is not there and for what is somebody else's."""
    van = [een for een in stukken if een.aanmelding == stuk.eerder]
    if stuk.eerder_sha256 is not None:
        gevonden = [een for een in van if een.sha256 == stuk.eerder_sha256]
    else:
        gevonden = [een for een in van if een.bestand == stuk.bestand]
    if len(gevonden) == 1:
        return gevonden[0]
    if gevonden:
        hashes = ", ".join(een.sha256 for een in gevonden)
        return Beletsel(
            "eerder-meer", f"Bij {stuk.eerder} horen meer bestanden met deze naam. Noem 'eerder_sha256': {hashes}."
        )
    tekst = (
        f"In een eerdere, geopende ronde van deze organisatie is van u geen aanmelding {stuk.eerder} met dit bestand."
        " Wat is ingetrokken of nog verzegeld is, kunt u niet opnieuw gebruiken. Stuur het bestand mee."
    )
    return Beletsel("eerder-onbekend", tekst)


def _check_stuk(huis: Huis, stuk: Eerderstuk) -> list[Beletsel]:
    """Why a file cannot be used again at all."""
    beletselen = []
    if stuk.apart_gezet:
        tekst = "In dit bestand staat misschien een burgerservicenummer. Stuur een versie zonder dat nummer mee."
        beletselen.append(Beletsel("eerder-apart", tekst))
    if not _is_aanwezig(huis, stuk.sha256):
        tekst = "Het bestand van toen is er niet meer of is beschadigd. Stuur het bestand opnieuw mee."
        beletselen.append(Beletsel("eerder-weg", tekst))
    return beletselen


def _fill(stuk: Bewijsstuk, eerder: Eerderstuk, opgave: Aanmeldingsopgave) -> Bewijsstuk | Beletsel:
    """The file as it now is handed in: about the same legal person, with what is stated on it."""
    kvks = {lid.kvk: lid.id for lid in opgave.leden}
    eigen = opgave.penvoerder.id
    lid = kvks.get(eerder.kvk) if eerder.kvk is not None else stuk.lid
    if (eerder.kvk is not None and (lid is None or stuk.lid not in (None, lid))) or (
        eerder.kvk is None and lid not in (None, eigen)
    ):
        van = eerder.naam or "de hele aanmelding van toen"
        tekst = f"Dit bestand gaat over {van}. U kunt het niet gebruiken voor een ander, of voor wie nu niet meedoet."
        return Beletsel("eerder-ander", tekst)
    feiten = stuk.feiten or eerder.feiten
    partijen = {id_: kvks[kvk] for id_, kvk in eerder.partijen.items() if kvk in kvks}
    if not stuk.feiten and (weg := sorted(set(_list_genoemd(feiten)) - partijen.keys())):
        tekst = f"Bij dit bestand werd toen ook {', '.join(weg)} genoemd; die doet nu niet mee. Noem de feiten opnieuw."
        return Beletsel("eerder-partij", tekst)
    if not stuk.feiten:
        feiten = tuple(_renew(feit, stuk.bestand, nummer, lid, partijen) for nummer, feit in enumerate(feiten, start=1))
    else:
        feiten = tuple(msgspec.structs.replace(feit, lid=lid) for feit in feiten)
    return msgspec.structs.replace(stuk, lid=lid, feiten=feiten, eerder=eerder.aanmelding, eerder_sha256=eerder.sha256)


def list_feiten(stuk: Eerderstuk, leden: Sequence[Mapping[str, str]]) -> tuple[EenFeit, ...]:
    """What was stated on an earlier file, about the parties of a draft (each with `id` and `kvk`).

    A party that does not take part now is named by no fact any more: whoever writes the draft says who does it.
    """
    kvks = {lid.get("kvk", ""): lid["id"] for lid in leden}
    partijen = {id_: kvks[kvk] for id_, kvk in stuk.partijen.items() if kvk in kvks}
    lid = kvks.get(stuk.kvk or "")
    return tuple(_renew(feit, stuk.bestand, nummer, lid, partijen) for nummer, feit in enumerate(stuk.feiten, start=1))


def _list_genoemd(feiten: Iterable[EenFeit]) -> Iterator[str]:
    """The short names of the parties that facts name as who provides a part."""
    for feit in feiten:
        for deel in feit.onderdelen if isinstance(feit, Documentfeit) else ():
            if deel.door is not None:
                yield deel.door


def _renew(feit: EenFeit, bestand: str, nummer: int, lid: str | None, partijen: Mapping[str, str]) -> EenFeit:
    """A fact as it is stated anew: of the new aanmelding, and nobody has established it."""
    nieuw = msgspec.structs.replace(
        feit,
        id=f"{bestand}#{nummer}",
        lid=lid,
        bewijs=(bestand,),
        herkomst=Herkomst.OPGEGEVEN,
        ontvangen_op=NOG_NIET_ONTVANGEN,
        aanleiding=Aanleiding.INDIENING,
    )
    if isinstance(nieuw, Documentfeit):
        delen = tuple(msgspec.structs.replace(deel, door=partijen.get(deel.door or "")) for deel in nieuw.onderdelen)
        nieuw = msgspec.structs.replace(nieuw, onderdelen=delen)
    return nieuw


def _check_geldig(editie: Criteriaset, stuk: Bewijsstuk, peildatums: Peildatums, moment: Moment) -> list[Beletsel]:
    """Why a file is not valid any more for any criterium that looks at it."""
    standen = weigh_hergebruik(editie, stuk.feiten, peildatums, moment)
    if not standen or any(stand.bruikbaar for stand in standen):
        return []
    redenen = dict.fromkeys(reden for stand in standen for reden in stand.redenen)
    return [Beletsel("eerder-verlopen", f"{' '.join(redenen)} Stuur een nieuw bewijsstuk mee.")]


def name_herkomst(stukken: Collection[Bewijsstuk]) -> dict[str, str]:
    """From which earlier aanmelding each file that is used again comes, by name."""
    return {stuk.bestand: stuk.eerder for stuk in stukken if stuk.eerder is not None}
