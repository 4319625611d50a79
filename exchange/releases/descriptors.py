"""What a release is, in the forms that archives and programs read."""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import override

from exchange import licence
from exchange.columns import BOOLEAN, INTEGER, MOMENT, Column
from exchange.listed_releases import TITLE
from exchange.releases.contents import LANGUAGE, TableOfRelease

if TYPE_CHECKING:
    from exchange.releases.writing import WrittenRelease

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
ABOUT = (
    "Ceasefires and reconstruction, with what was agreed, what was carried out, what was breached, and who "
    "says so. In a CSV file, a text that a spreadsheet would calculate has an apostrophe before it; the "
    "snapshots and the SQLite file have every text as it is. A date is as precise as it is known: a year, a "
    "month or a day."
)


def path_of(table: TableOfRelease) -> str:
    """Where the table lies in the folder."""
    return f"data/{table.name}.csv"


def datapackage(
    release: "WrittenRelease",
    written: list[tuple[TableOfRelease, int]],
    digests: dict[str, str],
    folder: Path,
) -> dict[str, Any]:
    """Data Package, version 2 (https://datapackage.org)."""
    return {
        "$schema": PROFILE,
        "name": "sulh",
        "id": f"{settings.SITE_URL}/#{release.head}",
        "title": TITLE,
        "description": f"{ABOUT} {licence.EXCEPT}",
        "homepage": settings.SITE_URL,
        "version": release.version,
        "created": release.published_at,
        "licenses": [{"name": licence.NAME, "title": licence.TITLE, "path": licence.URL}],
        "keywords": ["ceasefires", "peace agreements", "post-conflict reconstruction", "mediation"],
        "resources": [
            {
                "name": table.name,
                "title": table.title,
                "type": "table",
                "path": path_of(table),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": (folder / path_of(table)).stat().st_size,
                "hash": f"sha256:{digests[path_of(table)]}",
                "schema": _schema(table),
            }
            for table, _number in written
        ],
    }


def _schema(table: TableOfRelease) -> dict[str, Any]:
    with override(LANGUAGE):
        schema: dict[str, Any] = {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": ["id"],
            "missingValues": [""],
        }
    if table.points_to:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": to, "fields": ["id"]}}
            for column, to in table.points_to.items()
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    types = {MOMENT: "datetime", BOOLEAN: "boolean", INTEGER: "integer"}
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.label,
        "type": types.get(column.type, column.type),
    }
    if column.type == MOMENT:
        # With the fraction of a second and the distance from UTC.
        field["format"] = "any"
    if column.help:
        field["description"] = str(column.help)
    constraints: dict[str, Any] = {"required": True, "unique": True} if column.name == "id" else {}
    if column.codes:
        constraints["enum"] = [code for code in column.codes if code != ""]
    return {**field, "constraints": constraints} if constraints else field


def datacite(release: "WrittenRelease") -> dict[str, Any]:
    """DataCite's metadata (schema 4.6); whoever deposits it gets the DOI."""
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Casebook"},
        "titles": [{"title": TITLE, "lang": "en"}],
        "creators": [{"name": "Sulh", "nameType": "Organizational"}],
        "publisher": {"name": "Sulh"},
        "publicationYear": release.published_at[:4],
        "version": release.version,
        "url": settings.SITE_URL,
        "dates": [{"date": release.published_at[:10], "dateType": "Issued"}],
        "rightsList": [
            {
                "rights": licence.TITLE,
                "rightsUri": licence.URL,
                "rightsIdentifier": licence.NAME,
                "rightsIdentifierScheme": "SPDX",
            }
        ],
        "descriptions": [{"description": ABOUT, "descriptionType": "Abstract", "lang": "en"}],
        "alternateIdentifiers": [
            {
                "alternateIdentifier": release.head,
                "alternateIdentifierType": "Head of the chain of revisions",
            }
        ],
    }


def citation(release: "WrittenRelease") -> str:
    """CITATION.cff, version 1.2.0."""
    lines = {
        "cff-version": "1.2.0",
        "message": "Please cite the release that you used.",
        "type": "dataset",
        "title": TITLE,
        "version": release.version,
        "date-released": release.published_at[:10],
        "license": licence.NAME,
        "url": settings.SITE_URL,
    }
    head = "".join(f'{name}: "{value}"\n' for name, value in lines.items() if value)
    site = urlsplit(settings.SITE_URL).netloc
    identifier = f'identifiers:\n  - type: "other"\n    value: "{release.head}"\n'
    described = f'    description: "The head of the chain of revisions of {site}"\n'
    return f'{head}authors:\n  - name: "Sulh"\n{identifier}{described}'
