"""How wide the columns of a table are: by what stands in them, the same in every rendering.

Bron: ontwerp 6; project default.
"""

from __future__ import annotations

from inkoop.documents.boom import Tabel, plat


def divide_breedte(tabel: Tabel) -> tuple[int, ...]:
    """The width of each column in percent, by how much text it holds; together 100.

    A column is never narrower than its longest word wants, within reason: a column of codes stays
    readable beside one with sentences, and the word "Nummer" above it stays whole.
    """
    gewichten = []
    minima = []
    for kolom in range(len(tabel.koppen)):
        teksten = [plat(rij[kolom]) for rij in (tabel.koppen, *tabel.rijen)]
        langste = max(map(len, teksten))
        woord = max((len(w) for tekst in teksten for w in tekst.split(" ")), default=1)
        gewichten.append(max(min(woord, 22) + 3, min(langste, 60) ** 0.85, 6))
        minima.append(max(map(_measure_woorden, teksten)))
    breedtes = [int(breedte) for breedte in _raise_to(minima, gewichten)]
    breedtes[breedtes.index(max(breedtes))] += 100 - sum(breedtes)
    return tuple(breedtes)


def _raise_to(minima: list[float], gewichten: list[float]) -> list[float]:
    """Divide 100 by weight, but give each column its minimum; when the minima do not fit, by minimum."""
    if sum(minima) >= 100:
        return [100 * minimum / sum(minima) for minimum in minima]
    vast: set[int] = set()
    while True:
        ruimte = 100 - sum(minima[i] for i in vast)
        totaal = sum(gewicht for i, gewicht in enumerate(gewichten) if i not in vast)
        breedtes = [minima[i] if i in vast else ruimte * gewicht / totaal for i, gewicht in enumerate(gewichten)]
        krap = {i for i, breedte in enumerate(breedtes) if i not in vast and breedte < minima[i]}
        if not krap:
            return breedtes
        vast |= krap


_BREED, _SMAL = "mwMW@%", "ijltfrI.,:;'()-"


def _measure_woorden(tekst: str) -> float:
    """The percentage of the line that the longest word of a cell takes, its padding included.

    In em of the bundled bold type (the head of a column), on the line of 163 mm; a word that no column can
    hold, such as a controlegetal, counts for what it may take and is broken.
    """
    ems = (sum(1.0 if t in _BREED else 0.42 if t in _SMAL else 0.66 for t in woord) for woord in tekst.split(" "))
    return min(max(ems, default=0.0), 9) * 1.85 + 3.2
