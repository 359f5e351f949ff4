"""Profiles of an agreement: which articles it has, and where another layout than ours has the same subject.

Our own layout has 25 articles, each with a fixed label in the template. The two seed profiles use its numbers; the
national contract standard has numbers of its own, so an agreement under that profile says where each is dealt with.
Titles and numbers are facts; every text of ours is in our own words.

Bron: domein C.17 (article map), inzicht 9; M20-30, H19-42; Contractstandaard Wmo 1.2 (numbers only).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.looptijd import Verlengingswijze
from inkoop.domain.procedure import Proceduredefinitie, Wet


class Contractthema(StrEnum):
    """A subject of an agreement: one article of a framework agreement, by the label that it has in the template."""

    BEGRIPPEN = "begrippen"
    VOORWERP = "voorwerp"
    RANGORDE = "rangorde"
    AARD = "aard"
    LOOPTIJD = "looptijd"
    TOETREDING = "toetreding"
    GEBIED = "gebied"
    TOEWIJZING = "toewijzing"
    KWALITEIT = "kwaliteit"
    CONTINUITEIT = "continuiteit"
    SAMENWERKING = "samenwerking"
    TARIEVEN = "tarieven"
    BERICHTEN = "berichten"
    MONITORING = "monitoring"
    SOCIALRETURN = "socialreturn"
    LOKAAL = "lokaal"
    TOEZICHT = "toezicht"
    PRIVACY = "privacy"
    NIETNAKOMING = "nietnakoming"
    EINDE = "einde"
    AANSPRAKELIJKHEID = "aansprakelijkheid"
    OVERDRACHT = "overdracht"
    WIJZIGING = "wijziging"
    GESCHILLEN = "geschillen"
    SLOT = "slot"


T = Contractthema
OPDRACHT = "overeenkomst van opdracht"

NAMEN: Mapping[Contractthema, str] = {
    T.BEGRIPPEN: "begrippen", T.VOORWERP: "het aanbod en het gebied", T.RANGORDE: "de rangorde van documenten",
    T.AARD: "de aard van de overeenkomst", T.LOOPTIJD: "de looptijd", T.TOETREDING: "toetreding en een ander aanbod",
    T.GEBIED: "toetreding van gemeenten", T.TOEWIJZING: "toewijzing", T.KWALITEIT: "kwaliteit",
    T.CONTINUITEIT: "continuïteit en overdracht", T.SAMENWERKING: "combinatie en onderaannemers",
    T.TARIEVEN: "de bedragen", T.BERICHTEN: "berichtenverkeer", T.MONITORING: "informatie en contractgesprekken",
    T.SOCIALRETURN: "social return", T.LOKAAL: "vernieuwing en lokale afspraken",
    T.TOEZICHT: "toezicht en integriteit", T.PRIVACY: "persoonsgegevens",
    T.NIETNAKOMING: "niet nakomen en maatregelen", T.EINDE: "het einde van de overeenkomst",
    T.AANSPRAKELIJKHEID: "aansprakelijkheid en verzekering", T.OVERDRACHT: "overdracht en fusie",
    T.WIJZIGING: "wijziging en addenda", T.GESCHILLEN: "geschillen", T.SLOT: "het slot",
}  # fmt: skip
"""How a sentence names a subject when no article can be named."""

_IN_OPDRACHT: Mapping[Contractthema, str] = {
    T.BEGRIPPEN: "begrippen", T.VOORWERP: "opdracht", T.RANGORDE: "rangorde", T.LOOPTIJD: "looptijd",
    T.TOEWIJZING: "toegang", T.KWALITEIT: "kwaliteit", T.CONTINUITEIT: "overgang", T.SAMENWERKING: "samenwerking",
    T.TARIEVEN: "budget", T.MONITORING: "verantwoording", T.SOCIALRETURN: "socialreturn", T.PRIVACY: "privacy",
    T.NIETNAKOMING: "nietnakoming", T.EINDE: "nietnakoming", T.AANSPRAKELIJKHEID: "aansprakelijkheid",
    T.OVERDRACHT: "wijziging", T.WIJZIGING: "wijziging", T.GESCHILLEN: "slot", T.SLOT: "slot",
}  # fmt: skip


def find_label(overeenkomstsoort: str, thema: Contractthema) -> str:
    """The label in the template of a kind of agreement under which a subject stands; empty = it does not.

    Bron: C.17; B.1.8 (a contract for a task has other articles than a framework).
    """
    return _IN_OPDRACHT.get(thema, "") if overeenkomstsoort == OPDRACHT else thema.value


class Profielplek(msgspec.Struct, frozen=True):
    """An article of a profile: its number there, its subject in our words, and the subjects of ours that deal with it.

    `optioneel` = that layout itself leaves it to the parties.
    """

    nummer: str
    onderwerp: str
    themas: tuple[Contractthema, ...] = ()
    optioneel: bool = False


class Contractprofiel(msgspec.Struct, frozen=True, kw_only=True):
    """A layout of an agreement. `eigen_nummers` = the numbers are those of our articles.

    `kwartaalthemas` is how many subjects a quarterly talk has under it (None = free); `wet` the only law it is for.
    """

    naam: str
    titel: str
    plekken: tuple[Profielplek, ...]
    eigen_nummers: bool
    kwartaalthemas: int | None = None
    wet: Wet | None = None
    opzegtermijn_maanden: int = 0
    indexmethode: bool = False


_EIGEN = tuple(Profielplek(str(nummer), NAMEN[thema], (thema,)) for nummer, thema in enumerate(Contractthema, 1))

_CS_WMO_12 = (
    Profielplek("1.1", "wat de overeenkomst omvat", (T.VOORWERP,)),
    Profielplek("1.2", "welk document voorgaat", (T.RANGORDE,)),
    Profielplek("1.3", "looptijd en verlenging", (T.LOOPTIJD,)),
    Profielplek("1.4", "herziening tijdens de looptijd", (T.WIJZIGING,), optioneel=True),
    Profielplek("1.5", "ruimte om te besteden", (T.AARD,), optioneel=True),
    Profielplek("1.6", "opzeggen bij te weinig inzet", optioneel=True),
    Profielplek("1.7", "rond de achttiende verjaardag", optioneel=True),
    Profielplek("1.8", "onderzoek naar integriteit (Bibob)", (T.TOEZICHT,), optioneel=True),
    Profielplek("1.9", "social return", (T.SOCIALRETURN,), optioneel=True),
    Profielplek("2", "afspraken met één aanbieder", optioneel=True),
    Profielplek("3.1", "levering en kwaliteit", (T.TOEWIJZING, T.KWALITEIT)),
    Profielplek("3.2", "indexering", (T.TARIEVEN,)),
    Profielplek("3.3", "werving van cliënten", (T.TOEZICHT,)),
    Profielplek("3.4", "continuïteit", (T.CONTINUITEIT,)),
    Profielplek("3.5", "wachttijd, en een stop door de gemeente", (T.CONTINUITEIT, T.NIETNAKOMING)),
    Profielplek("3.6", "een stop door de aanbieder", (T.CONTINUITEIT,)),
    Profielplek("3.7", "weigeren en beëindigen van ondersteuning", (T.TOEWIJZING,)),
    Profielplek("3.8", "als de behoefte van de cliënt verandert", (T.TOEWIJZING,)),
    Profielplek("3.9", "onderaannemers", (T.SAMENWERKING,)),
    Profielplek("3.10", "informatie aan de gemeente", (T.MONITORING,)),
    Profielplek("3.11", "berichtenverkeer", (T.BERICHTEN,)),
    Profielplek("3.12", "wat onverschuldigd is betaald", (T.TARIEVEN,)),
    Profielplek("3.13", "declareren", (T.TARIEVEN, T.BERICHTEN)),
    Profielplek("3.14", "uitgangspunten bij declareren", (T.TARIEVEN,)),
    Profielplek("3.15", "uiteindelijk belanghebbenden", (T.TOEZICHT,)),
    Profielplek("3.16", "toezicht", (T.TOEZICHT,)),
    Profielplek("3.17", "integriteit", (T.TOEZICHT,)),
    Profielplek("3.18", "wat toezichthouders vinden", (T.TOEZICHT,)),
    Profielplek("3.19", "maatregelen, opzegging en ontbinding", (T.NIETNAKOMING, T.EINDE)),
    Profielplek("3.20", "overdracht en fusie", (T.OVERDRACHT,)),
    Profielplek("3.21", "financiële positie", (T.CONTINUITEIT,)),
    Profielplek("3.22", "een noodzakelijke aanpassing", (T.WIJZIGING,)),
    Profielplek("3.23", "geschillen", (T.GESCHILLEN,)),
    Profielplek("3.24", "een exemplaar met wijzigingen", (T.SLOT,)),
    Profielplek("3.25", "nietige bepalingen", (T.SLOT,)),
    Profielplek("3.26", "kennisgevingen en algemene inkoopvoorwaarden"),
    Profielplek("3.27", "wat na het einde blijft gelden", (T.EINDE,)),
    Profielplek("3.28", "aansprakelijkheid", (T.AANSPRAKELIJKHEID,)),
    Profielplek("3.29", "gewijzigde omstandigheden", (T.WIJZIGING,)),
    Profielplek("3.30", "een nieuwe versie van de standaard", (T.WIJZIGING,)),
    Profielplek("3.31", "datalek", (T.PRIVACY,)),
)

SEED_HVB_2019 = Contractprofiel(
    naam="seed-hvb-2019",
    titel="Hart van Brabant, Wmo-begeleiding 2019",
    plekken=_EIGEN,
    eigen_nummers=True,
    kwartaalthemas=3,
)
SEED_MEIERIJ_2020 = Contractprofiel(
    naam="seed-meierij-2020",
    titel="regio Meierij, Wmo 2020",
    plekken=_EIGEN,
    eigen_nummers=True,
    kwartaalthemas=8,
)
CS_WMO_12 = Contractprofiel(
    naam="cs-wmo-1.2",
    titel="Contractstandaard Wmo, versie 1.2 (oktober 2025)",
    plekken=_CS_WMO_12,
    eigen_nummers=False,
    wet=Wet.WMO,
    opzegtermijn_maanden=6,
    indexmethode=True,
)
PROFIELEN: Mapping[str, Contractprofiel] = {een.naam: een for een in (SEED_HVB_2019, SEED_MEIERIJ_2020, CS_WMO_12)}
"""The profiles that come with the product, by name; another name is a layout of one's own with our 25 articles."""

_GERESERVEERD = ("seed-", "cs-")


def find_profiel(naam: str) -> Contractprofiel:
    """The profile with this name; for another name our own layout, without demands."""
    return PROFIELEN.get(naam) or Contractprofiel(naam=naam, titel=naam, plekken=_EIGEN, eigen_nummers=True)


def _fold(naam: str) -> str:
    """A name without what people mistype: case and marks."""
    return "".join(teken for teken in naam.lower() if teken.isalnum())


def check_profiel(definitie: Proceduredefinitie) -> Iterator[Beletsel]:
    """Why the contract of a procedure does not fit the profile that it names.

    Bron: C.17; H19-32 (three indicators), A.1.8 (eight quarterly subjects); Contractstandaard Wmo 1.2, 1.3 and 3.2.
    """
    contract = definitie.contract
    naam = contract.profiel
    if naam not in PROFIELEN:
        if naam.startswith(_GERESERVEERD) or _fold(naam) in map(_fold, PROFIELEN):
            bekend = ", ".join(PROFIELEN)
            yield Beletsel("profiel", f"Het profiel '{naam}' is er niet. Kies {bekend}, of bedenk een eigen naam.")
        return
    profiel = PROFIELEN[naam]
    aantal = len(contract.kwartaalthemas)
    if profiel.kwartaalthemas not in (None, aantal):
        yield Beletsel(
            "profiel-kwartaalthemas",
            f"Bij profiel {naam} horen precies {profiel.kwartaalthemas} 'kwartaalthemas'; hier staan er {aantal}.",
        )
    if profiel.wet not in (None, definitie.wet):
        yield Beletsel("profiel-wet", f"Profiel {naam} is voor de {profiel.wet}; deze procedure is {definitie.wet}.")
    looptijd = definitie.looptijd
    maanden = looptijd.opzegtermijn_maanden
    if looptijd.verlenging != Verlengingswijze.GEEN and maanden < profiel.opzegtermijn_maanden:
        yield Beletsel(
            "profiel-opzegtermijn",
            f"Onder profiel {naam} meldt u een verlenging ten minste {profiel.opzegtermijn_maanden} maanden vooraf; "
            f"'opzegtermijn_maanden' is {maanden}.",
        )
    if profiel.indexmethode and contract.indexmethode is None and contract.overeenkomstsoort != OPDRACHT:
        yield Beletsel("profiel-index", f"Onder profiel {naam} staan de gewichten van de index vast: 'indexmethode'.")
