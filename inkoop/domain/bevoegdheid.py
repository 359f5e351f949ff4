"""Which roles carry which act: the matrix of domein D as data.

A D, R or B in the matrix became an act of its own (drafting, checking, deciding); an L became an act
of reading. Rows of the matrix that the product has no records for yet are acts that nobody carries.

Bron: domein D; C for who drafts, reviews and decides per document.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from inkoop.domain.handeling import Handeling
from inkoop.domain.persoon import Rol

_R = Rol


class Bevoegdheid(msgspec.Struct, frozen=True):
    """Which roles carry an act, and where that stands."""

    rollen: frozenset[Rol]
    bron: str


def _aan(bron: str, *rollen: Rol) -> Bevoegdheid:
    return Bevoegdheid(frozenset(rollen), bron)


_AMBTELIJK = (_R.INKOPER, _R.JURIST, _R.CONTRACTMANAGER, _R.BELEIDSADVISEUR, _R.FINANCIEN, _R.GEMANDATEERDE)
_LEZERS = (*_AMBTELIJK, _R.BEOORDELAAR, _R.ARCHIVARIS, _R.SYSTEEM)

MATRIX: Mapping[Handeling, Bevoegdheid] = {
    Handeling.PROCEDURE_AANMAKEN: _aan("D procedure aanmaken", _R.INKOPER),
    Handeling.PROCEDURE_LEZEN: _aan("D column L", *_LEZERS, _R.BEHEERDER),
    Handeling.PLANNING_VERZETTEN: _aan("domein 0.11; D procedure aanmaken", _R.INKOPER),
    Handeling.CRITERIA_VASTSTELLEN: _aan("D criteria opstellen", _R.INKOPER, _R.BELEIDSADVISEUR),
    # Who records one step stands in the procedure (Stap.rol); this is who may record steps at all.
    Handeling.STAP_VASTLEGGEN: _aan("D uitgangspunten .. publiceren", *_AMBTELIJK),
    Handeling.GO_BESLUIT_VASTLEGGEN: _aan("D GO/NO-GO: PH besluit", _R.GEMANDATEERDE),
    Handeling.CHECKLIST_VASTLEGGEN: _aan("D GO/NO-GO; C.5", *_AMBTELIJK),
    Handeling.INBRENG_VASTLEGGEN: _aan("C.3, C.6", _R.INKOPER, _R.BELEIDSADVISEUR, _R.FINANCIEN),
    Handeling.INBRENG_BEANTWOORDEN: _aan("C.3, C.6", _R.INKOPER, _R.BELEIDSADVISEUR, _R.FINANCIEN),
    Handeling.ONDERBOUWING_VASTLEGGEN: _aan("D tarieven vaststellen; C.7", _R.INKOPER, _R.FINANCIEN),
    Handeling.DEELNAME_WIJZIGEN: _aan("H19-02; D gemeente-aanhaak", _R.INKOPER, _R.BELEIDSADVISEUR),
    Handeling.MANDAAT_REGISTREREN: _aan("C.24: jurist", _R.JURIST),
    Handeling.AANKONDIGING_REGISTREREN: _aan("D publiceren; B.1.6", _R.INKOPER),
    Handeling.PUBLICEREN: _aan("D publiceren", _R.INKOPER),
    # Who asked stays inside: answering goes on the anonymised text, and reading it is for few.
    Handeling.VRAAG_STELLEN: _aan("D nota: aanbieder stelt vragen", _R.AANBIEDER, _R.INKOPER, _R.SYSTEEM),
    Handeling.VRAAG_LEZEN: _aan("D nota van inlichtingen", *_AMBTELIJK, _R.ARCHIVARIS, _R.SYSTEEM),
    Handeling.VRAAG_BEANTWOORDEN: _aan("C.11: inkoper, beleid", _R.INKOPER, _R.BELEIDSADVISEUR),
    Handeling.NOTA_OPSTELLEN: _aan("C.11: inkoper", _R.INKOPER),
    Handeling.NOTA_GOEDKEUREN: _aan("C.11; FE-3: jurist verplicht", _R.JURIST),
    Handeling.NOTA_PUBLICEREN: _aan("C.11: publiceren na akkoord van de jurist (FE-3)", _R.INKOPER),
    Handeling.RONDE_AANMAKEN: _aan("project default", _R.INKOPER, _R.SYSTEEM),
    Handeling.RONDE_LEZEN: _aan("D column L", *_LEZERS, _R.BEHEERDER),
    # One asks for the opening, another (the getuige) opens.
    Handeling.OPENING_VERZOEKEN: _aan("D openen na sluiting", _R.INKOPER),
    Handeling.RONDE_OPENEN: _aan("D openen na sluiting: getuige", _R.INKOPER, _R.JURIST),
    Handeling.AANMELDING_ONTZEGELEN: _aan("D openen na sluiting: getuige; FE-8", _R.INKOPER, _R.JURIST),
    Handeling.FASE_OVERGAAN: _aan("project default", _R.INKOPER, _R.SYSTEEM),
    # A second person decides about an outage: late acceptance is an override (FE-9).
    Handeling.STORING_REGISTREREN: _aan("B.2.8; project default", _R.INKOPER),
    Handeling.STORING_BESLISSEN: _aan("B.2.8; FE-9", _R.JURIST, _R.GEMANDATEERDE),
    # Who settles which aanmelding counts for a person takes no part in the besluit on it (FE-9).
    Handeling.SAMENLOOP_BESLISSEN: _aan("B.4; FE-9; project default", _R.INKOPER, _R.JURIST),
    # The platform hands in for an aanbieder (systeem); an inkoper never does (FE-8).
    Handeling.AANMELDING_INDIENEN: _aan("D aanmelding indienen", _R.AANBIEDER, _R.SYSTEEM),
    # From a platform, which kept it closed until the round closed; with the receipt of that platform.
    Handeling.AANMELDING_INLEZEN: _aan("B.2.8; project default", _R.INKOPER, _R.SYSTEEM),
    Handeling.AANMELDING_INTREKKEN: _aan("D aanmelding intrekken", _R.AANBIEDER),
    Handeling.EIGEN_AANMELDING_LEZEN: _aan("D aanmelding lezen: eigen", _R.AANBIEDER),
    Handeling.AANMELDING_LEZEN: _aan(
        "D criterium beoordelen", _R.INKOPER, _R.JURIST, _R.BELEIDSADVISEUR, _R.BEOORDELAAR, _R.ARCHIVARIS, _R.SYSTEEM
    ),
    Handeling.BELANGEN_VERKLAREN: _aan("FE-7", _R.BEOORDELAAR, _R.JURIST),
    Handeling.FEIT_VASTSTELLEN: _aan("ontwerp 2.9", _R.BEOORDELAAR),
    Handeling.TOETSEN: _aan("ontwerp 2.3", _R.INKOPER, _R.BEOORDELAAR, _R.SYSTEEM),
    Handeling.OORDELEN: _aan("D criterium beoordelen", _R.BEOORDELAAR),
    Handeling.OORDEEL_BESLECHTEN: _aan("D verschil B1/B2 oplossen", _R.JURIST),
    Handeling.OORDEEL_LEZEN: _aan(
        "D criterium beoordelen", _R.INKOPER, _R.JURIST, _R.BELEIDSADVISEUR, _R.BEOORDELAAR, _R.ARCHIVARIS, _R.SYSTEEM
    ),
    Handeling.HERSTELVERZOEK_OPSTELLEN: _aan("D herstelverzoek; C.13", _R.BEOORDELAAR, _R.INKOPER, _R.SYSTEEM),
    Handeling.HERSTELVERZOEK_CONTROLEREN: _aan("C.13: beoordelaar 2 / jurist", _R.BEOORDELAAR, _R.JURIST),
    Handeling.HERSTELVERZOEK_VERZENDEN: _aan("C.13: inkoper verzendt", _R.INKOPER),
    Handeling.HERSTEL_ONTVANGEN: _aan("C.13", _R.AANBIEDER, _R.INKOPER, _R.SYSTEEM),
    Handeling.HERSTEL_SLUITEN: _aan("project default", _R.INKOPER, _R.SYSTEEM),
    Handeling.BESLUIT_VOORBEREIDEN: _aan("C.15, C.16", _R.INKOPER, _R.BEOORDELAAR, _R.SYSTEEM),
    Handeling.BESLUIT_CONTROLEREN: _aan("C.15, C.16; FE-3", _R.JURIST),
    Handeling.BESLUIT_NEMEN: _aan("D toelatingsbesluit, afwijzing: besluit", _R.GEMANDATEERDE),
    Handeling.BESLUIT_VERZENDEN: _aan("C.15, C.16", _R.INKOPER, _R.SYSTEEM),
    Handeling.BESLUIT_LEZEN: _aan("D column L", *_LEZERS),
    Handeling.AANMELDING_HEROPENEN: _aan("B.2.2: new ground, new besluit", _R.INKOPER),
    Handeling.VERZENDING_BEWIJZEN: _aan("B.2.4; C.31 verzenddatum", _R.INKOPER, _R.SYSTEEM),
    Handeling.GESCHIL_REGISTREREN: _aan("B.2.4, B.2.10", _R.INKOPER, _R.JURIST),
    Handeling.GESCHIL_AFHANDELEN: _aan("B.2.10; FE-3", _R.JURIST),
    Handeling.CONTACT_VASTLEGGEN: _aan("B.2.8; project default", _R.INKOPER, _R.JURIST, _R.BEOORDELAAR),
    Handeling.DOSSIER_SAMENSTELLEN: _aan("FE-10; B.2.2", _R.JURIST, _R.INKOPER, _R.ARCHIVARIS),
    Handeling.SCORE_GEVEN: _aan("D criterium beoordelen; FE-1", _R.BEOORDELAAR),
    Handeling.SCORE_BESLECHTEN: _aan("D verschil B1/B2 oplossen", _R.JURIST),
    Handeling.LOTING_VASTLEGGEN: _aan("F.0 gelijke_stand", _R.INKOPER),
    Handeling.DIALOOG_VASTLEGGEN: _aan("S2 proces, stap 4; B.1.7", _R.INKOPER),
    Handeling.VOORSTEL_INDIENEN: _aan("E.3 definitief voorstel", _R.AANBIEDER, _R.SYSTEEM),
    Handeling.KANDIDAAT_TERUGTREKKEN: _aan("F.3 J4; D aanmelding intrekken", _R.AANBIEDER),
    Handeling.GUNNING_VASTSTELLEN: _aan("B.2.3: voornemen wordt definitief", _R.GEMANDATEERDE),
    Handeling.VOORWAARDE_ONTVANGEN: _aan("project default, as C.13", _R.AANBIEDER, _R.INKOPER, _R.SYSTEEM),
    Handeling.VOORWAARDE_VASTSTELLEN: _aan("ontwerp 2.9; FE-9", _R.BEOORDELAAR, _R.INKOPER),
    Handeling.DOCUMENT_OPSTELLEN: _aan(
        "C: drafts", _R.INKOPER, _R.BEOORDELAAR, _R.CONTRACTMANAGER, _R.JURIST, _R.SYSTEEM
    ),
    # Who checks one type of document stands in its metadata; this is who may approve at all.
    Handeling.DOCUMENT_GOEDKEUREN: _aan("C: reviews", _R.JURIST, _R.INKOPER),
    Handeling.DOCUMENT_TERUGGEVEN: _aan("C: reviews", _R.JURIST, _R.INKOPER),
    Handeling.DOCUMENT_VERZENDEN: _aan("C", _R.INKOPER, _R.SYSTEEM),
    Handeling.DOCUMENT_VOORLEGGEN: _aan(
        "C: drafts", _R.INKOPER, _R.CONTRACTMANAGER, _R.BEOORDELAAR, _R.BELEIDSADVISEUR
    ),
    Handeling.DOCUMENT_OPMERKEN: _aan("C: reviews", *_AMBTELIJK),
    Handeling.DOCUMENT_TERUGKOMST: _aan("C: drafts, reviews", _R.INKOPER, _R.CONTRACTMANAGER, _R.JURIST),
    Handeling.DOCUMENT_WIJZIGING_BEOORDELEN: _aan("C: drafts, reviews", _R.INKOPER, _R.CONTRACTMANAGER, _R.JURIST),
    Handeling.DOCUMENT_VASTSTELLEN: _aan("C", _R.INKOPER, _R.CONTRACTMANAGER),
    Handeling.DOCUMENT_LEZEN: _aan("D column L", *_LEZERS),
    Handeling.OVEREENKOMST_OPSTELLEN: _aan("D contract samenstellen", _R.INKOPER, _R.SYSTEEM),
    Handeling.OVEREENKOMST_CONTROLEREN: _aan("D contract samenstellen: reviewt", _R.JURIST),
    # What the parts say, and in which role a provider handles data, is chosen by a jurist and by nothing else.
    Handeling.ONDERDEEL_VASTSTELLEN: _aan("D contract samenstellen: reviewt; B.7, C.19", _R.JURIST),
    Handeling.OVEREENKOMST_TEKENEN: _aan("D contract tekenen; FE-5", _R.GEMANDATEERDE, _R.AANBIEDER),
    # Recording that a signature stands on the paper is not signing: signer and registrar are both recorded.
    Handeling.ONDERTEKENING_REGISTREREN: _aan(
        "D contract tekenen", _R.INKOPER, _R.CONTRACTMANAGER, _R.GEMANDATEERDE, _R.AANBIEDER
    ),
    # Paper, or an electronic signature that leaves a doubt, takes a second pair of eyes.
    Handeling.HANDTEKENING_CONTROLEREN: _aan("C.17; FE-9; project default", _R.INKOPER, _R.JURIST, _R.CONTRACTMANAGER),
    Handeling.TEKENBEVOEGDHEID_VASTSTELLEN: _aan("B.3.4; project default", _R.INKOPER, _R.JURIST, _R.CONTRACTMANAGER),
    Handeling.AFSCHRIFT_BEWIJZEN: _aan("H19-10; project default", _R.INKOPER, _R.CONTRACTMANAGER),
    Handeling.OVEREENKOMST_ACTIVEREN: _aan("project default", _R.INKOPER, _R.CONTRACTMANAGER, _R.SYSTEEM),
    Handeling.OVEREENKOMST_LEZEN: _aan("D column L", *_LEZERS),
    Handeling.ADDENDUM_OPSTELLEN: _aan("D addendum", _R.INKOPER, _R.CONTRACTMANAGER, _R.SYSTEEM),
    # One change for all agreements: drafted by one, adopted by a jurist who did not draft it (FE-3, VIER_OGEN).
    Handeling.WIJZIGING_VOORSTELLEN: _aan("D addendum: doet", _R.INKOPER, _R.CONTRACTMANAGER, _R.JURIST),
    Handeling.WIJZIGING_VASTSTELLEN: _aan("D addendum: controleert; FE-3", _R.JURIST),
    # That nobody signed in time is recorded by the flow.
    Handeling.WEIGERING_VASTLEGGEN: _aan("D addendum; C.21", _R.INKOPER, _R.CONTRACTMANAGER, _R.AANBIEDER, _R.SYSTEEM),
    # Who does a point stands in the procedure; a provider only confirms its own text (domain/implementatie).
    Handeling.IMPLEMENTATIE_VASTLEGGEN: _aan(
        "D catalogus beheren; C.15, C.29", _R.INKOPER, _R.CONTRACTMANAGER, _R.JURIST, _R.FINANCIEN, _R.AANBIEDER
    ),
    # What the public catalogue says; a provider only reads its own before it confirms it.
    Handeling.CATALOGUSTEKST_LEZEN: _aan("D catalogus beheren; C.29", *_LEZERS, _R.AANBIEDER),
    Handeling.CONTRACT_INLEZEN: _aan("M20-03; project default", _R.INKOPER, _R.CONTRACTMANAGER),
    # Who decides one step stands in the ladder (domain/sanctieladder); this is who may decide at all.
    Handeling.MAATREGEL_VOORNEMEN: _aan("D HTHP-maatregel: doet", _R.CONTRACTMANAGER, _R.JURIST),
    Handeling.ZIENSWIJZE_VASTLEGGEN: _aan("D HTHP-maatregel: zienswijze; B.8", _R.CONTRACTMANAGER, _R.AANBIEDER),
    Handeling.MAATREGEL_BESLUITEN: _aan(
        "D HTHP-maatregel: besluit; B.8", _R.CONTRACTMANAGER, _R.JURIST, _R.GEMANDATEERDE
    ),
    Handeling.LOOPTIJD_BIJWERKEN: _aan("M20-32; project default", _R.CONTRACTMANAGER, _R.SYSTEEM),
    Handeling.TERMIJN_BEWAKEN: _aan("E.5 reminders; project default", _R.CONTRACTMANAGER, _R.SYSTEEM),
    Handeling.MELDING_AFHANDELEN: _aan("E.5; project default", *_AMBTELIJK),
    Handeling.STUK_VASTLEGGEN: _aan("E.5 certificate expiry; project default", _R.INKOPER, _R.CONTRACTMANAGER),
    Handeling.PLICHT_METEN: _aan("D kwartaalgesprek; W21-BW-02", _R.CONTRACTMANAGER),
    # The toegang sees it with the client; that payment stops is for contract management, the books for finance.
    Handeling.STOPSIGNAAL_VASTLEGGEN: _aan("H19-31; D kwartaalgesprek: signalen", _R.CONTRACTMANAGER, _R.TOEGANG),
    Handeling.STOPSIGNAAL_AFRONDEN: _aan("H19-31", _R.CONTRACTMANAGER),
    Handeling.STOPSIGNAAL_VERWERKEN: _aan("H19-31; project default", _R.CONTRACTMANAGER, _R.FINANCIEN),
    # What helps one client is for the local toegang, keeping to the agreement for contract management (M20-54).
    Handeling.KWARTAAL_VASTLEGGEN: _aan("D kwartaalgesprek; M20-51, M20-54", _R.CONTRACTMANAGER, _R.AANBIEDER),
    Handeling.TERUGKOPPELING_VASTLEGGEN: _aan("M20-52, M20-54: lokale toegang", _R.TOEGANG),
    Handeling.GESTAND_VERLENGEN: _aan("B.2.12; project default", _R.INKOPER),
    Handeling.AANHAAK_VASTLEGGEN: _aan("D gemeente-aanhaak: doet, controleert", _R.INKOPER, _R.JURIST),
    Handeling.AANHAAK_BESLUITEN: _aan("D gemeente-aanhaak: PH besluit; C.25", _R.GEMANDATEERDE),
    Handeling.VERLENGING_BESLUITEN: _aan("D verlenging/opzegging: PH besluit; C.22", _R.GEMANDATEERDE),
    Handeling.INDEX_BEREKENEN: _aan("D tarieven vaststellen: doet", _R.INKOPER, _R.FINANCIEN),
    # The college adopts; who records that is not who calculated (VIER_OGEN).
    Handeling.TARIEF_VASTSTELLEN: _aan("D tarieven vaststellen", _R.INKOPER, _R.JURIST, _R.FINANCIEN),
    Handeling.PERSOON_TOEVOEGEN: _aan("project default", _R.BEHEERDER, _R.SYSTEEM),
    Handeling.ACCOUNT_INSTELLEN: _aan("project default", _R.BEHEERDER, _R.SYSTEEM),
    # What a source says of somebody is worked in by the system; tying a name to a person is an act of people.
    Handeling.INLOG_KOPPELEN: _aan("project default", _R.BEHEERDER, _R.SYSTEEM),
    Handeling.INLOG_VERWERKEN: _aan("project default", _R.SYSTEEM),
    # A token lets a program act as a person: that somebody else gave it out must always be known.
    Handeling.TOKEN_UITGEVEN: _aan("project default", _R.BEHEERDER),
    Handeling.TOKEN_INTREKKEN: _aan("project default", _R.BEHEERDER),
    # Everybody sets the address of oneself; the service refuses somebody else's, except to who manages accounts.
    Handeling.POSTADRES_INSTELLEN: _aan("project default", *_R),
    # An address of one's own from which an agenda reads one's own tasks.
    Handeling.AGENDA_INSTELLEN: _aan("project default", *(rol for rol in _R if rol is not _R.SYSTEEM)),
    Handeling.POST_HERVATTEN: _aan("project default", _R.BEHEERDER),
    # Numbers about clients, never people; who they are stays with the gemeente and the provider.
    Handeling.DOORLOOP_VASTLEGGEN: _aan("B.6 zorgcontinuïteit; project default", _R.CONTRACTMANAGER),
    Handeling.OVERDRACHT_VASTLEGGEN: _aan("B.8 overdracht cliënten; project default", _R.CONTRACTMANAGER),
    Handeling.ARCHIEF_LEZEN: _aan("D dossier sluiten/vernietigen; column L", *_LEZERS),
    Handeling.DOSSIER_SLUITEN: _aan("D dossier sluiten: AR doet; C.30", _R.ARCHIVARIS),
    Handeling.BEWAARSLOT_ZETTEN: _aan("D dossier vernietigen: JU adviseert", _R.ARCHIVARIS, _R.JURIST),
    Handeling.ARCHIEFLIJST_VOORSTELLEN: _aan("D dossier vernietigen: AR doet", _R.ARCHIVARIS),
    # The second person; who proposed a list never approves it (VIER_OGEN).
    Handeling.ARCHIEFLIJST_GOEDKEUREN: _aan(
        "D dossier vernietigen: JU, CM adviseren; project default", _R.ARCHIVARIS, _R.JURIST, _R.CONTRACTMANAGER
    ),
    Handeling.ARCHIEFLIJST_UITVOEREN: _aan("D dossier vernietigen: AR doet", _R.ARCHIVARIS, _R.SYSTEEM),
    Handeling.FLOW_STARTEN: _aan("project default", _R.INKOPER, _R.CONTRACTMANAGER, _R.BEHEERDER, _R.SYSTEEM),
    # Checking the chain shows no contents, so whoever works with the log may check it.
    Handeling.AUDIT_CONTROLEREN: _aan("FE-10", *_LEZERS, _R.BEHEERDER),
    Handeling.AUDIT_LEZEN: _aan("D column AR; FE-10", _R.ARCHIVARIS, _R.BEHEERDER),
}
"""Which roles carry which act. An act that does not stand here is refused to everybody."""
