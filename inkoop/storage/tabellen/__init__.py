"""The tables; importing this package registers every one of them on the metadata."""

from inkoop.storage.tabellen import (
    aanmelding,
    besluit,
    bewijs,
    document,
    geschil,
    herstel,
    herziening,
    inlichtingen,
    oordeel,
    overeenkomst,
    persoon,
    procedure,
    ronde,
    toets,
    verzegeling,
    voorbereiding,
)

__all__ = [
    "aanmelding",
    "besluit",
    "bewijs",
    "document",
    "geschil",
    "herstel",
    "herziening",
    "inlichtingen",
    "oordeel",
    "overeenkomst",
    "persoon",
    "procedure",
    "ronde",
    "toets",
    "verzegeling",
    "voorbereiding",
]
