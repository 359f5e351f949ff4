"""Say in Dutch where the outcome of a scenario differs from what it expects.

Bron: domein F (each outcome is compared line by line).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from inkoop.domain.criteria.bevinding import Bevinding
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.scenario import VerwachtBesluit, VerwachteUitkomst


def compare_uitkomsten(
    waar: str, verwacht: Iterable[VerwachteUitkomst], bevindingen: Sequence[Bevinding]
) -> Iterator[str]:
    """Every expectation that is not met: each finding that it names must have its outcome (and grond).

    Findings of parts that the criterium is not about (nvt) are passed over, unless there is nothing else.
    """
    for regel in verwacht:
        percelen: tuple[str | None, ...] = regel.percelen or (None,)
        for perceel in percelen:
            geraakt = [bevinding for bevinding in bevindingen if _matches(regel, perceel, bevinding)]
            if regel.uitkomst is not Uitkomst.NVT:
                geraakt = [bevinding for bevinding in geraakt if bevinding.uitkomst is not Uitkomst.NVT] or geraakt
            if not geraakt:
                yield f"{waar} is er geen uitkomst voor {_describe(regel, perceel)}."
            for bevinding in geraakt:
                if bevinding.uitkomst is not regel.uitkomst:
                    yield (
                        f"{waar} is {_describe_bevinding(bevinding)} {bevinding.uitkomst} ({bevinding.grond}), "
                        f"verwacht was {regel.uitkomst}. {bevinding.toelichting}"
                    ).rstrip()
                elif regel.grond is not None and bevinding.grond != regel.grond:
                    yield (
                        f"{waar} is de grond van {_describe_bevinding(bevinding)} '{bevinding.grond}', "
                        f"verwacht was '{regel.grond}'."
                    )


def _matches(regel: VerwachteUitkomst, perceel: str | None, bevinding: Bevinding) -> bool:
    return (
        bevinding.criterium == regel.criterium
        and perceel in (None, bevinding.perceel)
        and regel.product in (None, bevinding.product)
        and regel.lid in (None, bevinding.lid)
    )


def compare_besluiten(verwacht: Iterable[VerwachtBesluit], besluiten: Iterable[VerwachtBesluit]) -> Iterator[str]:
    """Every besluit that differs, is missing, or was not expected; products that are not named are not compared."""
    over = {besluit.perceel: besluit for besluit in besluiten}
    for regel in verwacht:
        besluit = over.pop(regel.perceel, None)
        waarop = _describe_perceel(regel.perceel)
        if besluit is None:
            yield f"Er volgt geen besluit over {waarop}, verwacht was {regel.besluit}."
        elif besluit.besluit != regel.besluit:
            yield f"Het besluit over {waarop} is {besluit.besluit}, verwacht was {regel.besluit}."
        elif regel.producten and set(besluit.producten) != set(regel.producten):
            kreeg, wilde = (", ".join(sorted(codes)) or "geen" for codes in (besluit.producten, regel.producten))
            yield f"De toegelaten producten van {waarop} zijn {kreeg}, verwacht was {wilde}."
        elif regel.vervallen and set(besluit.vervallen) != set(regel.vervallen):
            weg, wilde = (", ".join(sorted(codes)) or "geen" for codes in (besluit.vervallen, regel.vervallen))
            yield f"Van {waarop} vervallen de producten {weg}, verwacht was {wilde}."
    for besluit in over.values():
        yield f"Het besluit over {_describe_perceel(besluit.perceel)} is {besluit.besluit}; dat was niet verwacht."


def _describe_perceel(perceel: str | None) -> str:
    return "de hele aanmelding" if perceel is None else f"perceel {perceel}"


def _describe(regel: VerwachteUitkomst, perceel: str | None) -> str:
    return _join(regel.criterium, perceel, regel.product, regel.lid)


def _describe_bevinding(bevinding: Bevinding) -> str:
    return _join(bevinding.criterium, bevinding.perceel, bevinding.product, bevinding.lid)


def _join(criterium: str, perceel: str | None, product: str | None, lid: str | None) -> str:
    """A finding as people name it: `M-11 (lid noor)`."""
    delen = {"perceel": perceel, "product": product, "lid": lid}
    nader = ", ".join(f"{naam} {waarde}" for naam, waarde in delen.items() if waarde is not None)
    return f"{criterium} ({nader})" if nader else criterium
