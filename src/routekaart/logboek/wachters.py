"""The triggers that keep the log append-only, for both databases."""

VAST = [
    "id",
    "moment",
    "soort",
    "code",
    "regio_id",
    "gebruiker_id",
    "rol",
    "doel",
    "jongere_id",
    "onderwerp",
    "verzoek",
    "inhoud_vinger",
    "vinger",
]

BOODSCHAP = "Het logboek is alleen om bij te schrijven"


def _anders(kolom: str, vendor: str) -> str:
    return f"OLD.{kolom} IS DISTINCT FROM NEW.{kolom}" if vendor == "postgresql" else f"OLD.{kolom} IS NOT NEW.{kolom}"


def _verboden(vendor: str) -> str:
    """When an update of a line is neither sealing nor erasing."""
    vast = " OR ".join(_anders(kolom, vendor) for kolom in VAST)
    inhoud = " OR ".join(f"({_anders(kolom, vendor)} AND NEW.{kolom} IS NOT NULL)" for kolom in ("inhoud", "zout"))
    zegel = f"({_anders('zegel_id', vendor)} AND OLD.zegel_id IS NOT NULL)"
    return f"{vast} OR {inhoud} OR {zegel}"


def opdrachten(vendor: str) -> list[str]:
    """The SQL that puts the triggers up."""
    if vendor == "postgresql":
        return [
            f"""CREATE OR REPLACE FUNCTION logboek_weiger() RETURNS trigger AS $$
                BEGIN RAISE EXCEPTION '{BOODSCHAP}'; END $$ LANGUAGE plpgsql""",
            """CREATE TRIGGER logregel_niet_weg BEFORE DELETE ON logboek_logregel
                FOR EACH ROW EXECUTE FUNCTION logboek_weiger()""",
            f"""CREATE TRIGGER logregel_niet_anders BEFORE UPDATE ON logboek_logregel
                FOR EACH ROW WHEN ({_verboden(vendor)}) EXECUTE FUNCTION logboek_weiger()""",
            """CREATE TRIGGER zegel_niet_weg BEFORE DELETE OR UPDATE ON logboek_zegel
                FOR EACH ROW EXECUTE FUNCTION logboek_weiger()""",
            """CREATE TRIGGER logregel_niet_leeg BEFORE TRUNCATE ON logboek_logregel
                FOR EACH STATEMENT EXECUTE FUNCTION logboek_weiger()""",
            """CREATE TRIGGER zegel_niet_leeg BEFORE TRUNCATE ON logboek_zegel
                FOR EACH STATEMENT EXECUTE FUNCTION logboek_weiger()""",
        ]
    weiger = f"BEGIN SELECT RAISE(ABORT, '{BOODSCHAP}'); END"
    return [
        f"CREATE TRIGGER logregel_niet_weg BEFORE DELETE ON logboek_logregel {weiger}",
        f"CREATE TRIGGER logregel_niet_anders BEFORE UPDATE ON logboek_logregel WHEN {_verboden(vendor)} {weiger}",
        f"CREATE TRIGGER zegel_niet_weg BEFORE DELETE ON logboek_zegel {weiger}",
        f"CREATE TRIGGER zegel_niet_anders BEFORE UPDATE ON logboek_zegel {weiger}",
    ]


def opruimen(vendor: str) -> list[str]:
    """The SQL that takes them down again (migrating back; emptying a test database)."""
    if vendor == "postgresql":
        return [
            "DROP TRIGGER IF EXISTS logregel_niet_weg ON logboek_logregel",
            "DROP TRIGGER IF EXISTS logregel_niet_anders ON logboek_logregel",
            "DROP TRIGGER IF EXISTS zegel_niet_weg ON logboek_zegel",
            "DROP TRIGGER IF EXISTS logregel_niet_leeg ON logboek_logregel",
            "DROP TRIGGER IF EXISTS zegel_niet_leeg ON logboek_zegel",
            "DROP FUNCTION IF EXISTS logboek_weiger()",
        ]
    namen = ("logregel_niet_weg", "logregel_niet_anders", "zegel_niet_weg", "zegel_niet_anders")
    return [f"DROP TRIGGER IF EXISTS {naam}" for naam in namen]
