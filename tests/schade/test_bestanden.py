"""Files made to bring a machine down: refused with a sentence, soon, and without eating memory. Real processes."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

MB = 1 << 20
HEEL_VEEL = 1200 * MB
BESCHADIGD = "beschadigd"
TE_GROOT = "uitgepakt te groot"

LEZER = """
import json, sys, time
from pathlib import Path
from routekaart.leveringen.lezen import OnleesbaarBestand, lees
begin, zin, rijen = time.monotonic(), "", 0
try:
    for rij in lees(Path(sys.argv[1])).rijen():
        rijen += 1
except OnleesbaarBestand as fout:
    zin = str(fout)
# not ru_maxrss: that begins with the memory of the process that started this one
top = next(int(regel.split()[1]) for regel in open("/proc/self/status") if regel.startswith("VmHWM")) // 1024
print(json.dumps({"zin": zin, "rijen": rijen, "mb": top, "seconden": time.monotonic() - begin}))
"""

WERKBOEK = {
    "[Content_Types].xml": """<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
<Override PartName="/xl/sharedStrings.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>""",
    "_rels/.rels": """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>
</Relationships>""",
    "xl/_rels/workbook.xml.rels": """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Target="sharedStrings.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>""",
    "xl/workbook.xml": """<?xml version="1.0"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
<sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/sharedStrings.xml": """<?xml version="1.0"?>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>bsn</t></si></sst>""",
}
BEGIN = """<?xml version="1.0"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c></row>"""
EINDE = "</sheetData></worksheet>"
GROEI = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lang lang lang lang">%s]>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&e9;</t></si></sst>""" % "".join(  # noqa: UP031
    f'<!ENTITY e{n} "{f"&{chr(101)}{n - 1};" * 10 if n else "&a;" * 10}">' for n in range(10)
)


def schrijf(pad: Path, delen: dict[str, str], *, vulling: tuple[str, int] | None = None) -> Path:
    """A workbook of these parts; `vulling` makes one of them so many bytes longer, all spaces."""
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as ingepakt:
        for naam, deel in ({"xl/worksheets/sheet1.xml": BEGIN + EINDE} | WERKBOEK | delen).items():
            with ingepakt.open(naam, "w", force_zip64=True) as doel:
                kop, staart = (deel[: -len(EINDE)], deel[-len(EINDE) :]) if deel.endswith(EINDE) else (deel, "")
                doel.write(kop.encode())
                if vulling and vulling[0] == naam:
                    for _ in range(vulling[1] // MB):
                        doel.write(b" " * MB)
                doel.write(staart.encode())
    return pad


def lieg(pad: Path, naam: str, grootte: int) -> None:
    """Lets the list of contents say that a part is small, as an attacker would."""
    inhoud = bytearray(pad.read_bytes())
    plek = inhoud.rfind(naam.encode())
    begin = inhoud.rfind(b"PK\x01\x02", 0, plek)
    struct.pack_into("<I", inhoud, begin + 24, grootte)
    pad.write_bytes(inhoud)


def lees(pad: Path) -> dict[str, Any]:
    """Reads the file in a process of its own and says what it took."""
    klaar = subprocess.run(
        [sys.executable, "-c", LEZER, str(pad)], capture_output=True, text=True, check=False, timeout=120
    )
    assert klaar.returncode == 0, klaar.stderr
    gelezen: dict[str, Any] = json.loads(klaar.stdout)
    return gelezen


def test_een_gewoon_werkboek_van_dezelfde_maat_wordt_gelezen(tmp_path: Path) -> None:
    """So that what is refused below is refused for what it does, not for how it was made."""
    rij = '<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c></row>'
    uitkomst = lees(schrijf(tmp_path / "goed.xlsx", {"xl/worksheets/sheet1.xml": BEGIN + rij + EINDE}))
    assert (uitkomst["zin"], uitkomst["rijen"]) == ("", 1)


@pytest.mark.parametrize("deel", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/media/plaatje.png"])
def test_een_zipbom_wordt_geweigerd_zonder_uit_te_pakken(tmp_path: Path, deel: str) -> None:
    bom = schrijf(tmp_path / "bom.xlsx", {deel: WERKBOEK.get(deel, BEGIN + EINDE)}, vulling=(deel, HEEL_VEEL))
    assert bom.stat().st_size < 20 * MB
    uitkomst = lees(bom)
    assert TE_GROOT in uitkomst["zin"]
    assert uitkomst["mb"] < 150 and uitkomst["seconden"] < 5


@pytest.mark.parametrize("deel", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_een_zipbom_die_over_haar_grootte_liegt_wordt_geweigerd(tmp_path: Path, deel: str) -> None:
    bom = schrijf(tmp_path / "bom.xlsx", {deel: WERKBOEK.get(deel, BEGIN + EINDE)}, vulling=(deel, HEEL_VEEL))
    lieg(bom, deel, 5000)
    uitkomst = lees(bom)
    assert BESCHADIGD in uitkomst["zin"]
    assert uitkomst["mb"] < 150 and uitkomst["seconden"] < 20


def test_tekst_die_zichzelf_vermenigvuldigt_wordt_geweigerd(tmp_path: Path) -> None:
    uitkomst = lees(schrijf(tmp_path / "groei.xlsx", {"xl/sharedStrings.xml": GROEI}))
    assert BESCHADIGD in uitkomst["zin"]
    assert uitkomst["mb"] < 150 and uitkomst["seconden"] < 20


@pytest.mark.parametrize("nummer", ["99999999999", "1048577"])
def test_een_rij_die_zegt_ver_weg_te_staan_houdt_niets_op(tmp_path: Path, nummer: str) -> None:
    rij = f'<row r="{nummer}"><c r="A{nummer}" t="s"><v>0</v></c></row>'
    uitkomst = lees(schrijf(tmp_path / "ver.xlsx", {"xl/worksheets/sheet1.xml": BEGIN + rij + EINDE}))
    assert BESCHADIGD in uitkomst["zin"]
    assert uitkomst["mb"] < 150 and uitkomst["seconden"] < 60
