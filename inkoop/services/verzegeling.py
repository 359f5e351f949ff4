"""Sealing an aanmelding at receipt, and taking it out of its envelopes at the opening.

Until then the database holds that something came in, when, in how many pieces, and a mark of who
handed it in that only the sleutelkast can make. Who, for what, the facts, the names of the files and
their contents are in envelopes.

Bron: FE-8; docs/adr/0016.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from itertools import chain

import msgspec
from sqlmodel import Session, select

from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.fouten import InkoopError
from inkoop.services import bewijzen, personen
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.bestandsbron import Bestandsbron, as_bron, hash_stroom
from inkoop.storage.bewijsopslag import Opgeslagen
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.sleutelkast import Gevondensleutel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.verzegeling import RondesleutelRow, VerzegelingRow
from inkoop.storage.verzegeling import (
    OntzegelError,
    format_vingerafdruk,
    seal,
    seal_stroom,
    unseal,
    unseal_stroom,
)


class NogVerzegeldError(InkoopError):
    """What was handed in is sealed until two people open the round."""

    def __init__(self, kenmerk: str) -> None:
        super().__init__(
            f"Aanmelding {kenmerk} is verzegeld. Zij is te lezen nadat twee mensen de ronde na de sluiting openen."
        )


class Inzending(msgspec.Struct, frozen=True, kw_only=True):
    """What goes into the first envelope: everything that was handed in but the contents of the files.

    `zout` makes the hash of an inzending say nothing about what is in it. `document` is the kenmerk that
    the confirmation of receipt has. `ingediend_door` is the person who acted, and in which role.
    """

    zout: str
    ronde: str
    kenmerk: str
    document: str
    ontvangen_op: datetime
    ingediend_door: str
    rol: str
    opgave: Aanmeldingsopgave
    bestanden: dict[str, Opgeslagen]

    def encode(self) -> bytes:
        """The bytes that are sealed, and of which the ontvangsthash is made."""
        return msgspec.json.encode(self, order="deterministic")


class Intrekking(msgspec.Struct, frozen=True, kw_only=True):
    """Who took a sealed aanmelding back, when and why; sealed as well."""

    persoon: str
    naam: str
    functie: str
    op: datetime
    reden: str


def new_zout() -> str:
    """Thirty-two random bytes."""
    return secrets.token_hex(32)


def hash_inzending(inzending: Inzending) -> str:
    """The ontvangsthash (sha256, hexadecimal): stands on the receipt, in the log, and is checked at the opening."""
    return hashlib.sha256(inzending.encode()).hexdigest()


def ensure_sleutel(huis: Huis, eenheid: Eenheid, ronde: RondeRow) -> bytes:
    """The public key of a round, made now when there is none. Raises SleutelError when it cannot be kept twice."""
    rij = eenheid.sessie.get(RondesleutelRow, ronde.id)
    if rij is None:
        huis.sleutels.check(huis.winkel.map)
        publiek = huis.sleutels.create(ronde.kenmerk)
        rij = RondesleutelRow(ronde_id=ronde.id, publiek=publiek.hex(), gemaakt_op=eenheid.op)
        eenheid.sessie.add(rij)
    return bytes.fromhex(rij.publiek)


def find_publiek(sessie: Session, ronde: RondeRow) -> bytes | None:
    """The public key of a round; None for one without."""
    rij = sessie.get(RondesleutelRow, ronde.id)
    return None if rij is None else bytes.fromhex(rij.publiek)


def seal_inzending(
    huis: Huis,
    eenheid: Eenheid,
    ronde: RondeRow,
    rij: AanmeldingRow,
    inzending: Inzending,
    bestanden: bewijzen.Bestanden,
) -> VerzegelingRow:
    """Put an aanmelding in envelopes and record them; the row itself keeps nothing that can be read."""
    publiek = ensure_sleutel(huis, eenheid, ronde)
    # One file at a time, and of that a piece at a time: what is handed in need not fit in memory.
    inhoud = chain(
        [Bestandsbron.from_bytes("", inzending.encode())],
        (as_bron(naam, bestanden[naam]) for naam in inzending.bestanden),
    )
    enveloppen: list[str] = []
    try:
        for nummer, deel in enumerate(inhoud):
            enveloppen.append(_seal(huis, publiek, deel, _about(ronde.kenmerk, rij.kenmerk, nummer)))
    except BaseException:
        # Nobody else has these envelopes: each is made with a key of its own.
        for sha256 in enveloppen:
            huis.winkel.bewijs.remove(sha256)
        raise
    verzegeling = VerzegelingRow(
        aanmelding_id=rij.id,
        kenteken=huis.sleutels.mark(ronde.kenmerk, inzending.opgave.penvoerder.kvk),
        ontvangsthash=hash_inzending(inzending),
        enveloppen=enveloppen,
    )
    eenheid.sessie.add(verzegeling)
    eenheid.sessie.flush()
    return verzegeling


def seal_intrekking(huis: Huis, eenheid: Eenheid, rij: AanmeldingRow, intrekking: Intrekking) -> None:
    """Keep who withdrew a sealed aanmelding, and why, in an envelope of its own."""
    ronde = eenheid.sessie.get_one(RondeRow, rij.ronde_id)
    verzegeling = eenheid.sessie.get_one(VerzegelingRow, rij.id)
    publiek = ensure_sleutel(huis, eenheid, ronde)
    envelop = seal(publiek, msgspec.json.encode(intrekking), _about(ronde.kenmerk, rij.kenmerk, "intrekking"))
    verzegeling.intrekking = huis.winkel.bewijs.store(envelop)
    eenheid.sessie.add(verzegeling)


def read_inzending(
    huis: Huis, sleutel: Gevondensleutel, ronde: str, kenmerk: str, verzegeling: VerzegelingRow
) -> Inzending:
    """What is in the first envelope. Raises OntzegelError, also when it is not what was received."""
    inhoud = _open(huis, sleutel, verzegeling.enveloppen[0], ronde, kenmerk, 0)
    if hashlib.sha256(inhoud).hexdigest() != verzegeling.ontvangsthash:
        raise OntzegelError(f"Aanmelding {kenmerk} is niet wat is ontvangen. Zet de winkel terug uit een reservekopie.")
    return msgspec.json.decode(inhoud, type=Inzending)


def read_intrekking(
    huis: Huis, sleutel: Gevondensleutel, ronde: str, kenmerk: str, verzegeling: VerzegelingRow
) -> Intrekking:
    """Who withdrew a sealed aanmelding, and why."""
    if verzegeling.intrekking is None:
        raise OntzegelError(f"Bij aanmelding {kenmerk} ontbreekt de envelop met de intrekking.")
    inhoud = _open(huis, sleutel, verzegeling.intrekking, ronde, kenmerk, "intrekking")
    return msgspec.json.decode(inhoud, type=Intrekking)


def unseal_bewijs(
    huis: Huis, eenheid: Eenheid, sleutel: Gevondensleutel, rij: AanmeldingRow, inzending: Inzending
) -> None:
    """Take the files out of their envelopes and record them with the facts stated on them."""
    verzegeling = eenheid.sessie.get_one(VerzegelingRow, rij.id)
    bestanden = {}
    for nummer, (naam, verwacht) in enumerate(inzending.bestanden.items(), start=1):
        spoel = huis.winkel.open_spoel()
        betreft = _about(inzending.ronde, rij.kenmerk, nummer)
        with huis.winkel.bewijs.open(verzegeling.enveloppen[nummer]) as envelop:
            unseal_stroom(sleutel.privaat, envelop, betreft, spoel)
        bestanden[naam] = Bestandsbron(naam, spoel)
        if hash_stroom(bestanden[naam].open()) != verwacht.sha256:
            raise OntzegelError(f"Bewijsstuk '{naam}' van {rij.kenmerk} is niet wat is ontvangen.")
    bewijzen.store_bewijsstukken(
        huis,
        eenheid,
        rij,
        inzending.opgave.bewijsstukken,
        inzending.bestanden,
        bestanden,
        aanleiding=Aanleiding.INDIENING,
        ontvangen_op=inzending.ontvangen_op,
    )


class Rondesleutelstand(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the key of a round is there, its recovery copy too, and how many applications wait for it."""

    ronde: str
    vingerafdruk: str
    sleutelmap: bool
    reservekopie: bool
    verzegeld: int


def list_sleutels(huis: Huis, sessie: Session, procedure: str) -> list[Rondesleutelstand]:
    """How the keys of the rounds of a procedure stand, in order of closing."""
    vraag = (
        select(RondeRow, RondesleutelRow)
        .join(RondesleutelRow, RondesleutelRow.ronde_id == RondeRow.id)  # type: ignore[arg-type]
        .join(ProcedureRow, ProcedureRow.id == RondeRow.procedure_id)  # type: ignore[arg-type]
        .where(ProcedureRow.naam == procedure)
        .order_by(RondeRow.sluiting)  # type: ignore[arg-type]
    )
    standen = []
    for ronde, rij in sessie.exec(vraag):
        publiek = bytes.fromhex(rij.publiek)
        stand = huis.sleutels.describe(ronde.kenmerk, publiek)
        standen.append(
            Rondesleutelstand(
                ronde=ronde.kenmerk,
                vingerafdruk=format_vingerafdruk(publiek),
                sleutelmap=stand.sleutelmap,
                reservekopie=stand.reservekopie,
                verzegeld=len(list_verzegeld(sessie, ronde)),
            )
        )
    return standen


def is_verzegeld(rij: AanmeldingRow) -> bool:
    """Whether what was handed in is still sealed."""
    return not rij.opgave


def find_verzegeling(sessie: Session, rij: AanmeldingRow) -> VerzegelingRow | None:
    """The envelopes of an aanmelding; None for one that came in after the opening."""
    return sessie.get(VerzegelingRow, rij.id)


def list_verzegeld(sessie: Session, ronde: RondeRow) -> list[tuple[AanmeldingRow, VerzegelingRow]]:
    """What of a round is still sealed, in order of kenmerk."""
    vraag = (
        select(AanmeldingRow, VerzegelingRow)
        .join(VerzegelingRow, VerzegelingRow.aanmelding_id == AanmeldingRow.id)  # type: ignore[arg-type]
        .where(AanmeldingRow.ronde_id == ronde.id, AanmeldingRow.opgave == "")
        .order_by(AanmeldingRow.kenmerk)
    )
    return list(sessie.exec(vraag).all())


def is_van(huis: Huis, sessie: Session, rij: AanmeldingRow, kvk: str | None) -> bool:
    """Whether an aanmelding is of this legal person, also while it is sealed."""
    if kvk is None:
        return False
    verzegeling = find_verzegeling(sessie, rij) if is_verzegeld(rij) else None
    if verzegeling is None:
        return rij.kvk == kvk
    ronde = sessie.get_one(RondeRow, rij.ronde_id)
    return verzegeling.kenteken == huis.sleutels.mark(ronde.kenmerk, kvk)


def is_eigen(huis: Huis, sessie: Session, rij: AanmeldingRow, door: Optreden) -> bool:
    """Whether who asks acts for the aanbieder of this aanmelding."""
    return is_van(huis, sessie, rij, personen.find_kvk(sessie, door.wie))


def name_schuil(kenteken: str) -> str:
    """How an aanbieder stands in the log until the opening says who it is."""
    return f"aanbieder-{kenteken[:12]}"


def _seal(huis: Huis, publiek: bytes, bestand: Bestandsbron, betreft: str) -> str:
    """Keep a file in an envelope; the hash of the envelope."""
    with huis.winkel.open_spoel() as envelop:
        seal_stroom(publiek, bestand.open(), betreft, envelop)
        return huis.winkel.bewijs.store_stroom(envelop)


def _open(huis: Huis, sleutel: Gevondensleutel, sha256: str, ronde: str, kenmerk: str, deel: int | str) -> bytes:
    return unseal(sleutel.privaat, huis.winkel.bewijs.read(sha256), _about(ronde, kenmerk, deel))


def _about(ronde: str, kenmerk: str, deel: int | str) -> str:
    """What an envelope is about; it opens only as that."""
    return f"{ronde}|{kenmerk}|{deel}"
