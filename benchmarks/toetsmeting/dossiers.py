"""Generated applications: three percelen, seven products, about 23 pieces of evidence, every kind of flaw.

The same seed gives the same dossiers. Each piece of evidence is whole in most dossiers; else it misses,
is a day too late or too early, falls short by one, or waits for people.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from inkoop.domain.criteria.criterium import Peilmoment
from inkoop.domain.criteria.dossier import (
    AangebodenPerceel,
    AangebodenProduct,
    Aanleiding,
    Certificaatfeit,
    Documentfeit,
    Documentonderdeel,
    Dossier,
    EenFeit,
    Ervaringfeit,
    Getalfeit,
    Herkomst,
    Lid,
    Lidrol,
    Locatiefeit,
    Oordeel,
    Oordeelrol,
    Personeelfeit,
    Registerstatus,
    Registratiefeit,
    Uitsluitingfeit,
    Verklaringfeit,
)
from toetsmeting.editie import PEILDATUMS

INDIENING, SLUITING, INGANG = (
    PEILDATUMS[moment] for moment in (Peilmoment.INDIENING, Peilmoment.SLUITING, Peilmoment.INGANG)
)
DAG = timedelta(days=1)
PRODUCTEN = {
    "1A": ("IB-waakvlam", "IB-basis", "IB-extra"),
    "1B": ("DB-basis", "DB-extra"),
    "1C": ("KDV-basis", "KDV-extra"),
}
PERCELEN = tuple(
    AangebodenPerceel(
        code=code,
        producten=tuple(
            AangebodenProduct(code=product, kenmerken=frozenset({"verblijf"} if code == "1C" else ()))
            for product in producten
        ),
        kenmerken=frozenset({"verblijf"} if code == "1C" else ()),
    )
    for code, producten in PRODUCTEN.items()
)
SCOPES = ("begeleiding", "dagbesteding", "verblijf")
AVG = (
    "privacybeleid",
    "verwerkingsregister",
    "datalekprocedure",
    "verwerkersovereenkomsten-met-leveranciers",
    "functionaris-gegevensbescherming-of-motivering",
)
MELDCODE = (
    "stap 1 signalen in kaart",
    "stap 2 collegiale consultatie",
    "stap 3 gesprek",
    "stap 4 wegen",
    "stap 5 beslissen",
    "afwegingskader",
    "eindverantwoordelijke",
)
BEOORDEELD = (
    ("M-04", "overzicht-professionele-standaarden", ("1A", "1B", "1C")),
    ("M-09", "procesafspraken-collegiale-afstemming", (None,)),
    ("M-10", "plan-doorstroom", ("1A", "1B", "1C")),
    ("M-13", "meldcode", (None,)),
)
FeitT = TypeVar("FeitT", bound=EenFeit)


class Bouwer:
    """Builds one dossier; `gebrek` is the chance that a piece of evidence has a flaw."""

    def __init__(self, nummer: int, gebrek: float) -> None:
        self.toeval = random.Random(nummer)
        self.nummer, self.gebrek = nummer, gebrek
        self.feiten: list[EenFeit] = []
        self.bewijs: dict[str, str] = {}

    def has_flaw(self, kans: float = 1.0) -> bool:
        """Whether this piece of evidence has a flaw."""
        return self.toeval.random() < self.gebrek * kans

    def add(self, soort: type[FeitT], stuk: str, lid: str | None = None, **velden: Any) -> None:
        """Add a fact, read from the piece of evidence `stuk`."""
        bewijs = self.bewijs.setdefault(stuk, f"{self.nummer:05}-{len(self.bewijs):02}-{stuk}")
        self.feiten.append(
            soort(
                id=f"f{len(self.feiten):02}",
                lid=lid,
                bewijs=(bewijs,),
                herkomst=Herkomst.VASTGESTELD,
                ontvangen_op=INDIENING,
                aanleiding=Aanleiding.INDIENING,
                **velden,
            )
        )

    def pick_day(self, tot: date, dagen: int) -> date:
        """A day on or before `tot`, often on the boundary itself; with a flaw the day after."""
        if self.has_flaw(0.5):
            return tot + DAG
        return tot - self.toeval.choice((0, 1, self.toeval.randrange(dagen))) * DAG

    def add_document(self, naam: str, tot: date, dagen: int, lid: str | None = None, **velden: Any) -> None:
        """Add a document that exists on `tot`, unless it misses or is a day late."""
        if not self.has_flaw(0.5):
            self.add(Documentfeit, f"{lid or ''}{naam}", lid, document=naam, datum=self.pick_day(tot, dagen), **velden)

    def build(self) -> Dossier:
        """The dossier."""
        leden = self._pick_leden()
        for lid in leden:
            self._add_member(lid)
        self._add_shared(leden[0].naam)
        self._add_products()
        self._add_certificates()
        self.toeval.shuffle(self.feiten)
        return Dossier(
            aanmelding=f"A-{self.nummer:05}",
            ingediend_op=datetime(2020, 3, 12, 9, 41, tzinfo=UTC),
            leden=leden,
            percelen=PERCELEN,
            feiten=tuple(self.feiten),
            oordelen=tuple(self._judge()),
        )

    def _pick_leden(self) -> tuple[Lid, ...]:
        """One applicant, or now and then a combination of two."""
        maak = partial(Lid, rechtsvorm="stichting")
        kvk = f"{90_000_000 + self.nummer * 2}"
        if self.toeval.random() < 0.9:
            return (maak(id="aanbieder", naam=f"Stichting Zorg {self.nummer}", rol=Lidrol.ENKEL, kvk=kvk),)
        return (
            maak(id="penvoerder", naam=f"Stichting Zorg {self.nummer}", rol=Lidrol.PENVOERDER, kvk=kvk),
            maak(id="tweede", naam=f"Hulp {self.nummer} B.V.", rol=Lidrol.LID, kvk=f"{90_000_001 + self.nummer * 2}"),
        )

    def _add_member(self, lid: Lid) -> None:
        """What each member hands in itself."""
        if not self.has_flaw(0.3):
            self.add(
                Verklaringfeit,
                f"{lid.id}uea",
                lid.id,
                verklaring="uea",
                datum=self.pick_day(INDIENING, 20),
                ondertekend=not self.has_flaw(0.3),
                ondertekenaar="A. Bakker",
                bevoegd=None if self.has_flaw(0.3) else not self.has_flaw(0.3),
            )
        naam = "Holding B.V." if self.has_flaw(0.3) else lid.naam
        for document, dagen in (
            ("kvk-uittreksel", 200),
            ("gedragsverklaring-aanbesteden", 800),
            ("belastingverklaring", 200),
        ):
            self.add_document(document, INDIENING, dagen, lid.id, op_naam_van=naam)
        self.add_document("klachtenregeling", SLUITING, 900, lid.id)
        for document, onderdelen in (("avg-dossier", AVG), ("meldcode", MELDCODE)):
            aanwezig = onderdelen[:-1] if self.has_flaw(0.5) else onderdelen
            delen = tuple(
                Documentonderdeel(naam=onderdeel, datum=SLUITING - DAG if not self.has_flaw(0.1) else SLUITING + DAG)
                for onderdeel in aanwezig
            )
            self.add_document(document, SLUITING, 400, lid.id, onderdelen=delen)
        if not self.has_flaw(0.2):
            self.add(
                Uitsluitingfeit,
                f"{lid.id}uitsluiting",
                lid.id,
                uitsluitingsgrond="faillissement",
                van_toepassing=self.has_flaw(0.3),
                datum=self.pick_day(INDIENING, 20),
                zelfreiniging=None,
            )

    def _add_shared(self, naam: str) -> None:
        """What is handed in once."""
        for document in ("overzicht-professionele-standaarden", "procesafspraken-collegiale-afstemming"):
            self.add_document(document, SLUITING, 300)
        self.add_document("plan-doorstroom", SLUITING, 300)
        self.add_document("polis-aansprakelijkheid", SLUITING, 400, op_naam_van=naam)
        self.add(
            Verklaringfeit,
            "akkoord",
            verklaring="akkoord-programma-van-eisen",
            datum=self.pick_day(SLUITING, 20),
            ondertekend=not self.has_flaw(0.3),
            bevoegd=True,
            voorbehoud=self.has_flaw(0.3),
        )
        if not self.has_flaw():
            self.add(
                Registratiefeit,
                "agb",
                register=self.toeval.choice(("AGB", "VECOZO")),
                nummer="98001234",
                status=self.toeval.choice(list(Registerstatus)) if self.has_flaw() else Registerstatus.ACTIEF,
                van=date(2015, 1, 1),
                tot=self.toeval.choice((None, INGANG, INGANG - DAG)) if self.has_flaw() else None,
                gezien_op=date(2020, 4, 2),
            )
        else:
            self.add(
                Verklaringfeit,
                "iwmo",
                verklaring="iwmo-gereed",
                datum=self.pick_day(INGANG, 200),
                ondertekend=True,
                bevoegd=True,
                gegevens={"softwarepakket": "" if self.has_flaw() else "Zorgpakket"},
            )
        if not self.has_flaw():
            waarde = 14 if self.has_flaw() else self.toeval.randrange(15, 40)
            self.add(Getalfeit, "plaatsen", grootheid="plaatsen", waarde=Decimal(waarde), van=date(2020, 1, 1))
        if not self.has_flaw():
            plaats, gemeente = ("Boxtel", "Boxtel") if self.has_flaw() else ("Vught", "Vught")
            van = INGANG + DAG if self.has_flaw() else date(2019, 1, 1)
            self.add(Locatiefeit, "locatie", functie="verblijf", plaats=plaats, gemeente=gemeente, van=van)

    def _add_products(self) -> None:
        """Experience and people, one piece of evidence per perceel."""
        for perceel, producten in PRODUCTEN.items():
            for product in producten:
                if not self.has_flaw(0.2):
                    self.add(
                        Ervaringfeit,
                        f"ervaring-{perceel}",
                        product=product,
                        clienten=0 if self.has_flaw(0.2) else self.toeval.randrange(1, 60),
                        van=date(2015, 1, 1),
                        tot=date(2017, 3, 30) if self.has_flaw(0.2) else self.pick_day(SLUITING, 1000),
                    )
                if not self.has_flaw(0.2):
                    self.add(
                        Personeelfeit,
                        f"personeel-{perceel}",
                        product=product,
                        kwalificatie="mbo-2" if self.has_flaw(0.2) else self.toeval.choice(("mbo-4", "hbo")),
                        aantal=0 if self.has_flaw(0.2) else self.toeval.randrange(1, 12),
                        van=INGANG + DAG if self.has_flaw(0.2) else date(2019, 1, 1),
                        tenzij="Er is dagelijks toezicht" if self.has_flaw(0.2) else None,
                    )

    def _add_certificates(self) -> None:
        """One certificate or two, of the norm, a listed one, or another."""
        for naam in ("certificaat", "certificaat-2")[: 2 if self.has_flaw(2) else 1]:
            if self.has_flaw(0.5):
                continue
            norm = "HKZ"
            if self.has_flaw(2):
                norm = self.toeval.choice(("NEN-EN 15224", "ISO 9001", "Keurmerk Zorg"))
            self.add(
                Certificaatfeit,
                naam,
                norm=norm,
                van=date(2018, 5, 1) + self.toeval.randrange(600) * DAG,
                tot=self.toeval.choice((SLUITING - DAG, SLUITING, INGANG - DAG, INGANG))
                if self.has_flaw()
                else INGANG + self.toeval.randrange(900) * DAG,
                scope=SCOPES[:-1] if self.has_flaw(0.5) else SCOPES,
                registerstatus=self.toeval.choice((None, *Registerstatus))
                if self.has_flaw(0.5)
                else Registerstatus.ACTIEF,
                register_gezien_op=date(2020, 4, 2),
            )

    def _judge(self) -> Iterator[Oordeel]:
        """Two people on each document that was there in time, in most dossiers; now and then they differ."""
        if self.has_flaw(2):
            return
        for criterium, document, percelen in BEOORDEELD:
            for feit in self.feiten:
                if isinstance(feit, Documentfeit) and feit.document == document and feit.datum <= SLUITING:
                    for perceel in percelen:
                        eerste = not self.has_flaw(0.3)
                        tweede = eerste if not self.has_flaw(0.3) else not eerste
                        for persoon, ja in (("b1", eerste), ("b2", tweede)):
                            yield Oordeel(
                                criterium=criterium,
                                perceel=perceel,
                                product=None,
                                lid=feit.lid,
                                bewijs=feit.bewijs,
                                persoon=persoon,
                                rol=Oordeelrol.BEOORDELAAR,
                                ja=ja,
                                reden="Het stuk is volledig." if ja else "Het stuk is te algemeen.",
                                op=datetime(2020, 4, 20, 10, 0, tzinfo=UTC),
                            )


def make_dossiers(aantal: int, *, gebrek: float = 0.03, vanaf: int = 0) -> Iterator[Dossier]:
    """So many dossiers, one at a time."""
    for nummer in range(vanaf, vanaf + aantal):
        yield Bouwer(nummer, gebrek).build()
