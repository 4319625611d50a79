"""What a CSV file is, in a file beside it: CSV on the Web (https://www.w3.org/TR/tabular-metadata/)."""

from collections.abc import Sequence
from typing import Any

from exchange.columns import BOOLEAN, MOMENT, Column


def of_csv(address: str, about: dict[str, Any], columns: Sequence[Column]) -> dict[str, Any]:
    """The description of the CSV at the address."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": about["language"]}],
        "url": address,
        "dc:title": about["title"],
        "dc:license": {"@id": about["licence_address"]},
        "dc:modified": {"@value": about["asked_at"], "@type": "xsd:dateTime"},
        "dc:source": {"@id": about["page"]},
        "notes": [about],
        "dialect": {"encoding": "utf-8", "header": True, "quoteChar": '"', "doubleQuote": True},
        "tableSchema": {"columns": [_described(one) for one in columns], "primaryKey": "id"},
    }


def _described(column: Column) -> dict[str, Any]:
    types: dict[str, Any] = {MOMENT: "dateTime", BOOLEAN: {"base": "boolean", "format": "true|false"}}
    described = {
        "name": column.name,
        "titles": [column.name],
        "dc:title": column.label,
        "datatype": types.get(column.type, column.type),
        "required": column.name == "id",
    }
    return {**described, "dc:description": str(column.help)} if column.help else described
