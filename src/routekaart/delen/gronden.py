"""On which grounds names leave the house, and how long a purpose may be (PRV-05, PRV-06)."""

GRONDSLAGEN = {
    "wettelijke-taak": "Wettelijke taak van het Doorstroompunt (WEB, art. 8.3.2)",
    "leerplicht": "Toezicht op de Leerplichtwet (art. 16)",
}
LANGSTE_DOEL = 200
