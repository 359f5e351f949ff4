"""Signing: in which order, by whom for each legal person, and whether a certificate names that person.

Whether the gemeenten may sign is a matter of mandate (domain/mandaat); whether a file was changed is
looked at where files are read (exchange/padescontrole).

Bron: C.17 (handtekening); B.3.4 (alone or jointly); D (contract tekenen), FE-5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from inkoop.domain.aanmelding import Tekenwijze
from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag


class Tekenvolgorde(StrEnum):
    """Who signs first."""

    AANBIEDER_EERST = "aanbieder_eerst"
    GEMEENTEN_EERST = "gemeenten_eerst"
    VRIJ = "vrij"


STANDAARDVOLGORDE = Tekenvolgorde.AANBIEDER_EERST
"""The order where the procedure names none: the gemeenten bind themselves last (project default)."""


class Handtekeningbewijs(StrEnum):
    """What shows that somebody signed.

    `verklaring`: whoever records it saw the signature; `pades`: an electronic signature in the PDF, which was
    verified; `papier`: a scan of paper; `proef`: an exercise without legal effect.
    """

    VERKLARING = "verklaring"
    PADES = "pades"
    PAPIER = "papier"
    PROEF = "proef"


class Handtekeningniveau(StrEnum):
    """The level of an electronic signature as far as it shows from the certificate (eIDAS; B.6)."""

    NIET_VASTGESTELD = "niet_vastgesteld"
    GEAVANCEERD = "geavanceerd"
    GEKWALIFICEERD = "gekwalificeerd"


class Bevoegdetekenaar(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may sign for one legal person, alone or with another; without a day there is no limit.

    `grond` says from what that shows.
    """

    naam: str
    functie: str
    wijze: Tekenwijze
    grond: str
    geldig_van: date | None = None
    geldig_tot: date | None = None

    def geldt_op(self, dag: date) -> bool:
        """Whether it is in force on a day; both days are included."""
        return (self.geldig_van is None or self.geldig_van <= dag) and (
            self.geldig_tot is None or dag <= self.geldig_tot
        )


AANTAL_GEZAMENLIJK = 2
"""How many people sign for a legal person when nobody may do so alone."""


def find_bevoegden(eigen: Bevoegdetekenaar, vastgesteld: Iterable[Bevoegdetekenaar]) -> tuple[Bevoegdetekenaar, ...]:
    """Who may sign for a legal person: who was established, and who it named itself unless that one was established.

    What was established about a person goes before what the aanbieder said (ontwerp 2.9).
    """
    rijen = tuple(vastgesteld)
    return rijen if any(_is_zelfde(een.naam, eigen.naam) for een in rijen) else (eigen, *rijen)


def check_bevoegd(bevoegden: Mapping[str, Sequence[Bevoegdetekenaar]], naam: str, op: date) -> list[Beletsel]:
    """Why this person may not sign for any of these legal persons (by name) on a day; empty = may.

    Bron: B.3.4; issue contract years (KvK authority on the signing date).
    """
    alle = [een for rijen in bevoegden.values() for een in rijen]
    van_naam = [een for een in alle if een.naam == naam]
    if not van_naam:
        wel = ", ".join(sorted({een.naam for een in alle}))
        return [Beletsel("bevoegd", f"{naam} is niet als tekenbevoegde opgegeven of vastgesteld. Wel: {wel}.")]
    if any(een.geldt_op(op) for een in van_naam):
        return []
    if later := [een.geldig_van for een in van_naam if een.geldig_van is not None and op < een.geldig_van]:
        tekst = f"{naam} mag pas tekenen vanaf {format_dag(min(later))}, dus niet op {format_dag(op)}."
        return [Beletsel("bevoegd-nog-niet", tekst)]
    laatste = max(een.geldig_tot for een in van_naam if een.geldig_tot is not None)
    tekst = f"{naam} mocht tekenen tot en met {format_dag(laatste)}, dus niet op {format_dag(op)}."
    return [Beletsel("bevoegd-verlopen", tekst)]


def list_onvolledig(
    bevoegden: Mapping[str, Sequence[Bevoegdetekenaar]], gezet: Mapping[str, date]
) -> dict[str, tuple[str, ...]]:
    """The legal persons that did not sign in full yet, each with who may still do so.

    `gezet` maps who signed to the day. One signature of somebody who may sign alone is enough; otherwise it
    takes two different people (B.3.4). No names = somebody else must be established first.
    """
    open_: dict[str, tuple[str, ...]] = {}
    for lid, rijen in bevoegden.items():
        geldig = {een.naam: een for een in rijen if een.naam in gezet and een.geldt_op(gezet[een.naam])}
        if any(een.wijze is Tekenwijze.ALLEEN for een in geldig.values()) or len(geldig) >= AANTAL_GEZAMENLIJK:
            continue
        open_[lid] = tuple(dict.fromkeys(een.naam for een in rijen if een.naam not in geldig))
    return open_


def check_volgorde(
    volgorde: Tekenvolgorde,
    *,
    eerste_partij: bool,
    open_bij_eerste: Collection[str],
    laatste_van_eerste: date | None,
    op: date,
) -> list[Beletsel]:
    """Why it is not the turn of this side; empty = it is.

    `eerste_partij`: whether this side signs first. `open_bij_eerste` are who of the first side still have to
    sign, `laatste_van_eerste` the day of its last signature.

    Bron: issue contract years (order); project default for which side goes first.
    """
    if volgorde is Tekenvolgorde.VRIJ or eerste_partij:
        return []
    if open_bij_eerste:
        tekst = f"Eerst tekent de andere kant. Er ontbreekt nog: {', '.join(sorted(open_bij_eerste))}."
        return [Beletsel("volgorde", tekst)]
    if laatste_van_eerste is not None and op < laatste_van_eerste:
        tekst = (
            f"De andere kant tekent eerst en deed dat op {format_dag(laatste_van_eerste)}; een handtekening van "
            f"{format_dag(op)} is te vroeg."
        )
        return [Beletsel("volgorde", tekst)]
    return []


ALLE_GEMEENTEN = frozenset({"gemeenten", "de gemeenten", "alle gemeenten"})
"""How a signature for every gemeente at once is written down."""


def read_namens(tekst: str, gemeenten: Mapping[str, str]) -> tuple[str, ...] | Beletsel:
    """The codes of the gemeenten for which somebody signs; `gemeenten` maps each code to its name.

    Names or codes with commas between them, or "de gemeenten". A name that is not known is no silent "all".

    Bron: FE-5 (per gemeente); H19-06.
    """
    if tekst.strip().lower() in ALLE_GEMEENTEN:
        return tuple(gemeenten)
    op_naam = {naam.lower(): code for code, naam in gemeenten.items()} | {code.lower(): code for code in gemeenten}
    delen = [deel.strip() for deel in tekst.split(",") if deel.strip()]
    vreemd = [deel for deel in delen if deel.lower() not in op_naam]
    if vreemd or not delen:
        wat = f"{', '.join(vreemd)} hoort" if vreemd else "Niets hoort"
        tekst = f"{wat} niet bij de gemeenten van deze overeenkomst. Schrijf 'de gemeenten', of noem ze: "
        return Beletsel("namens", tekst + ", ".join(gemeenten.values()) + ".")
    return tuple(dict.fromkeys(op_naam[deel.lower()] for deel in delen))


def read_partijen(tekst: str, partijen: Sequence[str]) -> tuple[str, ...] | Beletsel:
    """The legal persons of the aanbieder for which somebody signs, by their names in `partijen`.

    One name, or more with semicolons between them. Who may sign for two legal persons signs for each of them:
    a signature for one says nothing for the other. Case and punctuation do not count.

    Bron: B.3.4 (who signs for a legal person).
    """
    op_naam = {"".join(_woorden(naam)): naam for naam in partijen}
    delen = [deel.strip() for deel in tekst.split(";") if deel.strip()]
    vreemd = [deel for deel in delen if "".join(_woorden(deel)) not in op_naam]
    if vreemd or not delen:
        wat = f"{'; '.join(vreemd)} tekent" if vreemd else "Niemand tekent"
        kies = "; ".join(partijen)
        return Beletsel("namens", f"{wat} deze tekst niet als aanbieder. Noem namens wie er is getekend: {kies}.")
    return tuple(dict.fromkeys(op_naam["".join(_woorden(deel))] for deel in delen))


def names_person(certificaathouder: str, naam: str) -> bool:
    """Whether a certificate seems to name this person: the family name, and the first initial where both have one.

    A doubt goes to a second person, so that saying no too often does no harm and saying yes too easily would.
    """
    houder, persoon = _woorden(certificaathouder), _woorden(naam)
    if not houder or not persoon or persoon[-1] not in houder:
        return False
    voor_houder = [woord for woord in houder if woord != persoon[-1] and woord not in _TUSSEN]
    voor_persoon = [woord for woord in persoon[:-1] if woord not in _TUSSEN]
    return not voor_houder or not voor_persoon or voor_houder[0][0] == voor_persoon[0][0]


_TUSSEN = frozenset({"de", "den", "der", "van", "het", "t", "ter", "ten", "te", "op", "in", "v", "d"})


def _woorden(naam: str) -> list[str]:
    kaal = "".join(teken for teken in unicodedata.normalize("NFKD", naam) if not unicodedata.combining(teken))
    return re.findall(r"[a-z0-9]+", kaal.lower())


def _is_zelfde(een: str, ander: str) -> bool:
    return _woorden(een) == _woorden(ander)
