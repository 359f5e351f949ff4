"""An S3-compatible store on the loopback, with one bucket and the keys of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest

EMMER = "inkoop-proef"
GEHEIM = "zeer-geheime-sleutel"


@contextmanager
def run_opslag() -> Iterator[str]:
    """The address of a server; inside, the environment leads there."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    gastheer, poort = server.get_host_and_port()
    adres = f"http://{gastheer}:{poort}"
    try:
        with pytest.MonkeyPatch.context() as omgeving:
            omgeving.setenv("AWS_ENDPOINT_URL", adres)
            omgeving.setenv("AWS_REGION", "eu-west-1")
            omgeving.setenv("AWS_ACCESS_KEY_ID", "inkoop")
            omgeving.setenv("AWS_SECRET_ACCESS_KEY", GEHEIM)
            make_emmer(adres)
            yield adres
    finally:
        server.stop()


def make_emmer(adres: str, naam: str = EMMER) -> None:
    """Make a bucket."""
    plaats = (
        b"<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"
    )
    urlopen(Request(f"{adres}/{naam}", method="PUT", data=plaats)).close()
