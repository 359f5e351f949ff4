"""What Prefect is shown of a run: kenmerken and kinds of work, no word that somebody wrote."""

from __future__ import annotations

from inkoop.domain.procedure import Fase
from inkoop.services.fasewerk import Tikverslag
from inkoop.services.taaksoort import Taak, Taaksoort


def test_a_reason_and_the_words_of_a_task_stay_in_our_own_records():
    from flows.beelden import format_verslag, name_taak

    verslag = Tikverslag(
        fase=Fase.SELECTEREN,
        onderwerp="M-2020-2",
        gedaan=("M-2020-2-A001: getoetst",),
        taken=(),
        apart=("M-2020-2-A002: Het bestand 'diploma J. Jansen.pdf' is stuk.",),
    )
    tekst = format_verslag(verslag)
    assert "- M-2020-2-A002\n" in tekst
    assert "M-2020-2-A001: getoetst" in tekst
    assert "Jansen" not in tekst
    taak = Taak(soort=Taaksoort.GESCHIL_AFHANDELEN, rol="jurist", wat="klacht van J. Jansen afhandelen", onderwerp="K1")
    assert name_taak(taak) == "geschil afhandelen"


def test_a_run_points_to_the_pages_of_its_round_or_procedure():
    from flows.beelden import list_links

    leeg = Tikverslag(fase=Fase.CONTRACTEREN, onderwerp="M-2020-2", gedaan=(), taken=())
    assert [pad for _, pad, _ in list_links(leeg)] == ["/rondes/M-2020-2", "/documenten?onderwerp=M-2020-2"]
    van_procedure = Tikverslag(fase=Fase.PUBLICEREN, onderwerp="meierij-2020", gedaan=(), taken=())
    assert [pad for _, pad, _ in list_links(van_procedure)] == ["/procedures/meierij-2020"]
