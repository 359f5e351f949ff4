"""Files in an S3-compatible store: a bucket, under a prefix of this store.

A store of objects writes an object whole or not at all. Address, region and keys come from the environment
under the names that every S3 program knows (AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID ...); they are read
by the library itself and come in no message.

Bron: ontwerp 7; metingen, Web and tooling (obstore).
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

from inkoop.storage.bestandenplek import BLOK, BestandenplekOnbereikbaarError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from obstore import ReadableFile
    from obstore.store import ObjectStore

_DEEL = 5 * 1024 * 1024
"""How many bytes go to the store at once: the smallest that S3 takes as a part."""

WACHT = timedelta(seconds=30)
"""How long to try a store that does not answer before a run fails and is tried again later (project default)."""

_T = TypeVar("_T")


class Objectplek:
    """The objects under one prefix of a bucket."""

    waar = "in de opslag"

    def __init__(self, url: str, onderdeel: str) -> None:
        self.url = f"{url.rstrip('/')}/{onderdeel}"
        self._winkel: ObjectStore | None = None

    def name(self, naam: str) -> str:
        """The address of the object."""
        return f"{self.url}/{naam}"

    def read(self, naam: str) -> bytes | None:
        """What is in the object; None when there is none."""
        import obstore

        try:
            return self._ask(lambda: bytes(obstore.get(self._open(), naam).bytes()))
        except FileNotFoundError:
            return None

    def open(self, naam: str) -> BinaryIO | None:
        """The object to be read a piece at a time; None when there is none."""
        import obstore

        try:
            lezer = self._ask(lambda: obstore.open_reader(self._open(), naam, buffer_size=BLOK))
        except FileNotFoundError:
            return None
        return cast(BinaryIO, io.BufferedReader(_Objectlezer(lezer, self._ask), BLOK))

    def write(self, naam: str, inhoud: bytes) -> None:
        """Put the object."""
        import obstore

        self._ask(lambda: obstore.put(self._open(), naam, inhoud))

    def write_stroom(self, naam: str, bron: BinaryIO) -> None:
        """Put the object in parts, one at a time; the store shows it when the last has come."""
        import obstore

        self._ask(lambda: obstore.put(self._open(), naam, bron, chunk_size=_DEEL, max_concurrency=1))

    def remove(self, naam: str) -> None:
        """Delete the object; versions that the store itself keeps are up to its administrator (docs/beheer)."""
        import obstore

        with suppress(FileNotFoundError):
            self._ask(lambda: obstore.delete(self._open(), naam))

    def list_namen(self) -> Iterator[str]:
        """The names under the prefix."""
        import obstore

        namen = self._ask(lambda: [een["path"] for deel in obstore.list(self._open()) for een in deel])
        return iter(sorted(namen))

    def check(self) -> None:
        """Ask for an object that is never there."""
        self.read("leeft")

    def _open(self) -> ObjectStore:
        if self._winkel is None:
            from obstore.store import from_url

            # Only an address of one's own may be without TLS: a store on this computer or in a test.
            http = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
            self._winkel = from_url(
                self.url,
                client_options={"allow_http": http, "timeout": "30s", "connect_timeout": "5s"},
                retry_config={
                    "max_retries": 4,
                    "retry_timeout": WACHT,
                    "backoff": {
                        "init_backoff": timedelta(milliseconds=200),
                        "max_backoff": timedelta(seconds=5),
                        "base": 2,
                    },
                },
            )
        return self._winkel

    def _ask(self, vraag: Callable[[], _T]) -> _T:
        """Ask the store; FileNotFoundError when an object is not there, else what a person can mend."""
        try:
            from obstore import exceptions
        except ImportError:
            raise BestandenplekOnbereikbaarError(
                "Voor een S3-opslag is een pakket nodig dat hier niet is geïnstalleerd. Installeer inkoop[s3]."
            ) from None
        try:
            return vraag()
        except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError):
            raise self._error(
                "laat ons dit niet doen. Controleer AWS_ACCESS_KEY_ID en AWS_SECRET_ACCESS_KEY, en of deze sleutel in"
                " de emmer mag lezen, schrijven en opsommen"
            ) from None
        except FileNotFoundError as fout:
            if "NoSuchBucket" in str(fout):
                raise self._error(_GEEN_EMMER) from None
            raise FileNotFoundError from None
        except exceptions.BaseError as fout:
            raise self._error(_GEEN_EMMER if "NoSuchBucket" in str(fout) else _WEG) from None

    def _error(self, wat: str) -> BestandenplekOnbereikbaarError:
        return BestandenplekOnbereikbaarError(
            f"De opslag {self.url} {wat}. Er is niets half opgeslagen; geef daarna de opdracht of de flow opnieuw."
        )


class _Objectlezer(io.RawIOBase):
    """An object as a file of Python."""

    def __init__(self, lezer: ReadableFile, ask: Callable[[Callable[[], bytes]], bytes]) -> None:
        super().__init__()
        self._lezer, self._ask = lezer, ask

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._lezer.tell()

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place."""
        return self._lezer.seek(offset, whence)

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read from where it stands."""
        doel = memoryview(buffer).cast("B")
        gelezen = self._ask(lambda: bytes(self._lezer.read(len(doel))))
        doel[: len(gelezen)] = gelezen
        return len(gelezen)


_GEEN_EMMER = "heeft deze emmer (bucket) niet. Maak hem, of herstel INKOOP_BESTANDEN_URL of AWS_ENDPOINT_URL"
_WEG = "antwoordt niet. Kijk of de opslag draait en of AWS_ENDPOINT_URL en AWS_REGION kloppen"
