"""Sending the mail that waits, from the flows that run by the clock."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from inkoop.services.dagpost import deliver_post
from inkoop.services.huis import Huis


async def send_post(huis: Huis) -> list[str]:
    """Write the mails of the day and send what is due; one line about it, none when there was nothing.

    A mail server that is away stops nothing: the mail stays where it is, and the line says so.
    """
    verslag = await asyncio.to_thread(deliver_post, huis, datetime.now(UTC))
    if not (verslag.verzonden or verslag.uitgesteld or verslag.apart or verslag.wacht):
        return []
    regel = f"post: {verslag.verzonden} verzonden, {verslag.wacht} wacht, {verslag.apart} apart gezet"
    return [f"{regel}. {verslag.melding}".strip()]
