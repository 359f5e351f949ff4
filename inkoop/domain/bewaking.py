"""What is guarded while agreements run: terms, when they ask for attention, and what follows when they pass.

A term stands for something that somebody must do or know by a day. It is reported on fixed days before that day
and, where something must follow, after it. Days that were missed are caught up by the last report that is due, and
every report has a key of its own, so that nothing is said twice.

Bron: E.5 (reminders); issue contract years; B.8.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

import msgspec

from inkoop.domain.kalender import format_dag
from inkoop.domain.maanden import add_maanden
from inkoop.domain.overeenkomstdelen import Contractplicht, Plichtgrens
from inkoop.domain.persoon import Rol
from inkoop.domain.planning import Planregel, Plansoort


class Termsoort(StrEnum):
    """What kind of term it is."""

    STUK = "stuk"
    KWARTAAL = "kwartaal"
    PLICHT = "plicht"
    VERLENGING = "verlenging"
    BRIEF = "brief"
    MANDAAT = "mandaat"
    ADDENDUM = "addendum"
    AANHAAK = "aanhaak"
    EINDE = "einde"
    MAATREGEL = "maatregel"
    OVERGANG = "overgang"
    ARCHIEF = "archief"
    IMPLEMENTATIE = "implementatie"
    STOPSIGNAAL = "stopsignaal"


class Vervolgstap(msgspec.Struct, frozen=True, kw_only=True):
    """What must be done when a term passed so many days ago and is still open."""

    na_dagen: int
    wat: str
    rol: Rol


class Contractterm(msgspec.Struct, frozen=True, kw_only=True):
    """A term of one contract or of a procedure: by which day, what, why, by whom.

    `herinner` are the days before it on which it is reported. Without `vervolg` it is over once its day passed.
    """

    onderwerp: str
    soort: Termsoort
    deel: str
    dag: date
    wat: str
    waarom: str
    bron: str
    rol: Rol
    herinner: tuple[int, ...] = ()
    vervolg: tuple[Vervolgstap, ...] = ()

    @property
    def sleutel(self) -> str:
        """By what this term is known: the same thing on another day is another term."""
        return f"{self.onderwerp}|{self.soort}|{self.deel}|{self.dag.isoformat()}"


def to_planregel(term: Contractterm) -> Planregel:
    """A term as a day of a plan, which is what an agenda file is made of."""
    bekend = {een.value: een for een in Plansoort}
    soort = bekend.get(term.soort.value, Plansoort.LOOPTIJD)
    return Planregel(dag=term.dag, wat=f"{term.onderwerp}: {term.wat}", waarom=term.waarom, bron=term.bron, soort=soort)


class Meldmoment(msgspec.Struct, frozen=True, kw_only=True):
    """A report about a term: from which day, under which key, what is asked of whom."""

    sleutel: str
    dag: date
    wat: str
    rol: Rol


def list_meldmomenten(term: Contractterm) -> tuple[Meldmoment, ...]:
    """Every report about a term, in order of day."""
    momenten = [
        Meldmoment(
            sleutel=f"{term.sleutel}|-{dagen}",
            dag=term.dag - timedelta(days=dagen),
            wat=f"{term.wat}, uiterlijk {format_dag(term.dag)}",
            rol=term.rol,
        )
        for dagen in term.herinner
    ]
    momenten += [
        Meldmoment(
            sleutel=f"{term.sleutel}|+{stap.na_dagen}",
            dag=term.dag + timedelta(days=stap.na_dagen),
            wat=stap.wat,
            rol=stap.rol,
        )
        for stap in term.vervolg
    ]
    return tuple(sorted(momenten, key=lambda een: een.dag))


def find_melding(term: Contractterm, op: date) -> Meldmoment | None:
    """The report that is due on a day: the last one that began; None before the first, and once it is over.

    Who looked on no day in between gets one report and not all that were missed.

    Bron: issue contract years (missed runs catch up, nothing is reminded twice).
    """
    if op > term.dag and not term.vervolg:
        return None
    begonnen = [een for een in list_meldmomenten(term) if een.dag <= op]
    return begonnen[-1] if begonnen else None


STUK_HERINNER = (90, 30)
"""Days before a certificate or document ends on which it is reported (E.5)."""


class Bewaaktstuk(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate or document that must stay in force; `geldig_tot` is its last day."""

    naam: str
    geldig_tot: date
    waarom: str
    bron: str


def guard_stuk(contractnummer: str, stuk: Bewaaktstuk, *, herstel_dagen: int, maatregel: str) -> Contractterm:
    """The term of a piece: reported twice before it ends, then repair, then the measure the contract allows.

    `herstel_dagen` is how long a provider has to repair; `maatregel` the first step of the ladder.

    Bron: E.5 (certificate expiry -90, -30); B.8 (project default: repair before a measure).
    """
    ingaand = stuk.geldig_tot + timedelta(days=1)
    return Contractterm(
        onderwerp=contractnummer,
        soort=Termsoort.STUK,
        deel=stuk.naam,
        dag=stuk.geldig_tot,
        wat=f"nieuw bewijs vragen voor {stuk.naam}",
        waarom=stuk.waarom,
        bron=stuk.bron,
        rol=Rol.CONTRACTMANAGER,
        herinner=STUK_HERINNER,
        vervolg=(
            Vervolgstap(
                na_dagen=1,
                wat=(
                    f"{stuk.naam} is verlopen op {format_dag(stuk.geldig_tot)}: vraag herstel, met "
                    f"{herstel_dagen} dagen de tijd vanaf {format_dag(ingaand)}"
                ),
                rol=Rol.CONTRACTMANAGER,
            ),
            Vervolgstap(
                na_dagen=1 + herstel_dagen,
                wat=f"{stuk.naam} is niet hersteld: begin met de maatregel die het contract toestaat ({maatregel})",
                rol=Rol.CONTRACTMANAGER,
            ),
        ),
    )


KWARTAAL_DAGEN = 30
"""Within so many days after a quarter its talk is held and recorded (project default)."""


def guard_kwartaal(
    contractnummer: str, jaar: int, kwartaal: int, einde: date, *, jaarcontrole: Sequence[str] | None
) -> Contractterm:
    """The talk about one quarter; `jaarcontrole` are the criteria that are checked anew in it (None: not now).

    Bron: M20-51, H19-32 (talks); ontwerp 4 (moment jaarlijks).
    """
    extra = ""
    if jaarcontrole is not None:
        extra = ", met de jaarlijkse controle" + (f" van {', '.join(jaarcontrole)}" if jaarcontrole else "")
    dag = einde + timedelta(days=KWARTAAL_DAGEN)
    wat = f"kwartaalgesprek {jaar}-{kwartaal} voeren en vastleggen{extra}"
    return Contractterm(
        onderwerp=contractnummer,
        soort=Termsoort.KWARTAAL,
        deel=f"{jaar}-{kwartaal}",
        dag=dag,
        wat=wat,
        waarom=f"het kwartaal eindigt op {format_dag(einde)}; {KWARTAAL_DAGEN} dagen later is het gesprek vastgelegd",
        bron="M20-51, H19-32; de termijn is een project default",
        rol=Rol.CONTRACTMANAGER,
        herinner=(KWARTAAL_DAGEN - 1, 7),
        vervolg=(
            Vervolgstap(
                na_dagen=1,
                wat=f"het kwartaalgesprek {jaar}-{kwartaal} is niet vastgelegd: doe dat alsnog{extra}",
                rol=Rol.CONTRACTMANAGER,
            ),
        ),
    )


PLICHT_DAGEN = 30
"""Within so many days after a period a duty is measured and recorded (project default)."""


class Plichtmeting(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured of a duty up to a day."""

    plicht: str
    peildatum: date
    waarde: Decimal


def list_peildatums(plicht: Contractplicht, ingang: date, van: date, tot: date) -> Iterator[date]:
    """The last days of the periods of a duty, counted from the start of the agreements, within a window."""
    for nummer in range(1, 1 + 12 * 60 // plicht.elke_maanden):
        dag = add_maanden(ingang, nummer * plicht.elke_maanden) - timedelta(days=1)
        if dag > tot:
            return
        if dag >= van:
            yield dag


def is_nagekomen(plicht: Contractplicht, waarde: Decimal) -> bool:
    """Whether a measured number keeps the duty; the limit itself keeps it (no rounding).

    Bron: W21-BW-01 (fourteen of fifteen places falls short), W21-BW-02.
    """
    return waarde >= plicht.waarde if plicht.grens is Plichtgrens.TEN_MINSTE else waarde <= plicht.waarde


def guard_plicht(
    contractnummer: str,
    plicht: Contractplicht,
    peildatums: Sequence[date],
    metingen: Sequence[Plichtmeting],
    *,
    maatregel: str,
) -> Iterator[Contractterm]:
    """Periods that were not measured, and the last measurement when it falls short."""
    eigen = {een.peildatum: een for een in metingen if een.plicht == plicht.code}
    grens = f"{str(plicht.grens).replace('_', ' ')} {plicht.waarde:f} {plicht.eenheid}"
    for dag in peildatums:
        if dag not in eigen:
            uiterlijk = dag + timedelta(days=PLICHT_DAGEN)
            wat = f"{plicht.wat} meten over de periode tot en met {format_dag(dag)}"
            yield Contractterm(
                onderwerp=contractnummer,
                soort=Termsoort.PLICHT,
                deel=f"{plicht.code} {dag.isoformat()}",
                dag=uiterlijk,
                wat=wat,
                waarom=f"de plicht is {grens}, gemeten elke {plicht.elke_maanden} maanden",
                bron=plicht.bron,
                rol=Rol.CONTRACTMANAGER,
                herinner=(PLICHT_DAGEN - 1, 7),
                vervolg=(Vervolgstap(na_dagen=1, wat=f"niet gedaan: {wat}", rol=Rol.CONTRACTMANAGER),),
            )
    laatste = max(eigen.values(), key=lambda een: een.peildatum, default=None)
    if laatste is not None and not is_nagekomen(plicht, laatste.waarde):
        tekst = (
            f"{plicht.wat}: {laatste.waarde:f} {plicht.eenheid} op {format_dag(laatste.peildatum)}, {grens} is nodig"
        )
        yield Contractterm(
            onderwerp=contractnummer,
            soort=Termsoort.PLICHT,
            deel=f"{plicht.code} tekort",
            dag=laatste.peildatum,
            wat=tekst,
            waarom="de gemeten waarde haalt de afgesproken grens niet",
            bron=plicht.bron,
            rol=Rol.CONTRACTMANAGER,
            vervolg=(
                Vervolgstap(
                    na_dagen=0, wat=f"{tekst}: vraag herstel, anders volgt {maatregel}", rol=Rol.CONTRACTMANAGER
                ),
            ),
        )
