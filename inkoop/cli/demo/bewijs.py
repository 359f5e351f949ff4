"""Example evidence: a small PDF per bewijsstuk with exactly the facts that are stated on it.

Bron: ontwerp 9; project default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from inkoop.documents.voorbeeldbewijs import make_bewijspdf
from inkoop.domain.aanmelding import Aanmeldingsopgave, Bewijsstuk
from inkoop.domain.criteria.dossier import Certificaatfeit, Documentonderdeel, EenFeit, Ervaringfeit, Feit
from inkoop.domain.kalender import format_dag


def make_bestanden(opgave: Aanmeldingsopgave, stukken: Iterable[Bewijsstuk]) -> dict[str, bytes]:
    """The files of some bewijsstukken, by name."""
    namen = {lid.id: lid.naam for lid in opgave.leden}
    return {
        stuk.bestand: make_bewijspdf(
            stuk.omschrijving,
            [*_list_kop(stuk, namen, opgave), *(regel for feit in stuk.feiten for regel in list_regels(feit))],
            afzender=_find_afzender(stuk, namen, opgave),
            datum=find_datum(stuk.feiten),
        )
        for stuk in stukken
    }


def _list_kop(stuk: Bewijsstuk, namen: Mapping[str, str], opgave: Aanmeldingsopgave) -> list[tuple[str, str]]:
    return [("Betreft", namen.get(stuk.lid or "", opgave.naam))]


def _find_afzender(stuk: Bewijsstuk, namen: Mapping[str, str], opgave: Aanmeldingsopgave) -> str:
    """Who issued it: the institution on a certificate, otherwise the member or the aanbieder itself."""
    instellingen = [feit.instelling for feit in stuk.feiten if isinstance(feit, Certificaatfeit) and feit.instelling]
    return instellingen[0] if instellingen else namen.get(stuk.lid or "", opgave.naam)


def find_datum(feiten: Iterable[EenFeit]) -> date:
    """The day on which a document was drawn up: the latest day that one of its facts carries as its own.

    What looks back over a period, as experience does, was drawn up at its end.
    """
    dagen = [getattr(feit, naam) for feit in feiten for naam in ("datum", "van") if hasattr(feit, naam)]
    dagen += [feit.tot for feit in feiten if isinstance(feit, Ervaringfeit)]
    return max(dagen, default=date(2000, 1, 1))


def list_regels(feit: EenFeit) -> list[tuple[str, str]]:
    """Label and value of everything that a fact says, in the order of its fields."""
    eigen = [naam for naam in feit.__struct_fields__ if naam not in Feit.__struct_fields__]
    regels = []
    for naam in eigen:
        tekst = _format(getattr(feit, naam))
        if tekst:
            regels.append((naam.replace("_", " ").capitalize(), tekst))
    return regels


def _format(waarde: object) -> str:
    """A value as people read it on paper; nothing known is nothing printed."""
    if waarde is None or waarde == "":
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return format_dag(waarde)
    if isinstance(waarde, Documentonderdeel):
        return f"{waarde.naam} ({format_dag(waarde.datum)})"
    if isinstance(waarde, Mapping):
        return "\n".join(f"{sleutel}: {_format(deel)}" for sleutel, deel in waarde.items())
    if isinstance(waarde, tuple | list):
        return "\n".join(_format(deel) for deel in waarde)
    return str(msgspec.to_builtins(waarde))
