"""The terms that begin when agreements ended: support that runs on, and files whose term is over.

Bron: B.6 (zorgcontinuïteit), B.7 (bewaartermijn); J21-xx-02; E.5 (reminders).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from inkoop.domain.archief import Archiefdossier, Waardering
from inkoop.domain.bewaking import Contractterm, Termsoort, Vervolgstap
from inkoop.domain.kalender import format_dag
from inkoop.domain.persoon import Rol

TELLING_DAGEN = 30
"""Within so many days after its end it is counted who still has support under an agreement (project default)."""

ZORG_HERINNER = (90, 30)
"""Days before the last support under an agreement ends on which it is reported (project default)."""


def guard_telling(contractnummer: str, einde: date, ontbreekt: Sequence[str]) -> Iterator[Contractterm]:
    """The counting of who still has support after an agreement ended, while a gemeente did not count."""
    if not ontbreekt:
        return
    wat = "vastleggen hoeveel cliënten nog ondersteuning krijgen en tot wanneer"
    yield Contractterm(
        onderwerp=contractnummer,
        soort=Termsoort.OVERGANG,
        deel="telling",
        dag=einde + timedelta(days=TELLING_DAGEN),
        wat=f"{wat} ({', '.join(ontbreekt)})",
        waarom=f"de overeenkomst eindigde op {format_dag(einde)}; zonder telling begint de bewaartermijn niet",
        bron="B.6; B.7; de termijn is een project default",
        rol=Rol.CONTRACTMANAGER,
        herinner=(TELLING_DAGEN - 1,),
        vervolg=(Vervolgstap(na_dagen=1, wat=f"nog niet gedaan: {wat}", rol=Rol.CONTRACTMANAGER),),
    )


def guard_zorg(contractnummer: str, einde: date, zorg_tot: date | None, bron: str) -> Iterator[Contractterm]:
    """The last day of support that ran on after an agreement."""
    if zorg_tot is None or zorg_tot <= einde:
        return
    yield Contractterm(
        onderwerp=contractnummer,
        soort=Termsoort.OVERGANG,
        deel="zorg",
        dag=zorg_tot,
        wat="nagaan dat elke cliënt andere ondersteuning heeft, of overdragen en vastleggen",
        waarom=f"de zorg die na {format_dag(einde)} doorliep, eindigt op {format_dag(zorg_tot)}",
        bron=bron,
        rol=Rol.CONTRACTMANAGER,
        herinner=ZORG_HERINNER,
    )


def guard_archief(procedure: str, dossiers: Sequence[Archiefdossier], tot: date) -> Iterator[Contractterm]:
    """Per year in which terms ended: drawing up a list, in January of the year after; it stays until that is done.

    What is held, was transferred or is not known yet is not asked for.

    Bron: B.7; the month is a project default.
    """
    per_jaar: Counter[int] = Counter()
    overbrengen: Counter[int] = Counter()
    for een in dossiers:
        if een.tot is not None and not een.vast and not een.lijst:
            per_jaar[een.tot.year + 1] += 1
            overbrengen[een.tot.year + 1] += een.regel.waardering is Waardering.BEWAREN
    for jaar, aantal in sorted(per_jaar.items()):
        dag = date(jaar, 1, 31)
        if dag > tot:
            continue
        weg = aantal - overbrengen[jaar]
        delen = [f"{weg} te vernietigen"] if weg else []
        delen += [f"{overbrengen[jaar]} over te brengen"] if overbrengen[jaar] else []
        wat = f"een lijst opstellen van dossiers waarvan de bewaartermijn in {jaar - 1} afliep"
        yield Contractterm(
            onderwerp=procedure,
            soort=Termsoort.ARCHIEF,
            deel=str(jaar - 1),
            dag=dag,
            wat=f"{wat} ({', '.join(delen)})",
            waarom="na de bewaartermijn wordt een dossier vernietigd of overgebracht, met een goedgekeurde lijst",
            bron="B.7; C.30; de maand is een project default",
            rol=Rol.ARCHIVARIS,
            herinner=(30,),
            vervolg=(Vervolgstap(na_dagen=1, wat=f"nog niet gedaan: {wat}", rol=Rol.ARCHIVARIS),),
        )
