"""The toets: one dossier against one edition of a criteria set, with a finding for everything.

Pure: the same input gives the same bytes. It decides nothing; it is the evidence on which people decide.

Bron: ontwerp 2.3, 4; F.0; F.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from inkoop.domain.criteria.aanbodplan import Aanbodplan, Blok, Toetscel, compile_aanbod, make_leeg, make_nvt
from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop, Toetsresultaat
from inkoop.domain.criteria.conclusie import Conclusie, Uitgewerkt
from inkoop.domain.criteria.criterium import Criteriaset, Moment, Peilmoment
from inkoop.domain.criteria.dossier import Dossier
from inkoop.domain.criteria.eenheden import covers_partij, share_kenmerken
from inkoop.domain.criteria.invoer import refuse
from inkoop.domain.criteria.motor import MOTOR, MOTOREN
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.plan import Zelfde, compile_plan
from inkoop.domain.criteria.toetsdossier import GEEN_OORDELEN, Aanbod, Toetsdossier, intern_aanbod
from inkoop.domain.criteria.uitslag import Bloktoets, Gewogen, Uitslag, Uitslagkop
from inkoop.domain.criteria.weging import weigh_criterium
from inkoop.domain.criteria.zicht import Zicht


def assess(
    editie: Criteriaset,
    dossier: Dossier | Toetsdossier,
    peildatums: Mapping[Peilmoment, date],
    *,
    herstelverloop: Herstelverloop,
    feitenbasis: Feitenbasis,
    moment: Moment,
    motor: str = MOTOR,
) -> Toetsresultaat:
    """Test a dossier against the criteria that are tested at this moment, and write the receipt.

    One finding per criterion x unit (aanmelding, perceel or product) x party, in the order of the
    set; `nvt` where `alleen` does not cover the unit. Raises ToetsinvoerError, with every reason,
    when a peildatum or a region that a criterion needs is not there, or the dossier contradicts itself.
    `motor` is one of MOTOREN: an older one gives the bytes that it gave then.
    A change that offers nothing new (H19-44: only products that are dropped) has nothing to test: no findings.
    """
    return weigh(
        editie, dossier, peildatums, herstelverloop=herstelverloop, feitenbasis=feitenbasis, moment=moment, motor=motor
    ).write()


def weigh(
    editie: Criteriaset,
    dossier: Dossier | Toetsdossier,
    peildatums: Mapping[Peilmoment, date],
    *,
    herstelverloop: Herstelverloop,
    feitenbasis: Feitenbasis,
    moment: Moment,
    motor: str = MOTOR,
) -> Uitslag:
    """The same toets as `assess`, of which no finding is written yet: for many dossiers at once.

    A dossier that is tested more than once is best made ready first (`prepare_dossier`).
    """
    gereed = dossier if isinstance(dossier, Toetsdossier) else Toetsdossier(dossier)
    toetser = make_toetser(
        editie, peildatums, herstelverloop=herstelverloop, feitenbasis=feitenbasis, moment=moment, motor=motor
    )
    return toetser.weigh(gereed)


def weigh_criteria(
    editie: Criteriaset,
    dossier: Dossier | Toetsdossier,
    peildatums: Mapping[Peilmoment, date],
    *,
    herstelverloop: Herstelverloop,
    feitenbasis: Feitenbasis,
    moment: Moment,
) -> Iterator[Gewogen]:
    """Every criterion of this moment for every unit and party, each judged by its kind: with what people are asked."""
    gereed = dossier if isinstance(dossier, Toetsdossier) else Toetsdossier(dossier)
    toetser = make_toetser(editie, peildatums, herstelverloop=herstelverloop, feitenbasis=feitenbasis, moment=moment)
    yield from toetser.judge_all(gereed)


def make_toetser(
    editie: Criteriaset,
    peildatums: Mapping[Peilmoment, date],
    *,
    herstelverloop: Herstelverloop,
    feitenbasis: Feitenbasis,
    moment: Moment,
    motor: str = MOTOR,
) -> Toetser:
    """An edition bound to days and occasion; the same one as long as the edition is in use."""
    assert motor in MOTOREN, "who replays asks first whether these rules can"
    return _make_toetser(Zelfde(editie), tuple(peildatums.items()), herstelverloop, feitenbasis, moment, motor)


@lru_cache(maxsize=64)
def _make_toetser(
    sleutel: Zelfde,
    peildatums: tuple[tuple[Peilmoment, date], ...],
    herstelverloop: Herstelverloop,
    feitenbasis: Feitenbasis,
    moment: Moment,
    motor: str,
) -> Toetser:
    editie = sleutel.waarde
    assert isinstance(editie, Criteriaset)
    gegeven = dict(peildatums)
    kop = Uitslagkop(
        motor=motor,
        editie=editie,
        moment=moment,
        herstelverloop=herstelverloop,
        feitenbasis=feitenbasis,
        peildatums={peilmoment: gegeven[peilmoment] for peilmoment in Peilmoment if peilmoment in gegeven},
    )
    return Toetser(kop, gegeven)


class Toetser:
    """An edition bound to the days of a ronde and to one occasion, for as many dossiers as there are.

    What hangs on the edition, the days and the offer is compiled once (`compile_aanbod`). For a dossier a
    constant conclusion is picked per cell, and only what is out of the ordinary is judged by its kind.
    """

    def __init__(self, kop: Uitslagkop, peildatums: Mapping[Peilmoment, date]) -> None:
        self._kop, self._peildatums = kop, peildatums
        self._plan = compile_plan(kop.editie, kop.moment)
        self._per_aanbod: dict[Aanbod, Aanbodplan] = {}
        self._open = kop.herstelverloop is Herstelverloop.OPEN
        self._als_opgegeven = kop.feitenbasis is not Feitenbasis.VASTGESTELD
        self._letterlijk = kop.letterlijke_rechtsvorm

    def weigh(self, gereed: Toetsdossier) -> Uitslag:
        """The outcome of one dossier. Raises ToetsinvoerError with every reason where it cannot be tested."""
        return Uitslag(self._kop, gereed, self._bind(gereed), self.conclude(gereed))

    def conclude(self, gereed: Toetsdossier) -> list[Bloktoets]:
        """The conclusions alone, in the order of the set: per run of cells, for the parties that must satisfy them."""
        aanbod = self._bind(gereed)
        getoetst: list[Bloktoets] = []
        mag, open_ = self._als_opgegeven, self._open
        for blok in aanbod.blokken:
            partijen = gereed.list_partijen(blok.partijsleutel)
            p = partijen[0] if len(partijen) == 1 and open_ else None
            if p is None or not p.is_eerste or not (mag or p.vastgesteld):
                getoetst.append((blok, partijen, self._conclude_each(aanbod, blok, partijen)))
                continue
            if blok.tafel is not None and p.niets_dubbel:
                getoetst.append((blok, partijen, blok.tafel(p)))
                continue
            overal: Overal = {}
            getoetst.append(
                (blok, partijen, [kies(p) or self._judge(aanbod, cel, p, overal) for kies, cel in blok.paren])
            )
        return getoetst

    def judge_all(self, gereed: Toetsdossier) -> Iterator[Gewogen]:
        """Every cell judged by its kind, for who needs more of an outcome than its finding says."""
        aanbod = self._bind(gereed)
        for blok in aanbod.blokken:
            overal: Overal = {}
            for cel in blok.cellen:
                for p in gereed.list_partijen(blok.partijsleutel):
                    conclusie = self._judge(aanbod, cel, p, overal)
                    yield Gewogen(cel.deel.criterium, cel.eenheid, p.partij, conclusie.deel)

    def _conclude_each(self, aanbod: Aanbodplan, blok: Blok, partijen: tuple[Partijdossier, ...]) -> list[Conclusie]:
        """Each cell for each party; where repair is closed only what closing does not change is picked."""
        overal: Overal = {}
        gewoon = [self._is_gewoon(p) for p in partijen]
        conclusies: list[Conclusie] = []
        for kies, cel in blok.paren:
            for p, mag in zip(partijen, gewoon, strict=True):
                conclusie = kies(p) if mag else None
                if conclusie is None or not (self._open or conclusie.blijvend):
                    conclusie = self._judge(aanbod, cel, p, overal)
                conclusies.append(conclusie)
        return conclusies

    def _is_gewoon(self, p: Partijdossier) -> bool:
        """Whether this is a first toets on facts that all count: one round is all there is."""
        return p.is_eerste and (self._als_opgegeven or p.vastgesteld)

    def _judge(self, aanbod: Aanbodplan, cel: Toetscel, p: Partijdossier, overal: Overal) -> Uitgewerkt:
        """Let the kinds judge a cell. An outcome for which nothing of the unit was read is that of every unit."""
        deel, eenheid = cel.deel, cel.eenheid
        criterium = deel.criterium
        letterlijk = self._letterlijk
        if not eenheid.geldt or (
            deel.kiest_partijen and not covers_partij(criterium.alleen, p.partij, letterlijk=letterlijk)
        ):
            return make_nvt(eenheid.perceel, eenheid.product)
        sleutel = (criterium.id, p.lid)
        if sleutel not in overal:
            oordelen = p.oordelen.get(criterium.id, GEEN_OORDELEN)
            zicht = Zicht(criterium, eenheid, p.partij, oordelen, self._peildatums, aanbod.dagen, self._plan.regios)
            kop = self._kop
            uitkomst = Uitgewerkt(
                weigh_criterium(deel, zicht, p.feiten, herstelverloop=kop.herstelverloop, feitenbasis=kop.feitenbasis)
            )
            if zicht.leest_eenheid:
                return uitkomst
            overal[sleutel] = uitkomst
        return overal[sleutel]

    def _bind(self, gereed: Toetsdossier) -> Aanbodplan:
        """The plan for the offer of a dossier; refuses a toets that cannot be done, with every reason at once."""
        if self._kop.moment is Moment.BIJ_WIJZIGING and not gereed.aanbod.percelen:
            return make_leeg(self._plan, self._peildatums)
        aanbod = self._per_aanbod.get(gereed.aanbod)
        if aanbod is None:
            if len(self._per_aanbod) >= _AANBIEDINGEN:
                self._per_aanbod.clear()
            gevraagd = gereed.aanbod
            if self._kop.gedeelde_kenmerken:
                gevraagd = intern_aanbod(share_kenmerken(gevraagd.percelen))
            aanbod = self._per_aanbod[gereed.aanbod] = compile_aanbod(self._plan, gevraagd, self._peildatums)
        if gereed.beletselen or aanbod.beletselen:
            refuse((*gereed.beletselen, *aanbod.beletselen))
        return aanbod


_AANBIEDINGEN = 256
"""How many different offers are remembered."""
Overal = dict[tuple[str, str | None], Uitgewerkt]
"""Per criterion and party what holds in every unit."""
