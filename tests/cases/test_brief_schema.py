"""The Word document of a brief is valid by the schemas of its format, and whole."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from tests.cases.test_briefs import PROMISED, a_case
from tests.factories import publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SCHEMAS = Path(__file__).parent / "vendor" / "ecma-376.zip"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OF_WORD = ("document", "styles", "settings", "numbering", "fontTable")


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("schemas")
    with zipfile.ZipFile(SCHEMAS) as held:
        held.extractall(folder)
    return lambda name: etree.XMLSchema(etree.parse(str(folder / f"{name}.xsd")))


def package(client: Client, language: str) -> zipfile.ZipFile:
    a_case()
    publish_case(slug="another", title_en="<Another> & “more”")
    answer = client.get(f"/{language}/brief.docx?case=a-truce&case=another&provision={PROMISED}")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.content))


def as_a_reader_of_the_standard(part: Any) -> Any:
    """Without what the part says may be passed over (ECMA-376, part 5)."""
    passed_over = [part.nsmap[one] for one in part.attrib.pop(f"{{{COMPATIBILITY}}}Ignorable", "").split()]
    for element in [*part.iter(etree.Element)]:
        if any(element.tag.startswith(f"{{{one}}}") for one in passed_over):
            element.getparent().remove(element)
            continue
        for name in [one for one in element.attrib if any(one.startswith(f"{{{of}}}") for of in passed_over)]:
            del element.attrib[name]
    return part


@pytest.mark.parametrize("language", ["en", "ar"])
def test_its_parts_are_valid(client: Client, schemas: Any, language: str) -> None:
    held, word = package(client, language), schemas("wml")

    for name in OF_WORD:
        part = as_a_reader_of_the_standard(etree.fromstring(held.read(f"word/{name}.xml")))
        assert word.validate(part), (name, [*word.error_log][:3])
    for name, schema in (("[Content_Types].xml", "opc-contentTypes"), *relationships(held)):
        of_package = schemas(schema)
        assert of_package.validate(etree.fromstring(held.read(name))), (name, [*of_package.error_log][:3])


def relationships(held: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    yield from ((name, "opc-relationships") for name in held.namelist() if name.endswith(".rels"))


def test_all_that_it_refers_to_is_there(client: Client) -> None:
    held = package(client, "fr")
    names, document = {*held.namelist()}, etree.fromstring(held.read("word/document.xml"))
    types = etree.fromstring(held.read("[Content_Types].xml"))

    ids = set()
    for name, _schema in relationships(held):
        folder = posixpath.dirname(posixpath.dirname(name))
        for one in etree.fromstring(held.read(name)):
            if name == "word/_rels/document.xml.rels":
                ids.add(one.get("Id"))
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, one.get("Target").lstrip("/")))
                assert target in names, (name, target)
    asked = {
        value
        for one in document.iter(etree.Element)
        for key, value in one.items()
        if key.startswith(RELATIONSHIPS)
    }
    assert asked
    assert asked <= ids
    endings = {one.get("Extension") for one in types if one.get("Extension")}
    named = {one.get("PartName", "").lstrip("/") for one in types}
    assert all(
        name in named or name.rpartition(".")[2] in endings for name in names - {"[Content_Types].xml"}
    )
    assert held.testzip() is None
