"""Small tables with the heads and the dirt of the datasets; everything in them is made up."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import xlsxwriter

ETH_PRIO = {
    **{"cc": "990", "cf_id": "1", "uniq_id": "990001", "location": "Ruritania", "region": "1"},
    **{"ucdp_actor_id": "7001", "actor_name": "Government of Ruritania", "ucdp_acd_id": "4711"},
    **{"pax_id": "-1", "cf_dec_yr": "2001", "cf_dec_month": "3", "cf_dec_day": "4"},
    **{"cf_effect_yr": "2001", "cf_effect_month": "3", "cf_effect_day": "5", "side": "2", "partial": "0"},
    **{"written": "1", "p_humanitarian": "0", "p_peaceprocess": "1", "p_holiday": "0", "p_election": "0"},
    **{"p_other": "0", "ceasefire_class": "1", "ended": "2", "end_yr": "2001", "end_month": "6"},
    **{"end_day": "7"},
}
PAX = {
    **{
        "Con": "Ruritania/(Zenda)",
        "AgtId": "9001",
        "Ver": "10",
        "Agt": "Accord of Zenda",
        "Dat": "2001-03-04",
    },
    **{
        "Status": "Multiparty signed/agreed",
        "Stage": "Cea",
        "StageSub": "Ceas",
        "Part": "Rudolf, for the King",
    },
    **{"ThrdPart": "", "Loc1ISO": "RUR", "Loc2ISO": "", "Loc1GWNO": "990.0", "Loc2GWNO": ""},
    **{"UcdpCon": "4711", "UcdpAgr": "NA", "PamAgr": "", "Agtp": "Intra"},
}
UCDP = {
    **{"paid": "8001", "gwno": "990", "conflict_id": "4711", "actor_id": "7001, 7002"},
    **{
        "actor_name": "Government of Ruritania, Black Duke",
        "pa_name": "Zenda Accord",
        "pa_date": "2001-03-04",
    },
    **{"pa_type": "2", "txt": "1", "ended": "True", "duration": "2001-06-07", "pa_sign": "", "pa_3rd": ""},
}


def csv_of(path: Path, row: dict[str, str], *changes: dict[str, str], encoding: str = "utf-8") -> Path:
    """The file with the row once for each of the changes to it; without any, once."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=[*row], lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, **change} for change in changes or ({},))
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def workbook_of(path: Path, rows: list[list[Any]]) -> Path:
    """The rows as a workbook; a text that begins with = is a formula."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    return path


def workbook_with(path: Path, sheet: str, *, texts: str = "", at: str = "worksheets/sheet1.xml") -> Path:
    """A workbook whose first sheet, and whose list of shared texts, are written as given."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = '<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets>'
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{packages}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{book}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}"><Relationship Id="rId1" Type="{office}/worksheet" Target="{at}"/></Relationships>',
        f"xl/{at}": f'<worksheet xmlns="{main}" xmlns:x="{main}"><sheetData>{sheet}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{texts}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path
