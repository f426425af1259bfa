"""What kind of file this is, whatever its name says, and in which encoding its text was saved."""

from __future__ import annotations

import codecs
import re
import zipfile
from pathlib import Path

from routekaart.leveringen.lezen.tabel import OnleesbaarBestand

STUK = 1 << 20
ALS_CSV = "Bewaar het als CSV of Excel-bestand (.xlsx) en lees het opnieuw in."

AFBEELDING = "Dit is een afbeelding, geen tabel. Vraag de leverancier om een CSV- of Excel-bestand."

# the first bytes of files that people send by mistake, and what to say about them
MERKTEKENS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "Dit is een pdf, geen tabel. Vraag de leverancier om een CSV- of Excel-bestand."),
    (b"\x89PNG", AFBEELDING),
    (b"\xff\xd8\xff", AFBEELDING),
    (b"GIF8", AFBEELDING),
    (b"\xd0\xcf\x11\xe0", f"Dit is een oud Office-bestand of het is beveiligd met een wachtwoord. {ALS_CSV}"),
    (b"\x1f\x8b", "Dit bestand is ingepakt (gzip). Pak het eerst uit."),
    (b"7z\xbc\xaf", "Dit bestand is ingepakt (7-Zip). Pak het eerst uit."),
    (b"Rar!", "Dit bestand is ingepakt (RAR). Pak het eerst uit."),
    (b"SQLite format 3", f"Dit is een database, geen tabel. {ALS_CSV}"),
    (b"{\\rtf", f"Dit is een tekstdocument, geen tabel. {ALS_CSV}"),
)
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# of files that are a zip inside: how the name of a part begins, and what they are
INGEPAKT: tuple[tuple[str, str], ...] = (
    ("word/", "Dit is een Word-document, geen tabel."),
    ("ppt/", "Dit is een presentatie, geen tabel."),
    ("content.xml", "Dit is een bestand van LibreOffice of OpenOffice."),
)
# é, ö, ï, ı, ş as UTF-8 writes them: in Windows-1252 no word holds these two signs beside each other
DUIDELIJK_UTF8 = re.compile(rb"\xc3[\x80-\xbf]|\xc4[\x80-\xbf]|\xc5[\x80-\xbf]")


def herken_vorm(pad: Path) -> str:
    """`tekst`, `xlsx` or `parquet`. Raises OnleesbaarBestand for every other kind of file, and for an empty one."""
    try:
        with pad.open("rb") as bestand:
            begin = bestand.read(4096)
    except OSError as fout:
        raise OnleesbaarBestand(f"Dit bestand kan niet worden geopend ({fout.strerror}).") from None
    if not begin:
        raise OnleesbaarBestand("Dit bestand is leeg.")
    for merk, zin in MERKTEKENS:
        if begin.startswith(merk):
            raise OnleesbaarBestand(zin)
    if begin.startswith(b"PAR1"):
        return "parquet"
    if begin.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _vorm_van_zip(pad)
    if begin.startswith(UTF_32):
        raise OnleesbaarBestand("Dit bestand is bewaard als UTF-32. Bewaar het als CSV UTF-8 en lees het opnieuw in.")
    teken = begin.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if teken == b"<":
        raise OnleesbaarBestand(f"Dit is een webpagina of XML, geen tabel. {ALS_CSV}")
    if teken in {b"{", b"["}:
        raise OnleesbaarBestand("Dit is JSON, geen tabel. Vraag de leverancier om een CSV- of Excel-bestand.")
    return "tekst"


def _vorm_van_zip(pad: Path) -> str:
    try:
        with zipfile.ZipFile(pad) as ingepakt:
            namen = ingepakt.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        raise OnleesbaarBestand("Dit bestand is beschadigd. Vraag het opnieuw aan.") from None
    if "xl/workbook.xml" in namen:
        return "xlsx"
    if any(naam.startswith("xl/") for naam in namen):
        raise OnleesbaarBestand(f"Dit soort Excel-bestand lezen we niet. {ALS_CSV}")
    for deel, zin in INGEPAKT:
        if any(naam.startswith(deel) for naam in namen):
            raise OnleesbaarBestand(f"{zin} {ALS_CSV}")
    raise OnleesbaarBestand("Dit is een zip-bestand. Pak het eerst uit en lees de tabel die erin zit in.")


def herken_codering(pad: Path) -> str:
    """`utf-8-sig`, `cp1252` or, where the file begins by saying so, `utf-16`; reads the whole file once, in pieces.

    Raises OnleesbaarBestand for what is no text.
    """
    with pad.open("rb") as bestand:
        if bestand.read(2) in UTF_16:
            return _keur_utf_16(pad)
    utf8 = codecs.getincrementaldecoder("utf-8")()
    cp1252 = codecs.getincrementaldecoder("cp1252")()
    kan_utf8 = kan_cp1252 = True
    duidelijk_utf8 = False
    with pad.open("rb") as bestand:
        while stuk := bestand.read(STUK):
            if b"\0" in stuk:
                raise OnleesbaarBestand(f"Dit is geen tekst: er staan tekens in die daar niet in horen. {ALS_CSV}")
            kan_utf8 = kan_utf8 and _lukt(utf8, stuk)
            kan_cp1252 = kan_cp1252 and _lukt(cp1252, stuk)
            duidelijk_utf8 = duidelijk_utf8 or DUIDELIJK_UTF8.search(stuk) is not None
    if kan_utf8 and _lukt(utf8, b"", einde=True):
        return "utf-8-sig"
    if duidelijk_utf8:
        raise OnleesbaarBestand(
            "Dit bestand is beschadigd: het is deels UTF-8 en deels iets anders. "
            "Bewaar het opnieuw als CSV UTF-8 en lees het dan in."
        )
    if kan_cp1252:
        return "cp1252"
    raise OnleesbaarBestand("Dit bestand is geen leesbare tekst. Bewaar het als CSV UTF-8 en lees het opnieuw in.")


def _keur_utf_16(pad: Path) -> str:
    """Excel's 'Unicode-tekst'. Raises OnleesbaarBestand where it breaks off or holds a sign that text cannot have."""
    try:
        with pad.open(encoding="utf-16", newline="") as bestand:
            while stuk := bestand.read(STUK):
                if "\0" in stuk:
                    break
            else:
                return "utf-16"
    except UnicodeError:
        pass
    raise OnleesbaarBestand("Dit bestand is beschadigd. Bewaar het opnieuw als CSV UTF-8 en lees het dan in.")


def _lukt(decoder: codecs.IncrementalDecoder, stuk: bytes, *, einde: bool = False) -> bool:
    try:
        decoder.decode(stuk, einde)
    except UnicodeDecodeError:
        return False
    return True
