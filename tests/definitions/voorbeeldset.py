"""A small criteria set as text, to break in one place at a time."""

SET = """\
titel: Proefset
wet: wmo
bron: proef
regios:
  - naam: de-streek
    bron: proef
    gebieden:
      - gemeente: Vught
criteria:
  - id: P-01
    titel: Certificaat
    eis: U heeft een certificaat.
    bron: proef
    groep: geschiktheidseis
    per: perceel
    alleen: alles
    toepassing: gezamenlijk
    momenten: [toelating]
    herstelbaar: bewijs_bestond_al
    motivering: Omdat kwaliteit telt.
    bewijs: Het certificaat.
    toets:
      soort: certificaat
      norm: HKZ
      gelijkwaardig: [ISO 9001]
      geldig_op: [sluiting, ingang]
      registerstatus_vereist: nee
      gelijkwaardigheidsvragen:
        - {id: v1, tekst: Is het onafhankelijk getoetst?}
  - id: P-02
    titel: Locatie
    eis: U heeft een locatie in de streek.
    bron: proef
    groep: minimumeis
    per: aanmelding
    alleen:
      kenmerken: [verblijf]
    toepassing: gezamenlijk
    momenten: [toelating, doorlopend]
    herstelbaar: nee
    motivering: Omdat nabijheid telt.
    bewijs: Een huurbewijs.
    toets:
      soort: een_van
      delen:
        - soort: locatie
          functie: verblijf
          regio: de-streek
          peilmoment: ingang
        - soort: getal
          grootheid: plaatsen
          minimum: 2
          peilmoment: sluiting
"""
