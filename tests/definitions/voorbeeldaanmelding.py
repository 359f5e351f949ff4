"""A small application of a combination as text, to break in one place at a time."""

AANMELDING = """\
naam: Samen Sterk
percelen: [1A]
leden:
  - id: een
    rol: penvoerder
    naam: Stichting Een
    rechtsvorm: stichting
    kvk: "90000201"
    adres: Dorpsstraat 1
    postcode: 5261 AA
    plaats: Vught
    email: een@voorbeeld.example
    tekenbevoegde: {naam: A. Een, functie: bestuurder, wijze: alleen}
  - id: twee
    rol: lid
    naam: Twee B.V.
    rechtsvorm: bv
    kvk: "90000202"
    adres: Dorpsstraat 2
    postcode: 5261 AA
    plaats: Vught
    email: twee@voorbeeld.example
    tekenbevoegde: {naam: B. Twee, functie: directeur, wijze: gezamenlijk}
bewijsstukken:
  - bestand: uittreksel.pdf
    omschrijving: Uittreksel
    lid: twee
    feiten:
      - soort: document
        document: kvk-uittreksel
        datum: 2020-02-20
      - soort: verklaring
        verklaring: uea
        datum: 2020-03-01
        ondertekend: ja
        voorbehoud: nee
  - bestand: ervaring.pdf
    omschrijving: Ervaring van allen samen
    feiten:
      - {soort: ervaring, product: IB-basis, clienten: 3, van: 2018-01-01, tot: 2019-12-31}
"""
