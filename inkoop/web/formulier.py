"""What was filled in on a page, as text; the page itself says which fields there are.

Bron: ontwerp 8 (input is hostile): sizes and counts are limited before anything is read.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Annotated, BinaryIO

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from inkoop.domain.fouten import InkoopError
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.web.kern import find_kern

MAX_VELDEN = 1000
MAX_BESTANDEN = 20
MAX_TEKST = 100_000
"""Characters of one field: a long motivation fits, a book does not (project default)."""


class FormulierFoutError(InkoopError):
    """A form that no page of ours sends."""


class Formulier(Mapping[str, str]):
    """The fields of a form: the last value of each, stripped; an absent one reads as empty."""

    def __init__(self, velden: Mapping[str, list[str]], bestanden: Mapping[str, list[Bestandsbron]]) -> None:
        self._velden = velden
        self.bestanden = bestanden

    def __getitem__(self, naam: str) -> str:
        """The value of a field, empty when it was not sent."""
        return self._velden.get(naam, [""])[-1].strip()

    def __iter__(self) -> Iterator[str]:
        return iter(self._velden)

    def __len__(self) -> int:
        return len(self._velden)

    def letterlijk(self, naam: str) -> str:
        """The value of a field as it was typed, spaces and all."""
        return self._velden.get(naam, [""])[-1]

    def lijst(self, naam: str) -> list[str]:
        """Every value of a field that may come more than once."""
        return [waarde.strip() for waarde in self._velden.get(naam, [])]


async def _read(request: Request) -> FormData:
    """The parts of a form; its files go to the disk of the store, where only this process can read them."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return await request.form(max_files=MAX_BESTANDEN, max_fields=MAX_VELDEN, max_part_size=MAX_TEKST)
    return await _Lezer(find_kern(request).huis.winkel.open_spoel, request).parse()


class _Lezer(MultiPartParser):
    """Starlette's, with a place of our own for files: its own keeps them readable in the folder for passing files."""

    def __init__(self, open_spoel: Callable[[], BinaryIO], request: Request) -> None:
        super().__init__(
            request.headers,
            request.stream(),
            max_files=MAX_BESTANDEN,
            max_fields=MAX_VELDEN,
            max_part_size=MAX_TEKST,
        )
        self._open_spoel = open_spoel

    def on_headers_finished(self) -> None:
        """A part begins; when it is a file, give it its place."""
        super().on_headers_finished()
        bestand = self._current_part.file
        if bestand is not None:
            bestand.file.close()
            bestand.file = self._open_spoel()
            self._files_to_close_on_error.append(bestand.file)  # type: ignore[arg-type]


async def lees_formulier(request: Request) -> AsyncIterator[Formulier]:
    """Read the form of a request; its files are closed afterwards."""
    try:
        gegevens = await _read(request)
    except (HTTPException, MultiPartException) as fout:
        raise FormulierFoutError("Dit formulier is niet te lezen: het is te groot of niet goed verzonden.") from fout
    velden: dict[str, list[str]] = {}
    bestanden: dict[str, list[Bestandsbron]] = {}
    for naam, waarde in gegevens.multi_items():
        if isinstance(waarde, str):
            velden.setdefault(naam, []).append(waarde.replace("\x00", ""))
        elif waarde.filename:
            bestanden.setdefault(naam, []).append(Bestandsbron(waarde.filename, waarde.file))
    try:
        yield Formulier(velden, bestanden)
    finally:
        await gegevens.close()


Ingevuld = Annotated[Formulier, Depends(lees_formulier)]
"""The form of a request, as argument of a page."""
