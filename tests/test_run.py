"""The start script on machines that miss something: in a folder of its own, with stand-ins for the tools."""

import os
import shutil
import stat
import subprocess

import pytest

from tests.architecture.broncode import CHECKOUT

GEREEDSCHAP = ("bash", "env", "dirname", "basename", "cat", "cksum", "cp", "mv", "rm", "mkdir", "touch")

PYTHON = """#!/usr/bin/env bash
echo "python $*" >>"$LOGBOEK"
case "$*" in
    *check_tekenbibliotheken*) [ -e "$MACHINE/pango" ] || echo "niet gevonden: Pango" ;;
    *"pip config get"*) exit 1 ;;
    *ensurepip*) [ -e "$MACHINE/ensurepip" ] ;;
    *"%d.%d"*) echo 3.11 ;;
    *"-m venv"*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && cp "$MACHINE/uv" "$3/bin/uv" ;;
    *pytest*) echo "TESTS $*" ;;
esac
"""
UV = """#!/usr/bin/env bash
echo "uv $*" >>"$LOGBOEK"
case "$1" in
    sync)
        [ "${2:-}" != --help ] || exit 0
        mkdir -p "$UV_PROJECT_ENVIRONMENT/bin"
        cp "$MACHINE/python3" "$UV_PROJECT_ENVIRONMENT/bin/python"
        ;;
esac
"""
APT = """#!/usr/bin/env bash
echo "apt-get $*" >>"$LOGBOEK"
case "$*" in *libpango*) touch "$MACHINE/pango" ;; *-venv*) touch "$MACHINE/ensurepip" ;; esac
"""


class Machine:
    """A checkout with only the start script, and a search path on which just these tools stand."""

    def __init__(self, map_):
        self.huis = map_ / "een huis"
        self.bin = map_ / "bin"
        self.logboek = map_ / "logboek"
        for pad in (self.huis, self.bin):
            pad.mkdir()
        self.logboek.touch()
        shutil.copy(CHECKOUT / "run", self.huis)
        for naam in ("uv.lock", "pyproject.toml"):
            (self.huis / naam).write_text(naam)
        for naam in GEREEDSCHAP:
            if echt := shutil.which(naam):
                (self.bin / naam).symlink_to(echt)
        self.add("id", "#!/usr/bin/env bash\necho 1000\n")
        self.add("python3", PYTHON)

    def add(self, naam, tekst):
        pad = self.bin / naam
        pad.write_text(tekst)
        pad.chmod(pad.stat().st_mode | stat.S_IXUSR)

    def become_root(self):
        self.add("id", "#!/usr/bin/env bash\necho 0\n")

    def has(self, *wat):
        for naam in wat:
            (self.bin / naam).touch()

    def run(self, *opdracht, **omgeving):
        return subprocess.run(
            ["bash", str(self.huis / "run"), *opdracht],
            cwd="/",
            env={"PATH": str(self.bin), "MACHINE": str(self.bin), "LOGBOEK": str(self.logboek)} | omgeving,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def calls(self, begin):
        return [regel for regel in self.logboek.read_text().splitlines() if regel.startswith(begin)]


@pytest.fixture
def machine(tmp_path):
    machine = Machine(tmp_path)
    machine.add("uv", UV)
    machine.has("pango")
    return machine


def test_an_unknown_command_is_refused_with_the_commands_that_exist(machine):
    antwoord = machine.run("demoo")
    assert antwoord.returncode == 2
    assert "De opdracht 'demoo' bestaat niet." in antwoord.stderr
    assert "demo " in antwoord.stderr


def test_set_up_works_in_a_folder_with_a_space_and_from_anywhere(machine):
    antwoord = machine.run("setup")
    assert antwoord.returncode == 0, antwoord.stderr
    assert len(machine.calls("uv sync --quiet --locked")) == 1


def test_a_second_set_up_fetches_nothing(machine):
    machine.run("setup")
    assert machine.run("setup").returncode == 0
    assert len(machine.calls("uv sync --quiet --locked")) == 1


@pytest.mark.parametrize("bestand", ["uv.lock", "pyproject.toml"])
def test_a_changed_lock_is_set_up_again(machine, bestand):
    machine.run("setup")
    (machine.huis / bestand).write_text("anders")
    machine.run("setup")
    assert len(machine.calls("uv sync --quiet --locked")) == 2


def test_a_set_up_that_failed_is_tried_again(machine):
    machine.add("uv", UV.replace("cp ", "false "))
    antwoord = machine.run("setup")
    assert antwoord.returncode == 1
    assert "de Pythonpakketten konden niet worden opgezet" in antwoord.stderr
    machine.add("uv", UV)
    assert machine.run("setup").returncode == 0


def test_without_a_recent_python_the_command_that_gets_one_is_shown(machine):
    machine.add("python3", "#!/usr/bin/env bash\nexit 1\n")
    machine.add("apt-get", APT)
    antwoord = machine.run("setup")
    assert antwoord.returncode == 1
    assert "er is geen Python 3.11 of nieuwer" in antwoord.stderr
    assert "apt-get install -y --no-install-recommends python3 python3-venv" in antwoord.stderr
    assert machine.calls("apt-get") == []


def test_a_python_that_was_chosen_and_cannot_be_used_is_named(machine):
    antwoord = machine.run("setup", INKOOP_PYTHON="/weg/python")
    assert antwoord.returncode == 1
    assert "INKOOP_PYTHON=/weg/python is geen Python 3.11 of nieuwer" in antwoord.stderr


def test_without_uv_one_is_fetched_into_a_folder_of_its_own(machine):
    (machine.bin / "uv").rename(machine.bin / "uv-elders")
    machine.add("python3", PYTHON.replace("$MACHINE/uv", "$MACHINE/uv-elders"))
    machine.has("ensurepip")
    antwoord = machine.run("setup")
    assert antwoord.returncode == 0, antwoord.stderr
    assert (machine.huis / ".bootstrap" / "bin" / "uv").exists()
    assert any("pip install" in regel and "uv==" in regel for regel in machine.calls("python"))


def test_without_uv_and_venv_the_exact_package_is_named(machine):
    (machine.bin / "uv").unlink()
    machine.add("apt-get", APT)
    antwoord = machine.run("setup")
    assert antwoord.returncode == 1
    assert "sudo apt-get install -y --no-install-recommends python3.11-venv" in antwoord.stderr


def test_without_pango_an_ordinary_user_is_told_the_command_and_nothing_is_installed(machine):
    (machine.bin / "pango").unlink()
    machine.add("apt-get", APT)
    antwoord = machine.run("setup")
    assert antwoord.returncode == 1
    assert "sudo apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0" in antwoord.stderr
    assert machine.calls("apt-get") == []


@pytest.mark.parametrize(
    ("beheerder", "opdracht"),
    [("dnf", "sudo dnf install -y pango"), ("apk", "sudo apk add pango"), ("brew", "brew install pango")],
)
def test_the_command_fits_the_package_manager(machine, beheerder, opdracht):
    (machine.bin / "pango").unlink()
    machine.add(beheerder, "#!/usr/bin/env bash\n")
    assert f"    {opdracht}" in machine.run("setup").stderr


def test_without_a_package_manager_the_message_says_so(machine):
    (machine.bin / "pango").unlink()
    antwoord = machine.run("setup")
    assert antwoord.returncode == 1
    assert "met het pakketbeheer van uw systeem" in antwoord.stderr


def test_root_gets_pango_installed_and_is_told(machine):
    (machine.bin / "pango").unlink()
    machine.become_root()
    machine.add("apt-get", APT)
    antwoord = machine.run("setup")
    assert antwoord.returncode == 0, antwoord.stderr
    assert "Installeren: Pango" in antwoord.stderr
    assert machine.calls("apt-get")[0].startswith("apt-get update")
    assert "libharfbuzz-subset0" in machine.calls("apt-get")[1]


def test_root_can_forbid_installing(machine):
    (machine.bin / "pango").unlink()
    machine.become_root()
    machine.add("apt-get", APT)
    antwoord = machine.run("setup", INKOOP_INSTALL="nee")
    assert antwoord.returncode == 1
    assert "    apt-get install" in antwoord.stderr
    assert machine.calls("apt-get") == []


def test_the_tests_that_were_named_are_the_tests_that_run(machine):
    machine.run("setup")
    assert machine.run("test", "tests/domain").stdout == "TESTS -m pytest tests/domain\n"


def test_a_measurement_that_does_not_exist_is_answered_with_those_that_do(machine):
    machine.run("setup")
    (machine.huis / "benchmarks").mkdir()
    (machine.huis / "benchmarks" / "criteria.py").touch()
    antwoord = machine.run("bench", "weg")
    assert antwoord.returncode == 2
    assert "criteria" in antwoord.stderr


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is niet geïnstalleerd")
def test_the_scripts_hold_no_known_trap():
    uitvoer = subprocess.run(
        ["shellcheck", "run", ".ci/run"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert uitvoer.stdout == ""
