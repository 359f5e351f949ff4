"""The edition that is measured: the criteria of the Meierij round and three kinds that it does not use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

from inkoop.definitions.criteriaset import load_criteriaset
from inkoop.domain.criteria.criterium import (
    Criteriaset,
    Criterium,
    Documenttoets,
    EenToets,
    Getaltoets,
    Groep,
    Herstelbaarheid,
    Moment,
    Peilmoment,
    Per,
    Toepassing,
    Toepassingsbereik,
    Uitsluitingtoets,
)

CHECKOUT = Path(__file__).resolve().parents[2]
BESTAND = CHECKOUT / "criteria" / "meierij-wmo" / "2020-1.yaml"

PEILDATUMS = {
    Peilmoment.INDIENING: date(2020, 3, 12),
    Peilmoment.SLUITING: date(2020, 3, 31),
    Peilmoment.BESLUIT: date(2020, 5, 15),
    Peilmoment.INGANG: date(2020, 7, 1),
    Peilmoment.LOOPTIJD: date(2021, 12, 31),
}


def build_criterium(nummer: str, toets: EenToets, *, per: Per, toepassing: Toepassing) -> Criterium:
    """A criterion of the measurement around a toets."""
    return Criterium(
        id=nummer,
        titel=f"Criterium {nummer}",
        eis="De aanbieder voldoet.",
        bron="meting",
        groep=Groep.GESCHIKTHEIDSEIS,
        per=per,
        alleen=Toepassingsbereik(),
        toepassing=toepassing,
        momenten=(Moment.TOELATING,),
        herstelbaar=Herstelbaarheid.BEWIJS_BESTOND_AL,
        motivering="Dit criterium staat alleen in de meting.",
        bewijs="Een stuk.",
        toets=toets,
    )


def build_editie() -> Criteriaset:
    """Twenty criteria; with three percelen they give 48 outcomes for a single applicant."""
    erbij = (
        build_criterium(
            "X-01",
            Getaltoets(grootheid="plaatsen", peilmoment=Peilmoment.SLUITING, minimum=Decimal(15)),
            per=Per.PERCEEL,
            toepassing=Toepassing.GEZAMENLIJK,
        ),
        build_criterium(
            "X-02",
            Uitsluitingtoets(
                uitsluitingsgrond="faillissement", peilmoment=Peilmoment.INDIENING, zelfreiniging_mogelijk=True
            ),
            per=Per.AANMELDING,
            toepassing=Toepassing.ELK_LID,
        ),
        build_criterium(
            "X-03",
            Documenttoets(
                document="polis-aansprakelijkheid",
                peilmoment=Peilmoment.SLUITING,
                max_leeftijd_maanden=12,
                op_naam=True,
            ),
            per=Per.PERCEEL,
            toepassing=Toepassing.GEZAMENLIJK,
        ),
    )
    editie = load_criteriaset(BESTAND)
    return msgspec.structs.replace(editie, criteria=(*editie.criteria, *erbij))
