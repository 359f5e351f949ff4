"""Workflow engine for procurement procedures in the social domain (Wmo, Jeugdwet)."""

from inkoop.settings import disable_telemetrie

# Before anything imports Prefect, which reports its first import to its makers.
disable_telemetrie()
