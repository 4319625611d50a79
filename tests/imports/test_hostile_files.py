"""Hostile files at the desk: each is refused with a clear message, and nothing of it is kept."""

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client, RequestFactory

from config.uploads import SizeLimitHandler
from imports.choosing import NotChosen, chosen_scheme
from imports.models import ImportBatch, ImportedRecord, ImportFile, ImportNote
from imports.reading import Unreadable, read_table
from tests.imports.tables import workbook_with

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

AT = "/admin/datasets/"
KEPT: tuple[type[Model], ...] = (ImportBatch, ImportFile, ImportNote, ImportedRecord)


def packed(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in parts.items():
            folder.writestr(name, content)
    return written.getvalue()


def of_many(number: int) -> bytes:
    return packed(**{f"f{one}": b"" for one in range(number)})


HEAD = b"title,country,date,body\n"
DOCTYPE = b'<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><t>&x;</t>'
FILES = {
    "nothing": (b"", "empty"),
    "a picture with a page in it": (b"\xff\xd8\xff\xfe\x00\x1b<script>alert(1)</script>", "picture"),
    "a script that is a picture": (b"GIF89a/*" + bytes(20) + b"*/=1;alert(1);//", "picture"),
    "pixels that are a bomb": (b"\x89PNG\r\n\x1a\n" + zlib.compress(bytes(10**6)), "picture"),
    "a packed bomb": (b"\x1f\x8b" + zlib.compress(bytes(10**6)), "packed"),
    "a folder that climbs out": (packed(**{"../../../tmp/evil.txt": b"x", "/abs.txt": b"x"}), "no workbook"),
    "many files": (of_many(2_000), "no workbook"),
    "a bomb": (packed(**{"xl/workbook.xml": bytes(50_000_000)}), "would unpack"),
    "a part that reads files": (packed(**{"[Content_Types].xml": DOCTYPE, "x": b"sheetData"}), "no workbook"),
    "a drawing with a script": (b"<svg onload='alert(1)'/>", "HTML, XML, SVG"),
    "deep JSON": (b"[" * 100_000, "JSON"),
    "broad JSON": (b'{"a": 1, "a": 2}', "JSON"),
    "two lines of names alike": (b"title,title\na,b\n", "same name"),
    "another encoding": ("title,place\nهدنة,x\n".encode("utf-16"), "zero bytes"),
    "two encodings": (HEAD + "هدنة,x,,\n".encode() + "é,x,,\n".encode("cp1252"), "others are not"),
    "a zero byte": (HEAD + b"a\x00b,Mali,,\n", "zero bytes"),
    "rows that reach too far": (HEAD + b"a\na,b,c,d,e,f\n", "6 cells"),
    "an open quotation": (HEAD + b'"a,Mali,2015-06-20,x\n' * 50, "closing quotation mark"),
    "a giant cell": (HEAD + b'"' + b"x" * 200_000 + b'",Mali,,\n', "longer than"),
    "many columns": (b",".join(b"c%d" % one for one in range(2_001)) + b"\n1\n", "2000 columns"),
    "a formula": (HEAD + b"=cmd|x,Mali,,\n", "Columns of PA-X are missing"),
    "a script": (HEAD + b"<script>alert(1)</script>,Mali,,\n", "Columns of PA-X are missing"),
}


@pytest.fixture
def desk(administrator: object, datasets: object) -> Client:
    """The desk of an administrator."""
    client = Client()
    client.force_login(administrator)
    return client


def send(desk: Client, content: bytes, language: str = "en") -> str:
    """What the desk answers to the file."""
    said = {"scheme": "pax", "file": SimpleUploadedFile("table.csv", content)}
    page = desk.post(f"/{language}{AT}", said)
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_and_nothing_of_it_is_kept(desk: Client, name: str) -> None:
    content, said = FILES[name]

    page = send(desk, content)

    assert said in page
    assert "<script>alert" not in page
    assert [one for one in KEPT if one._default_manager.exists()] == []


@pytest.mark.parametrize(
    "language, said", [("en", "larger than 1 MB"), ("ar", "1 ميغابايت"), ("fr", "1\u00a0Mo")]
)
def test_what_is_too_large_is_cut_off_and_said_in_the_language_of_the_desk(
    desk: Client, settings: object, language: str, said: str
) -> None:
    settings.MAX_IMPORT_MEGABYTES = 1  # type: ignore[attr-defined]

    page = send(desk, HEAD + b"a,b,c,d\n" * 200_000, language)

    assert said in page
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    "path, megabytes",
    [("/en/admin/datasets/", 9), ("/ar/admin/datasets/mappings/", 9), ("/en/admin/sources/", 8)],
)
def test_the_end_of_what_is_too_large_is_never_taken_in(
    rf: RequestFactory, settings: object, path: str, megabytes: int
) -> None:
    settings.MAX_IMPORT_MEGABYTES = 9  # type: ignore[attr-defined]
    handler = SizeLimitHandler(rf.post(path))

    assert handler.receive_data_chunk(b"a", megabytes * 2**20) == b"a"
    assert handler.receive_data_chunk(b"a", megabytes * 2**20 + 1) is None


def test_a_picture_may_be_less_than_a_dataset(desk: Client, settings: object) -> None:
    settings.MAX_IMPORT_MEGABYTES = 9  # type: ignore[attr-defined]

    assert "Columns of PA-X are missing" in send(desk, HEAD + b"a,b,c,d\n" * (8_500_000 // 8))


def locked(path: Path) -> None:
    """Mark each part of the workbook as enciphered with a password."""
    content = path.read_bytes()
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        parts = content.split(head)
        content = head.join([parts[0], *(part[: at - 4] + b"\x01" + part[at - 3 :] for part in parts[1:])])
    path.write_bytes(content)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def without_relations(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"xl/_rels/", b"xl/_away/"))


SHEET = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'


@pytest.mark.parametrize(
    "sheet, broken, said",
    [
        (SHEET, cut_off, "was cut off"),
        (SHEET, locked, "has a password"),
        (SHEET, without_relations, "a way that is not read"),
        (SHEET + "<row", None, "not well formed"),
    ],
)
def test_what_a_library_says_of_a_workbook_is_logged_and_the_reader_told_what_it_means(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, sheet: str, broken: Any, said: str
) -> None:
    caplog.set_level("INFO", "imports")
    path = workbook_with(tmp_path / "a.xlsx", sheet)
    if broken:
        broken(path)

    with pytest.raises(Unreadable, match=said) as refused:
        read_table(path)

    first: Any = refused.value
    while first.__cause__ is not None:
        first = first.__cause__
    assert str(first) not in str(refused.value)
    assert repr(first) in caplog.text


def test_where_a_mapping_is_no_toml_is_said_in_the_words_of_the_casebook(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, db: None
) -> None:
    caplog.set_level("INFO", "imports")
    file = tmp_path / "mine.toml"
    for rules, said in (
        ("a = 1\nb c", "line 2 is not valid TOML from character 3"),
        ("a =", "its end is not"),
    ):
        file.write_text(rules)
        with pytest.raises(NotChosen, match=said) as refused:
            chosen_scheme("csv", str(file))
        assert str(refused.value.__cause__) not in str(refused.value)
        assert str(refused.value.__cause__) in caplog.text
