"""How long a toets takes: full dossiers beside hand-written ifs, flat facts beside general engines.

    ./run bench criteria [--json] [--aantal N] [--keer N] [--groot N] [--installeer]

Full dossiers: 20 criteria, three percelen, seven products, about 23 pieces of evidence. Measured apart are
what is done once, at receipt (checks, fingerprint, sorting, facts by name, judgements by unit); the outcomes of
every criterion and unit of decision; the receipt as bytes with outcomes, grounds, evidence, days, explanation
tree and hashes, its sentences not written yet; and the receipt with every sentence, as it is kept and sent.
Every outcome is compared with that of the ifs, and every receipt without sentences with the one that has them.
Flat facts: 20 documents with a date, beside engines of the dependency group `bench` (`--installeer` gets them;
without it they are left out by name), with all rules in one expression and with a rule per criterion. Everything
is CPU time of this process: each run does everything in turn, and of `--keer` runs the median counts. Other work
on the machine still costs caches, so trust the ratios.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import msgspec
from toetsmeting import ifs, plat
from toetsmeting.dossiers import make_dossiers
from toetsmeting.editie import BESTAND, CHECKOUT, PEILDATUMS, build_editie

from inkoop.definitions.criteriaset import load_criteriaset
from inkoop.definitions.dossier import load_dossier
from inkoop.domain.criteria.bevinding import Bevinding, Feitenbasis, Herstelverloop, Toetsresultaat, encode_resultaat
from inkoop.domain.criteria.criterium import Criteriaset, Moment
from inkoop.domain.criteria.dossier import Dossier
from inkoop.domain.criteria.invoer import check_dossier
from inkoop.domain.criteria.toets import Toetser, assess, make_toetser
from inkoop.domain.criteria.toetsdossier import Toetsdossier, prepare_dossier
from inkoop.domain.criteria.vingerafdruk import hash_dossier

T = TypeVar("T")
STREEFWAARDEN = {"us_per_aanmelding": 200.0, "keer_ifs": 5.0, "plat_keer_sneller": 3.0}


def toets(editie: Criteriaset, dossier: Dossier | Toetsdossier) -> Toetsresultaat:
    """One toets on established facts, repair still open."""
    return assess(
        editie,
        dossier,
        PEILDATUMS,
        herstelverloop=Herstelverloop.OPEN,
        feitenbasis=Feitenbasis.VASTGESTELD,
        moment=Moment.TOELATING,
    )


def measure(doe: Callable[[T], object], waarden: Iterable[T], keer: int) -> float:
    """Microseconds of CPU time per value: the median of so many runs over all of them."""
    lijst = list(waarden)
    tijden = []
    for _ in range(keer):
        gc.collect()
        begin = time.process_time()
        for waarde in lijst:
            doe(waarde)
        tijden.append(time.process_time() - begin)
    return statistics.median(tijden) / len(lijst) * 1_000_000


def measure_together(maten: dict[str, tuple[Callable[[Any], object], list[Any]]], keer: int) -> dict[str, float]:
    """As `measure`, for several at once: each run does all of them, so that other work weighs on all alike."""
    tijden: dict[str, list[float]] = {naam: [] for naam in maten}
    for _ in range(keer):
        for naam, (doe, waarden) in maten.items():
            tijden[naam].append(measure(doe, waarden, 1))
    return {naam: statistics.median(reeks) for naam, reeks in tijden.items()}


def bind(editie: Criteriaset) -> Toetser:
    """The edition on its days, compiled at the first dossier."""
    return make_toetser(
        editie,
        PEILDATUMS,
        herstelverloop=Herstelverloop.OPEN,
        feitenbasis=Feitenbasis.VASTGESTELD,
        moment=Moment.TOELATING,
    )


def strip_sentences(bevinding: Bevinding) -> Bevinding:
    """A finding without its sentences, and its parts without theirs."""
    return msgspec.structs.replace(bevinding, toelichting="", delen=tuple(map(strip_sentences, bevinding.delen)))


def compare_outcomes(editie: Criteriaset, dossiers: Iterable[Dossier]) -> int:
    """The number of outcomes that engine and ifs agree on; ValueError with the first on which they do not."""
    aantal, toetser = 0, bind(editie)
    for dossier in dossiers:
        resultaat = toets(editie, dossier)
        uitslag = toetser.weigh(prepare_dossier(dossier))
        kaal = msgspec.structs.replace(resultaat, bevindingen=tuple(map(strip_sentences, resultaat.bevindingen)))
        if encode_resultaat(uitslag.write(zinnen=False)) != encode_resultaat(kaal):
            raise ValueError(f"de uitslag van {dossier.aanmelding} geeft een andere bon")
        onze = {(b.criterium, b.perceel, b.lid): b.uitkomst for b in resultaat.bevindingen}
        percelen = {eenheid.perceel: eenheid.uitkomst for eenheid in resultaat.eenheden}
        if (onze, percelen) != ifs.check(dossier):
            raise ValueError(f"de ifs geven voor {dossier.aanmelding} andere uitkomsten")
        aantal += len(onze) + len(percelen)
    return aantal


def measure_full(aantal: int, keer: int) -> dict[str, float]:
    """Full dossiers: outcomes and receipt, what is done at receipt of the dossier, and the ifs."""
    editie = build_editie()
    toetser = bind(editie)
    dossiers = list(make_dossiers(aantal))
    vergeleken = compare_outcomes(editie, dossiers)
    resultaten = [toets(editie, dossier) for dossier in dossiers[: min(aantal, 500)]]
    gereed = [prepare_dossier(dossier) for dossier in dossiers]
    us = measure_together(
        {
            "ifs": (ifs.check, dossiers),
            "uitkomsten": (lambda dossier: toetser.weigh(dossier).eenheden, gereed),
            "bon": (lambda dossier: encode_resultaat(toetser.weigh(dossier).write(zinnen=False)), gereed),
            "met zinnen": (lambda dossier: encode_resultaat(toetser.weigh(dossier).write()), gereed),
            "klaarzetten": (prepare_dossier, dossiers),
        },
        keer,
    )
    return {
        "aanmeldingen": aantal,
        "bewijsstukken_per_aanmelding": round(
            statistics.mean(len({b for f in d.feiten for b in f.bewijs}) for d in dossiers), 1
        ),
        "bevindingen_per_aanmelding": round(statistics.mean(len(r.bevindingen) for r in resultaten), 1),
        "gelijke_uitkomsten": vergeleken,
        "ifs_us": round(us["ifs"], 1),
        "uitkomsten_us": round(us["uitkomsten"], 1),
        "uitkomsten_keer_ifs": round(us["uitkomsten"] / us["ifs"], 2),
        "us_per_aanmelding": round(us["bon"], 1),
        "seconden_samen": round(us["bon"] * aantal / 1_000_000, 2),
        "keer_ifs": round(us["bon"] / us["ifs"], 2),
        "bon_met_zinnen_us": round(us["met zinnen"], 1),
        "bon_met_zinnen_keer_ifs": round(us["met zinnen"] / us["ifs"], 2),
        "bij_ontvangst_klaarzetten_us": round(us["klaarzetten"], 1),
        "waarvan_vingerafdruk_us": round(measure(hash_dossier, dossiers[:500], keer), 1),
    }


def measure_flat(aantal: int, keer: int) -> list[dict[str, Any]]:
    """Flat facts: microseconds per application of each engine, fastest first, with equal outcomes."""
    gegevens = plat.make_gegevens(aantal)
    dossiers = [prepare_dossier(plat.to_dossier(nummer, rij)) for nummer, rij in enumerate(gegevens)]
    eigen = plat.make_eigen()
    anderen = {"ifs, met de hand": plat.run_ifs, **plat.find_anderen()}
    plat.check_equal(
        ["inkoop", *anderen],
        [
            [plat.read_rangen(eigen(dossier)) for dossier in dossiers],
            *([doe(rij) for rij in gegevens] for doe in anderen.values()),
        ],
    )
    us = measure_together(
        {"inkoop": (eigen, dossiers), **{naam: (doe, gegevens) for naam, doe in anderen.items()}}, keer
    )
    rijen = [
        {"motor": naam, "us_per_aanmelding": tijd, "levert_niet": plat.describe_gemis(naam)}
        for naam, tijd in us.items()
    ]
    return sorted(rijen, key=lambda rij: rij["us_per_aanmelding"])


def stream(editie: Criteriaset, aantal: int) -> Iterator[bytes]:
    """Receipts, one at a time, of applications that are made one at a time."""
    for dossier in make_dossiers(aantal):
        yield encode_resultaat(toets(editie, dossier))


def measure_scale(groottes: Iterable[int]) -> list[dict[str, float]]:
    """Streamed rounds of growing size: CPU time per application, and the highest memory in use so far."""
    editie = build_editie()
    rijen = []
    for aantal in groottes:
        begin = time.process_time()
        maken = sum(len(dossier.feiten) > 0 for dossier in make_dossiers(min(aantal, 2000)))
        maken_us = (time.process_time() - begin) / maken * 1_000_000
        begin = time.process_time()
        grootte = sum(len(bon) for bon in stream(editie, aantal))
        rijen.append(
            {
                "aanmeldingen": aantal,
                "us_per_aanmelding": round((time.process_time() - begin) / aantal * 1_000_000 - maken_us, 1),
                "bonnen_mb": round(grootte / 1_000_000, 1),
                "piek_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
            }
        )
    return rijen


def measure_input(keer: int) -> dict[str, float]:
    """Validation, once at receipt: a stored dossier into values, the checks of a toets, and files of people."""
    dossiers = list(make_dossiers(300))
    codes = [msgspec.json.encode(dossier) for dossier in dossiers]
    decoder = msgspec.json.Decoder(Dossier)
    bestand = CHECKOUT / "docs" / "handleiding" / "voorbeelden" / "dossier.yaml"
    cijfers = {
        "dossier_uit_json_us": round(measure(decoder.decode, codes, keer), 1),
        "tegenspraken_zoeken_us": round(measure(lambda d: list(check_dossier(d)), dossiers, keer), 1),
        "criteriaset_lezen_ms": round(measure(load_criteriaset, [BESTAND], 3) / 1000, 1),
    }
    if bestand.exists():
        cijfers["dossierbestand_lezen_ms"] = round(measure(load_dossier, [bestand], 3) / 1000, 1)
    return cijfers


def install() -> None:
    """Get the other engines, as the dependency group `bench` names them."""
    uv = shutil.which("uv") or str(CHECKOUT / ".bootstrap" / "bin" / "uv")
    subprocess.run([uv, "sync", "--locked", "--inexact", "--group", "bench"], check=True, cwd=CHECKOUT)  # noqa: S603 - our own lock file


def write_table(rijen: list[dict[str, Any]]) -> None:
    """Print rows under each other."""
    kop = list(rijen[0])
    tekst = [[f"{rij[k]:.1f}" if isinstance(rij[k], float) else str(rij[k]) for k in kop] for rij in rijen]
    breedte = [max(len(k), *(len(rij[i]) for rij in tekst)) for i, k in enumerate(kop)]
    for rij in (kop, *tekst):
        print("  ".join(cel.ljust(wijd) for cel, wijd in zip(rij, breedte, strict=True)).rstrip())


def main() -> None:
    """Measure and print, as tables or as JSON."""
    lezer = argparse.ArgumentParser(description="Meet hoe lang een toets duurt, naast wat het anders kan.")
    lezer.add_argument("--json", action="store_true", help="geef de cijfers als JSON")
    lezer.add_argument("--aantal", type=int, default=5000, help="hoeveel aanmeldingen (standaard 5000)")
    lezer.add_argument("--keer", type=int, default=3, help="hoe vaak elke meting wordt gedaan (standaard 3)")
    lezer.add_argument("--groot", type=int, default=50_000, help="de grootste stroom (standaard 50000)")
    lezer.add_argument("--installeer", action="store_true", help="haal de andere motoren op (groep bench)")
    keuze = lezer.parse_args()
    if keuze.installeer:
        install()
    groottes = [aantal for aantal in (100, 1000, 10_000, 50_000) if aantal < keuze.groot] + [keuze.groot]
    # The stream goes first: what later measurements keep in memory may not hide in its peak.
    schaal = measure_scale(groottes)
    cijfers = {
        "vol": measure_full(keuze.aantal, keuze.keer),
        "plat": measure_flat(keuze.aantal, keuze.keer),
        "schaal": schaal,
        "invoer": measure_input(keuze.keer),
        "ontbreekt": sorted(set(plat.PAKKETTEN) - set(plat.find_anderen())),
        "streefwaarden": STREEFWAARDEN,
    }
    if keuze.json:
        print(json.dumps(cijfers, indent=2, ensure_ascii=False))
        return
    print("Volle dossiers (CPU-tijd; uitkomsten gelijk aan die van de ifs; us_per_aanmelding = bon zonder zinnen)")
    for naam, waarde in cijfers["vol"].items():
        print(f"  {naam:32}{waarde:>12}")
    print("\nPlatte feiten, 20 criteria (alleen de toets, uitkomsten gelijk)")
    write_table(cijfers["plat"])
    if cijfers["ontbreekt"]:
        print(f"niet gemeten, want niet opgezet: {', '.join(cijfers['ontbreekt'])} (--installeer haalt ze op)")
    print("\nStromend, van klein naar groot")
    write_table(schaal)
    print("\nInvoer controleren (een keer, bij ontvangst)")
    for naam, waarde in cijfers["invoer"].items():
        print(f"  {naam:32}{waarde:>12}")


if __name__ == "__main__":
    main()
