"""Play the life of a procedure as if everything goes through, and ask the rules on each day.

Nothing here decides: it says on which day a rule would stop the plan (no mandate, a term that does not
fit). The same rules as for the real acts are asked.

Bron: E.5 (rounds, addendum cycle, reminders), H19-45, H19-55, M20-51; BP-13; domein 0.10, 0.11.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from inkoop.domain.fouten import Beletsel
from inkoop.domain.inlichtingen import check_gestand, end_of_gestand
from inkoop.domain.instroom import check_ronde, list_dagen
from inkoop.domain.kalender import Feestdagen, format_dag
from inkoop.domain.levensloop import Gebeurtenis, Levensloop, Levenssoort
from inkoop.domain.looptijd import Verlenging, Verlengingswijze, list_verlengingen
from inkoop.domain.maanden import add_maanden
from inkoop.domain.mandaat import Onderwerp, check_mandaat, is_samen_gedekt
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie, Rondedefinitie
from inkoop.domain.verlengen import find_besluitdag

_RONDEWERK: Mapping[str, tuple[str, Rol, int]] = {
    "opening": ("ronde gaat open", Rol.INKOPER, 1),
    "vragen_tot": ("laatste dag voor vragen", Rol.INKOPER, 1),
    "nota": ("nota van inlichtingen: opstellen, goedkeuren, publiceren", Rol.JURIST, 3),
    "sluiting": ("ronde sluit", Rol.INKOPER, 2),
    "herstelverzoek": ("herstelverzoeken controleren en versturen", Rol.BEOORDELAAR, 2),
    "herstel_tot": ("laatste dag voor herstel", Rol.BEOORDELAAR, 1),
    "selectiebesluit": ("selectiebesluit", Rol.GEMANDATEERDE, 1),
    "selectie_vervaltermijn": ("einde van de termijn na het selectiebesluit", Rol.JURIST, 1),
    "dialoog_van": ("dialoog begint", Rol.INKOPER, 1),
    "dialoog_tot": ("dialoog eindigt", Rol.INKOPER, 1),
    "voorstel_tot": ("definitief voorstel is binnen", Rol.INKOPER, 1),
    "besluit": ("besluiten controleren, nemen en versturen", Rol.GEMANDATEERDE, 3),
    "vervaltermijn": ("einde van de termijn voor een kort geding", Rol.JURIST, 1),
    "concept": ("conceptovereenkomsten zijn verstuurd", Rol.CONTRACTMANAGER, 1),
    "tekenen": ("overeenkomsten zijn getekend", Rol.GEMANDATEERDE, 1),
    "ingang": ("overeenkomsten gaan in", Rol.CONTRACTMANAGER, 1),
}
"""What each day of a round asks, of whom, and of how many acts (project default: one round, one bundle of each)."""

_STAPDAG: Mapping[Fase, str] = {
    Fase.SELECTEREN: "sluiting",
    Fase.CONCRETISEREN: "besluit",
    Fase.CONTRACTEREN: "tekenen",
    Fase.IMPLEMENTEREN: "ingang",
}
"""On which day of its round a step of a later fase is done when it has no day of its own."""

_HERINNERDAGEN = (14, 7, 1)
"""Days before signing on which an addendum is reminded of (E.5)."""

_MANDAATDAGEN = 180
"""Days before the end of a mandate on which somebody is reminded (E.5)."""


def play_levensloop(definitie: Proceduredefinitie, feestdagen: Feestdagen) -> Levensloop:
    """Every event up to the last possible end date, in order of day.

    Bron: E.5; BP-13 (an extension without mandate is a violation, not a silence).
    """
    verlengingen = list_verlengingen(definitie.looptijd)
    gebeurtenissen = [
        *_play_stappen(definitie),
        *(
            een
            for ronde in definitie.instroom.rondes
            for een in _play_ronde(definitie, ronde, verlengingen, feestdagen)
        ),
        *_play_verlengingen(definitie, verlengingen),
        *_play_addenda(definitie),
        *_play_aanhaak(definitie),
        *_play_gesprekken(definitie),
        *_play_vaste_dagen(definitie),
    ]
    gebeurtenissen.sort(key=lambda een: (een.dag, een.soort, een.wat))
    return Levensloop(
        procedure=definitie.naam,
        gebeurtenissen=tuple(gebeurtenissen),
        einde=definitie.looptijd.max_einddatum,
        zeker_tot=_find_zeker(definitie, verlengingen),
    )


def _play_stappen(definitie: Proceduredefinitie) -> Iterator[Gebeurtenis]:
    """The governance steps with a day of their own: one act for each body."""
    for stap in definitie.stappen:
        if stap.uiterlijk is not None:
            yield Gebeurtenis(
                dag=stap.uiterlijk,
                soort=Levenssoort.STAP,
                wat=f"{stap.naam} (fase {stap.fase})",
                rol=Rol(stap.rol),
                handelingen=len(stap.organen) + (1 if stap.checklist else 0),
            )


def _play_ronde(
    definitie: Proceduredefinitie,
    ronde: Rondedefinitie,
    verlengingen: Sequence[Verlenging],
    feestdagen: Feestdagen,
) -> Iterator[Gebeurtenis]:
    """The days of one round; a round for an option needs that option before it opens."""
    dagen = dict(list_dagen(ronde))
    fouten = tuple(check_ronde(ronde, definitie.termijnen, feestdagen))
    fouten += tuple(_check_optie(ronde, verlengingen))
    for naam, dag in dagen.items():
        wat, rol, aantal = _RONDEWERK[naam]
        schendingen: tuple[Beletsel, ...] = fouten if naam == "opening" else ()
        if naam == "besluit":
            schendingen += tuple(
                dict.fromkeys(_ask_mandaat(definitie, (Onderwerp.TOELATING, Onderwerp.AFWIJZING), dag))
            )
        if naam == "tekenen":
            schendingen += tuple(_ask_mandaat(definitie, (Onderwerp.ONDERTEKENEN,), dag, tekenen=True))
        yield Gebeurtenis(
            dag=dag,
            soort=Levenssoort.RONDE,
            wat=f"{ronde.kenmerk}: {wat}",
            rol=rol,
            handelingen=aantal,
            ronde=ronde.kenmerk,
            schendingen=schendingen,
        )
    for stap in definitie.stappen:
        if stap.uiterlijk is None and stap.fase in _STAPDAG:
            yield Gebeurtenis(
                dag=dagen[_STAPDAG[stap.fase]],
                soort=Levenssoort.STAP,
                wat=f"{ronde.kenmerk}: {stap.naam}",
                rol=Rol(stap.rol),
                handelingen=len(stap.organen),
                ronde=ronde.kenmerk,
            )
    yield Gebeurtenis(
        dag=end_of_gestand(ronde.sluiting),
        soort=Levenssoort.HERINNERING,
        wat=f"{ronde.kenmerk}: einde van de gestanddoening",
        rol=Rol.INKOPER,
        handelingen=1,
        ronde=ronde.kenmerk,
        waarschuwingen=tuple(check_gestand(ronde)),
    )


def _check_optie(ronde: Rondedefinitie, verlengingen: Sequence[Verlenging]) -> Iterator[Beletsel]:
    """A round of an extension opens only after the decision on it could be taken, and that option exists (E.5)."""
    if ronde.alleen_bij_optie is None:
        return
    optie = next((een for een in verlengingen if een.nummer == ronde.alleen_bij_optie), None)
    if optie is None:
        tekst = f"Ronde {ronde.kenmerk} hoort bij optie {ronde.alleen_bij_optie}, die er niet is."
        yield Beletsel("ronde-optie", tekst)


def _play_verlengingen(definitie: Proceduredefinitie, verlengingen: Sequence[Verlenging]) -> Iterator[Gebeurtenis]:
    """Each extension: decided or left to run, under a mandate that also covers its first day (BP-13)."""
    optie = definitie.looptijd.verlenging == Verlengingswijze.OPTIE
    for verlenging in verlengingen:
        besluitdag = find_besluitdag(definitie, verlenging)
        schendingen = _check_verlengmandaat(definitie, verlenging)
        wat = f"besluiten over optie {verlenging.nummer}" if optie else f"verlenging {verlenging.nummer} of opzeggen"
        yield Gebeurtenis(
            dag=besluitdag - timedelta(days=90),
            soort=Levenssoort.HERINNERING,
            wat=f"over 90 dagen: {wat}",
            rol=Rol.CONTRACTMANAGER,
            handelingen=1,
        )
        yield Gebeurtenis(
            dag=besluitdag,
            soort=Levenssoort.VERLENGING,
            wat=f"{wat}, van {format_dag(verlenging.van)} tot en met {format_dag(verlenging.tot)}",
            rol=Rol.GEMANDATEERDE,
            handelingen=1,
            schendingen=schendingen,
        )


def _check_verlengmandaat(definitie: Proceduredefinitie, verlenging: Verlenging) -> tuple[Beletsel, ...]:
    dagen = (find_besluitdag(definitie, verlenging), verlenging.van)
    redenen = [een for dag in dagen for een in _ask_mandaat(definitie, (Onderwerp.VERLENGING,), dag)]
    return tuple(dict.fromkeys(redenen))


def _ask_mandaat(
    definitie: Proceduredefinitie, onderwerpen: Sequence[Onderwerp], op: date, *, tekenen: bool = False
) -> Iterator[Beletsel]:
    """Why nobody may act on these subjects on a day: the reasons of the post that comes closest."""
    namens = [gemeente.code for gemeente in definitie.gemeenten_op(op)]
    for onderwerp in onderwerpen:
        per_functie = [
            check_mandaat(
                definitie.mandaten, functie=functie, onderwerp=onderwerp, namens=namens, op=op, tekenen=tekenen
            )
            for functie in dict.fromkeys(mandaat.functie for mandaat in definitie.mandaten)
        ]
        if not per_functie:
            yield Beletsel("mandaat-geen", "De procedure heeft geen enkel mandaat.")
        elif all(per_functie) and not is_samen_gedekt(definitie, onderwerp, op, tekenen=tekenen):
            yield min(per_functie, key=len)[0]


def _play_addenda(definitie: Proceduredefinitie) -> Iterator[Gebeurtenis]:
    """The yearly addendum cycle with its reminders, while agreements run (H19-55)."""
    cyclus, looptijd = definitie.contract.addendumcyclus, definitie.looptijd
    for jaar in range(looptijd.ingang.year, looptijd.max_einddatum.year):
        ingang = date.fromisoformat(f"{jaar + 1}-{cyclus.ingang}")
        if not looptijd.ingang < ingang <= looptijd.max_einddatum:
            continue
        concept = date.fromisoformat(f"{jaar}-{cyclus.concept_uiterlijk}")
        tekenen = date.fromisoformat(f"{jaar}-{cyclus.tekenen_uiterlijk}")
        yield Gebeurtenis(
            dag=concept,
            soort=Levenssoort.ADDENDUM,
            wat=f"concept van de addenda voor {ingang.year} versturen",
            rol=Rol.CONTRACTMANAGER,
            handelingen=2,
        )
        for dagen in _HERINNERDAGEN:
            yield Gebeurtenis(
                dag=tekenen - timedelta(days=dagen),
                soort=Levenssoort.HERINNERING,
                wat=f"addenda voor {ingang.year}: nog {dagen} {'dag' if dagen == 1 else 'dagen'} om te tekenen",
            )
        yield Gebeurtenis(
            dag=tekenen,
            soort=Levenssoort.ADDENDUM,
            wat=f"addenda voor {ingang.year} zijn getekend",
            rol=Rol.GEMANDATEERDE,
            handelingen=1,
            schendingen=tuple(_ask_mandaat(definitie, (Onderwerp.ADDENDUM,), tekenen, tekenen=True)),
        )
        yield Gebeurtenis(
            dag=ingang,
            soort=Levenssoort.ADDENDUM,
            wat=f"addenda voor {ingang.year} gaan in",
            rol=Rol.CONTRACTMANAGER,
            handelingen=1,
        )


def _play_aanhaak(definitie: Proceduredefinitie) -> Iterator[Gebeurtenis]:
    """Each year the last day on which a gemeente can join: the day before the published one (H19-45)."""
    if definitie.gemeente_aanhaak is None:
        return
    for jaar in range(definitie.looptijd.ingang.year, definitie.looptijd.max_einddatum.year):
        dag = date.fromisoformat(f"{jaar}-{definitie.gemeente_aanhaak.voor}") - timedelta(days=1)
        if dag >= definitie.looptijd.ingang:
            yield Gebeurtenis(
                dag=dag,
                soort=Levenssoort.AANHAAK,
                wat=f"laatste dag voor gemeenten die in {jaar + 1} willen aansluiten",
                rol=Rol.JURIST,
                handelingen=1,
            )


def _play_gesprekken(definitie: Proceduredefinitie) -> Iterator[Gebeurtenis]:
    """A talk at the end of each quarter in which agreements run, with the yearly check in one of them (M20-51)."""
    looptijd = definitie.looptijd
    if not definitie.contract.kwartaalthemas:
        return
    einde_kwartaal = date(looptijd.ingang.year, 1, 1)
    while (einde_kwartaal := add_maanden(einde_kwartaal, 3)) <= looptijd.max_einddatum + timedelta(days=1):
        dag = einde_kwartaal - timedelta(days=1)
        if dag < looptijd.ingang:
            continue
        kwartaal = (dag.month + 2) // 3
        jaarcheck = kwartaal == definitie.contract.jaarcontrole_kwartaal
        yield Gebeurtenis(
            dag=dag,
            soort=Levenssoort.GESPREK,
            wat=f"kwartaalgesprekken {dag.year}-{kwartaal}" + (", met de jaarlijkse controle" if jaarcheck else ""),
            rol=Rol.CONTRACTMANAGER,
            handelingen=2 if jaarcheck else 1,
        )


def _play_vaste_dagen(definitie: Proceduredefinitie) -> Iterator[Gebeurtenis]:
    """Tariffs that change, mandates that end, and the end itself with a year's notice (E.5)."""
    looptijd = definitie.looptijd
    for tabel in definitie.tarieftabellen:
        yield Gebeurtenis(
            dag=tabel.ingang,
            soort=Levenssoort.TARIEF,
            wat=f"tarieven {tabel.versie} gaan in",
            rol=Rol.FINANCIEN,
            handelingen=1,
        )
    for mandaat in definitie.mandaten:
        if mandaat.geldig_tot > looptijd.max_einddatum:
            continue
        yield Gebeurtenis(
            dag=mandaat.geldig_tot - timedelta(days=_MANDAATDAGEN),
            soort=Levenssoort.HERINNERING,
            wat=f"mandaat {mandaat.id} eindigt over {_MANDAATDAGEN} dagen",
            rol=Rol.JURIST,
            handelingen=1,
        )
        yield Gebeurtenis(dag=mandaat.geldig_tot, soort=Levenssoort.MANDAAT, wat=f"mandaat {mandaat.id} eindigt")
    yield Gebeurtenis(
        dag=add_maanden(looptijd.max_einddatum, -12),
        soort=Levenssoort.HERINNERING,
        wat="over een jaar eindigen de overeenkomsten: nieuwe inkoop voorbereiden",
        rol=Rol.BELEIDSADVISEUR,
        handelingen=1,
    )
    yield Gebeurtenis(dag=looptijd.max_einddatum, soort=Levenssoort.EINDE, wat="laatste mogelijke einddatum")


def _find_zeker(definitie: Proceduredefinitie, verlengingen: Sequence[Verlenging]) -> date:
    """Until when agreements run without a new mandate: the first extension that is blocked stops it (BP-13)."""
    einde = definitie.looptijd.einde_eerste_termijn
    for verlenging in verlengingen:
        if _check_verlengmandaat(definitie, verlenging):
            break
        einde = verlenging.tot
    return einde
