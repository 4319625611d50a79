"""Files are read whole or refused with a clear message, whatever is wrong with them."""

import zipfile
from pathlib import Path

import pytest

from imports.reading import MOST_IN_A_CELL, Unreadable, read_table
from imports.records import Record
from imports.values import written_date
from imports.vocabulary import Problem
from tests.imports.tables import PAX, csv_of, workbook_of, workbook_with


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content, encoding",
    [
        ("id,name\n1,Zürich\n".encode(), "utf-8-sig"),
        ("\ufeffid,name\n1,Zürich\n".encode(), "utf-8-sig"),
        ("id,name\n1,Zürich\n".encode("cp1252"), "cp1252"),
    ],
)
def test_encodings_are_told_apart(tmp_path, content, encoding):
    table = read_table(written(tmp_path / "a.csv", content))

    assert (table.encoding, table.columns, [*table.rows()]) == (
        encoding,
        ["id", "name"],
        [(2, ["1", "Zürich"])],
    )
    assert bool(table.notes) == (encoding == "cp1252")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_are_parted_by_what_parts_the_head(tmp_path, delimiter):
    content = "id,name\n1,a\n".replace(",", delimiter).encode()

    assert read_table(written(tmp_path / "a.csv", content)).columns == ["id", "name"]


def test_rows_keep_their_numbers_beside_empty_ones(tmp_path):
    table = read_table(written(tmp_path / "a.csv", b'id,name\n\n1,"two\nlines"\n,\n2,b\n'))

    assert [*table.rows()] == [(3, ["1", "two\nlines"]), (5, ["2", "b"])]


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "empty"),
        (b"id\n1\n", "one column"),
        (b"id:name\n1:a\n", "one column"),
        (b"id,name\n1,a\x00b\n", "zero bytes"),
        ("id,name\n1,a\n".encode("utf-16"), "zero bytes"),
        (b"id,name\n1,\x81\xff\xfe\n", "no encoding"),
        (b"id,id\n1,2\n", "same name"),
        (b"id,name\n1,a\n2\n", "cut off"),
        (b'id,name\n1,"a\n', "cut off"),
        (b"id,name\n1,a,b\n", "3 cells"),
        (b"id,name\n1," + b"a" * (MOST_IN_A_CELL + 1) + b"\n", "longer than"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "old kind"),
        (b"PK\x03\x04 and no workbook", "damaged"),
    ],
)
def test_a_damaged_file_is_refused_with_a_reason(tmp_path, content, said):
    with pytest.raises(Unreadable, match=said):
        read_table(written(tmp_path / "a", content))


def test_a_workbook_is_read_as_its_cells_are_shown(tmp_path):
    path = workbook_of(tmp_path / "a.xlsx", [["id", "name", "share"], [8001, "Zenda", 0.5], ["8002", "", ""]])

    assert [*read_table(path).rows()] == [(2, ["8001", "Zenda", "0.5"]), (3, ["8002", "", ""])]


def test_formulas_are_refused(tmp_path):
    path = workbook_of(tmp_path / "a.xlsx", [["id", "name"], [1, "=1+1"]])

    with pytest.raises(Unreadable, match="formulas"):
        read_table(path)


HEAD = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
TEXTS = "<si><t>id</t></si><si><t>name</t></si>"


@pytest.mark.parametrize(
    "formula", ["<f>1+1</f>", '<f t="array">1</f>', "<f\n>1+1</f>", "<f/>", "<x:f>1+1</x:f>", "<x:f\t/>"]
)
def test_a_formula_is_refused_however_it_is_written(tmp_path, formula):
    sheet = f'{HEAD}<row r="2"><c r="A2">{formula}<v>2</v></c></row>'

    with pytest.raises(Unreadable, match="formulas"):
        read_table(workbook_with(tmp_path / "a.xlsx", sheet, texts=TEXTS))


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="2"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="2"><x:c r="xfd1048576"><x:v>1</x:v></x:c></row>',
        '<row r="1048576"><c><v>1</v></c></row><row r="2"><c r="CV2"><v>1</v></c></row>',
    ],
)
@pytest.mark.parametrize("at", ["worksheets/sheet1.xml", "elsewhere.bin"])
def test_a_sheet_that_reaches_too_far_is_refused_before_there_is_room_for_it(tmp_path, monkeypatch, far, at):
    monkeypatch.setattr("imports.reading.CalamineWorkbook", None)

    with pytest.raises(Unreadable, match="more than 2000000 cells"):
        read_table(workbook_with(tmp_path / "a.xlsx", HEAD + far, texts=TEXTS, at=at))


def test_as_many_cells_as_are_allowed_are_read(tmp_path, monkeypatch):
    path = workbook_of(tmp_path / "a.xlsx", [["id", "name"], [1, "a"], [2, "b"]])
    monkeypatch.setattr("imports.sheets.MOST_CELLS", 6)
    assert read_table(path).size == 2

    monkeypatch.setattr("imports.sheets.MOST_CELLS", 5)
    with pytest.raises(Unreadable, match="more than 5 cells"):
        read_table(path)


def test_a_long_text_that_many_cells_show_is_not_written_for_each(tmp_path, monkeypatch):
    path = workbook_of(tmp_path / "a.xlsx", [["id", "name"], ["a" * 100, "a" * 100]])
    assert read_table(path).size == 1

    monkeypatch.setattr("imports.sheets.MOST_LETTERS", 200)
    with pytest.raises(Unreadable, match="would unpack"):
        read_table(path)


def test_cells_that_are_formatted_and_empty_reach_nowhere(tmp_path):
    far = '<row r="2"><c><v>7</v></c></row><row r="1048576"><c r="XFD1048576"/></row>'

    assert [*read_table(workbook_with(tmp_path / "a.xlsx", HEAD + far, texts=TEXTS)).rows()] == [
        (2, ["7", ""])
    ]


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="99999999999"><c r="A2"><v>1</v></c></row>',
        '<row r="2"><c r="A0"><v>1</v></c></row>',
        '<row r="2"><c r="A2"><row r="1"/><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>7</v></c></row>',
        '<row r="2"><c r="A2"><v>1</c></row>',
        '<row r="2"><y:c r="A2"><v>1</v></y:c></row>',
    ],
)
def test_a_sheet_that_breaks_its_own_rules_is_refused(tmp_path, sheet):
    with pytest.raises(Unreadable, match="damaged"):
        read_table(workbook_with(tmp_path / "a.xlsx", HEAD + sheet, texts=TEXTS))


def test_a_workbook_that_may_be_of_another_kind_is_refused(tmp_path):
    path = workbook_with(tmp_path / "a.xlsx", HEAD, texts=TEXTS)
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("content.xml", "<office/>")

    with pytest.raises(Unreadable, match="no workbook"):
        read_table(path)


def test_a_workbook_that_is_cut_off_is_refused(tmp_path):
    path = workbook_of(tmp_path / "a.xlsx", [["id", "name"], [1, "a"]])
    path.write_bytes(path.read_bytes()[:-200])

    with pytest.raises(Unreadable, match="damaged"):
        read_table(path)


def test_a_bomb_is_not_unpacked(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (64 * 2**20))

    with pytest.raises(Unreadable, match="would unpack to 64 MB"):
        read_table(path)


def test_a_bomb_within_its_ratio_is_not_unpacked_either(tmp_path, monkeypatch):
    path = workbook_of(tmp_path / "a.xlsx", [["id", "name"], [1, "a"]])
    assert read_table(path).size == 1
    monkeypatch.setattr("imports.reading.MOST_UNPACKED", path.stat().st_size)

    with pytest.raises(Unreadable, match="would unpack to"):
        read_table(path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entities_are_not_made_into_much(tmp_path, part):
    path, told = workbook_with(tmp_path / "a.xlsx", HEAD, texts=TEXTS), tmp_path / "told.xlsx"
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(told, "w") as again:
        for name in packed.namelist():
            laughs = b'<!DOCTYPE x [<!ENTITY a "lol">]>' if name == part else b""
            again.writestr(name, laughs + packed.read(name))
    assert read_table(path).columns == ["id", "name"]

    with pytest.raises(Unreadable, match="DOCTYPE"):
        read_table(told)


def test_a_folder_of_files_is_no_workbook(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("a.txt", "a")

    with pytest.raises(Unreadable, match="no workbook"):
        read_table(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    "typed, read, problem",
    [
        ("2001-03-04", "2001-03-04", None),
        ("04/03/2001", "2001-03-04", None),
        ("4.3.2001", "2001-03-04", None),
        ("2001-03", "2001-03", None),
        ("2001", "2001", None),
        ("-99", None, None),
        (".", None, None),
        ("NA", None, None),
        ("2020-06-31", None, Problem.NO_SUCH_DAY),
        ("13/13/2001", None, Problem.NO_SUCH_DAY),
        ("spring of 2001", None, Problem.NO_DATE),
        ("9" * 5000, None, Problem.NO_DATE),
    ],
)
def test_dates_are_read_at_their_precision_or_reported(typed, read, problem):
    record = Record("1", [2])

    assert written_date(record, "Dat", typed) == read
    assert [note.problem for note in record.notes] == ([problem] if problem else [])


def test_a_zero_that_a_workbook_spells_out_is_a_damaged_letter(tmp_path):
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = [cell.format("id") + cell.format("na_x0000_me"), cell.format("1_x0000_") + cell.format("b")]
    sheet = "".join(f'<row r="{number}">{cells}</row>' for number, cells in enumerate(rows, start=1))

    table = read_table(workbook_with(tmp_path / "a.xlsx", sheet))

    assert (table.columns, [*table.rows()]) == (["id", "na\ufffdme"], [(2, ["1\ufffd", "b"])])


def test_the_tables_of_these_tests_have_all_columns(tmp_path):
    assert read_table(csv_of(tmp_path / "a.csv", PAX)).columns == [*PAX]
