"""What programs put on the clipboard beside a plain text: tables as HTML, each in markup of its own."""

from collections.abc import Sequence

Rows = Sequence[Sequence[str]]

EXCEL = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"
xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=Generator content="Microsoft Excel 15"><style><!--table {{mso-displayed-decimal-separator:"\\.";}}
.xl65 {{mso-number-format:"d\\-mmm\\-yy";white-space:normal;}}--></style></head><body link="#0563C1" vlink="#954F72">
<table border=0 cellpadding=0 cellspacing=0 width=443 style='border-collapse:
 collapse;width:332pt'><!--StartFragment--><col width=64 style='width:48pt'>{rows}
<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=64 style='width:48pt'></td></tr><![endif]>
<!--EndFragment--></table></body></html>"""
LIBRE = """<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"><html><head>
<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/><style type="text/css">body,td {{ font-size:x-small }}</style>
</head><body><table cellspacing="0" border="0"><colgroup span="3" width="85"></colgroup>{rows}</table></body></html>"""
SHEETS = """<meta charset='utf-8'><google-sheets-html-origin><style type="text/css"><!--td {{border: 1px solid #ccc;}}--></style>
<table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" dir="ltr" border="1" data-sheets-root="1"
style="table-layout:fixed;font-size:10pt"><colgroup><col width="100"/></colgroup><tbody>{rows}</tbody></table>"""
WORD = """<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><style><!-- p.MsoNormal {{margin:0cm;}} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment--><p class=MsoNormal>Timeline of<br>
the truce<o:p></o:p></p><table class=MsoTableGrid border=1 style='border-collapse:collapse'>{rows}</table>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>"""
WEB = "<html><body><!--StartFragment--><table class='wikitable' style='margin:0'><tbody>{rows}</tbody></table><!--EndFragment--></body></html>"


def excel(rows: Rows) -> str:
    """A line break in a cell is a tag, and long lines of the source are broken."""
    return EXCEL.format(
        rows=_rows(
            rows,
            "<tr height=20 style='height:15.0pt'>",
            "<td height=20 class=xl65 align=right\n  width=64 style='mso-number-format:\"d > m\"'>",
            "</td>",
        )
    )


def libre(rows: Rows) -> str:
    """Fonts around each text."""
    return LIBRE.format(
        rows=_rows(
            rows, "<tr>", '<td height="17" align="left" valign=bottom><font face="Arial">', "</font></td>"
        )
    )


def sheets(rows: Rows) -> str:
    """Styles at each cell."""
    return SHEETS.format(
        rows=_rows(
            rows,
            '<tr style="height:21px;">',
            '<td style="overflow:hidden;padding:2px 3px;" data-sheets-value="{&quot;1&quot;:2}">',
            "</td>",
        )
    )


def word(rows: Rows) -> str:
    """A title above the table, and paragraphs in each cell."""
    return WORD.format(
        rows=_rows(
            rows,
            "<tr style='mso-yfti-irow:0'>",
            "<td width=200 valign=top style='width:150pt'><p class=MsoNormal>",
            "<o:p></o:p></p></td>",
        ).replace("<br>", "<o:p></o:p></p>\n<p class=MsoNormal>")
    )


def web(rows: Rows) -> str:
    """A cell may begin with attributes of its own, in braces."""
    return WEB.format(rows=_rows(rows, "<tr>\n", "<td>\n ", "\n</td>"))


def _rows(rows: Rows, begin: str, before: str, after: str) -> str:
    return "".join(
        f"{begin}{''.join(f'{_with(before, cell)}{_text(cell)}{after}' for cell in row)}</tr>" for row in rows
    )


def _with(before: str, cell: str) -> str:
    attributes = cell[1 : cell.index("}")] if cell.startswith("{") else ""
    return before.replace("<td", f"<td {attributes}".rstrip(), 1)


def _text(cell: str) -> str:
    text = cell[cell.index("}") + 1 :] if cell.startswith("{") else cell
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
