"""Limits, terms and norms of a region: dated records, with a national default."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from routekaart.basis.models import Parameter


@dataclass(frozen=True)
class Standaard:
    """The default of one setting, with its unit or shape and where it comes from."""

    waarde: Any
    wat: str
    bron: str


STANDAARD: dict[str, Standaard] = {
    "oppaktermijn_werkdagen": Standaard(5, "Werkdagen waarbinnen een melding wordt opgepakt", "000 §2.1; MEL-16"),
    "bovengrens": Standaard(
        None, "Eigen leeftijdsgrens van de regio, leeg is de wettelijke", "000 Doelgroepen; DGR-10"
    ),
    "baan_telt": Standaard(True, "Telt een baan mee bij de doelgroep?", "000 Doelgroepen; DGR-05"),
    "baan_uren": Standaard(12, "Uren per week vanaf wanneer werk meetelt", "000 Regionaal programma c"),
    "nazorg_maanden": Standaard(
        [1, 3, 6], "Maanden na afsluiten waarop de nazorg een moment heeft", "000 §4.2; NAZ-05"
    ),
    "toestemming_maanden": Standaard(12, "Maanden die een toestemming geldt", "PRV-02"),
    "terugkoppeling_weken": Standaard(4, "Weken tussen twee momenten van terugkoppeling", "000 §4.1; MON-01"),
    "verzuim_uren": Standaard(16, "Uren verzuim waarboven school meldt", "003 Verzuimaanpak; MEL-18"),
    "verzuim_weken": Standaard(4, "Opeenvolgende lesweken waarover de uren tellen", "003 Verzuimaanpak; MEL-18"),
    "verzuim_uren_hele_dag": Standaard(6, "Uren die een hele dag zonder uren telt voor de 16 uur", "eigen keuze"),
    "meldgedrag_werkdagen": Standaard(5, "Werkdagen waarbinnen school verzuim of uitval meldt", "000 §2.1; MEL-33"),
    "contactprotocol": Standaard("algemeen", "Protocol om contact te zoeken (inhoud/protocollen)", "000 §2.1; CON-01"),
    "eerste_week_contact_dagen": Standaard(7, "Dagen na de start waarbinnen er contact is", "002 §2.4; MON-07"),
    "jikp_school_maanden": Standaard(
        3, "JIKP: maanden dat school het eerst zelf probeert", "000 §3.2; JKP-05; eigen keuze"
    ),
    "signaal_thuiszitter_dagen": Standaard(28, "Dagen afwezig vanaf wanneer iemand thuiszitter is", "003; LPL-31"),
    "signaal_uitschrijving_dagen": Standaard(365, "Dagen terug dat we naar uitschrijvingen kijken", "eigen keuze"),
    "signaal_meldtermijn_dagen": Standaard(14, "Dagen die school heeft om een uitschrijving te melden", "eigen keuze"),
    "signaal_melding_vooraf_dagen": Standaard(
        92, "Dagen voor de uitval dat een melding van school al meetelt", "eigen keuze"
    ),
    "signaal_oud_vsv_maanden": Standaard(12, "Maanden waarna we een oud-vsv'er weer benaderen", "000 §3.2; OUD-01"),
    "signaal_werk_gestopt_dagen": Standaard(92, "Dagen terug dat we naar gestopt werk kijken", "eigen keuze"),
    "signaal_jib_aan": Standaard(True, "Werkt de regio met Jongeren in Beeld?", "000, 003; JIB-04"),
    "signaal_jib_van": Standaard(23, "Jongeren in Beeld: vanaf deze leeftijd", "003; JIB-01"),
    "signaal_jib_tot": Standaard(27, "Jongeren in Beeld: tot deze leeftijd", "003; JIB-01"),
    "signaal_leeftijd_vooraf_dagen": Standaard(0, "Dagen voor een leeftijdsgrens dat we al waarschuwen", "MON-09"),
    "signaal_patroon_weken": Standaard(12, "Weken waarover we naar patronen in verzuim kijken", "003; MON-10"),
    "signaal_patroon_keren": Standaard(3, "Keren verzuim vanaf wanneer het een patroon is", "003; MON-10"),
    "signaal_patroon_geoorloofd_dagen": Standaard(20, "Dagen geoorloofd verzuim dat een patroon is", "003; MON-10"),
    "screening_lijst_dagen": Standaard(
        30, "Dagen voor het einde van het schooljaar dat de uitstroomlijsten binnen zijn", "002 §2.3; SCR-01"
    ),
    "screening_antwoord_dagen": Standaard(14, "Dagen dat we wachten op antwoord op de enquête", "eigen keuze"),
    "screening_belpogingen": Standaard(3, "Keren bellen zonder gehoor voor we langsgaan", "002 §2.3; SCR-04"),
    "screening_huisbezoeken": Standaard(2, "Huisbezoeken zonder gehoor voor we een melding maken", "eigen keuze"),
    "screening_controle_dagen": Standaard(
        28, "Dagen waarna een aanmelding van na 1 oktober in de registratie moet staan", "eigen keuze"
    ),
    "signaal_rust_dagen": Standaard(365, "Dagen zonder signaal na een afgesloten werkproces", "eigen keuze"),
    "signaal_rust_dagen_plicht": Standaard(
        42, "Dagen zonder signaal na een afgesloten werkproces, voor wie naar school moet", "eigen keuze"
    ),
}


def parameters(regio_id: int, *, op: dt.date) -> dict[str, Any]:
    """All settings of the region as they hold on that day, by code. One query."""
    eigen = dict(Parameter.objects.filter(regio_id=regio_id).geldig_op(op).values_list("code", "waarde"))
    return {code: eigen.get(code, standaard.waarde) for code, standaard in STANDAARD.items()}
