"""The tables; importing this package registers every one of them on the metadata."""

from inkoop.storage.tabellen import (
    aanmelding,
    besluit,
    bewijs,
    document,
    herstel,
    oordeel,
    overeenkomst,
    persoon,
    procedure,
    ronde,
    toets,
)

__all__ = [
    "aanmelding",
    "besluit",
    "bewijs",
    "document",
    "herstel",
    "oordeel",
    "overeenkomst",
    "persoon",
    "procedure",
    "ronde",
    "toets",
]
