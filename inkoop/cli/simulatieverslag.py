"""What `inkoop procedure simuleer` prints and writes: events, workload, violations.

Bron: BP-13; E.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from inkoop.cli.simulatiewerk import Simulatieverslag, simulate
from inkoop.cli.uitvoer import print_json, print_kenmerken, print_regels, print_tabel
from inkoop.cli.werklastbeeld import KLEUREN, draw_werklast
from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.voorbereiding import load_mandaat
from inkoop.domain.fouten import Beletsel, InkoopError
from inkoop.domain.levensloop import Gebeurtenis
from inkoop.domain.procedure import Proceduredefinitie

BEELD, OVERZICHT = "werklast.svg", "levensloop.json"


class MapNietLeegError(InkoopError):
    """A simulation starts from nothing, in a folder without anything in it."""


def run(definitie: Proceduredefinitie, map_: Path | None, mandaten: Sequence[Path], *, json: bool) -> None:
    """Play, print, and keep what was asked to be kept."""
    if map_ is not None and map_.exists() and any(map_.iterdir()):
        raise MapNietLeegError(f"De map {map_} is niet leeg. Kies een nieuwe map; een simulatie begint met niets.")
    extra = tuple(load_mandaat(pad) for pad in mandaten)
    gespeeld = msgspec.structs.replace(definitie, mandaten=(*definitie.mandaten, *extra))
    jaren = [ronde.opening.year for ronde in definitie.instroom.rondes] + [definitie.looptijd.ingang.year]
    feestdagen = load_feestdagen(min(jaren) - 2, max(*jaren, definitie.looptijd.max_einddatum.year) + 1)
    if map_ is not None:
        map_.mkdir(parents=True, exist_ok=True)
    verslag = simulate(gespeeld, feestdagen, map_)
    if map_ is not None:
        beeld = draw_werklast(f"Werklast: {definitie.titel}", verslag.werklast)
        (map_ / BEELD).write_text(beeld, encoding="utf-8")
        (map_ / OVERZICHT).write_bytes(msgspec.json.format(msgspec.json.encode(verslag, order="sorted"), indent=2))
    if json:
        print_json(verslag)
    else:
        _print(definitie, verslag)
        if map_ is not None:
            print_regels([f"Bewaard in {map_}: de winkel, {OVERZICHT} en {BEELD}."])


def _print(definitie: Proceduredefinitie, verslag: Simulatieverslag) -> None:
    levensloop = verslag.levensloop
    print_kenmerken(
        (
            ("procedure", definitie.naam),
            ("gepubliceerd op", verslag.gepubliceerd_op),
            ("laatste mogelijke einddatum", levensloop.einde),
            ("zonder nieuw mandaat tot en met", levensloop.zeker_tot),
            ("gebeurtenissen", len(levensloop.gebeurtenissen)),
        )
    )
    print_tabel(
        "Rondes aan het einde",
        ("ronde", "fase", "nota's"),
        ((een.ronde, een.fase, een.notas) for een in verslag.rondes),
        leeg="Er zijn geen rondes gespeeld: de procedure kon niet worden gepubliceerd.",
    )
    rollen = [rol for rol in KLEUREN if any(rol in per_rol for per_rol in verslag.werklast.values())]
    print_tabel(
        "Werklast per maand (handelingen)",
        ("maand", *rollen, "samen"),
        (
            (maand, *(per_rol.get(rol, 0) for rol in rollen), sum(per_rol.values()))
            for maand, per_rol in verslag.werklast.items()
            if per_rol
        ),
        leeg="Er is geen werk.",
    )
    _print_redenen("Wat een regel zou tegenhouden", levensloop.schendingen, "schendingen", "Niets.")
    _print_redenen("Wat op tijd aandacht vraagt", levensloop.waarschuwingen, "waarschuwingen", "Niets.")


def _print_redenen(titel: str, gebeurtenissen: Sequence[Gebeurtenis], veld: str, leeg: str) -> None:
    def list_redenen(een: Gebeurtenis) -> tuple[Beletsel, ...]:
        redenen: tuple[Beletsel, ...] = getattr(een, veld)
        return redenen

    print_tabel(
        titel,
        ("dag", "wat", "waarom"),
        ((een.dag, een.wat, reden.tekst) for een in gebeurtenissen for reden in list_redenen(een)),
        leeg=f"{titel}: {leeg}",
    )
