"""Which dataset, mapping and source an import is of, by what was typed."""

import logging
import re
import tomllib
from pathlib import Path

from django.utils.text import slugify
from django.utils.translation import gettext as _

from imports.models import ImportBatch, Mapping
from imports.schemes import SCHEMES
from imports.schemes.kinds import Scheme
from imports.schemes.mapped import InvalidMapping, scheme_of
from imports.vocabulary import DatasetScheme
from sources.models import Source
from sources.vocabulary import SourceType

log = logging.getLogger(__name__)

# Where tomllib found the mistake.
AT = re.compile(r"line (\d+), column (\d+)")


class NotChosen(Exception):
    """What was typed names nothing that there is; says what to type."""


def chosen_scheme(name: str, mapping: str) -> tuple[Scheme, Mapping | None]:
    """The dataset; of another table, as its mapping says, which is stored or a file."""
    if name != DatasetScheme.CSV:
        return SCHEMES[name], None
    if not mapping:
        raise NotChosen(_("A table that is none of the known datasets needs a mapping."))
    stored = Mapping.objects.defer("sample").filter(name=mapping).first()
    try:
        rules = stored.rules if stored else Path(mapping).read_text(encoding="utf-8")
        return scheme_of(stored.name if stored else slugify(Path(mapping).stem), rules), stored
    except OSError as error:
        raise NotChosen(_("There is no mapping named %(name)s.") % {"name": mapping}) from error
    except InvalidMapping as error:
        raise NotChosen(_("The mapping is not understood: %(why)s") % {"why": error}) from error
    except UnicodeDecodeError as error:
        raise NotChosen(_("The mapping is not in UTF-8.")) from error
    except tomllib.TOMLDecodeError as error:
        raise NotChosen(_no_toml(str(error))) from error


def _no_toml(error: str) -> str:
    """Where the rules are no TOML; what the library says of it is logged."""
    log.info("a mapping is no TOML: %s", error)
    at = AT.search(error)
    if at is None:
        return _("The mapping is not understood: its end is not valid TOML.")
    where = {"row": int(at[1]), "column": int(at[2])}
    return (
        _("The mapping is not understood: line %(row)d is not valid TOML from character %(column)d on.")
        % where
    )


def chosen_source(scheme: Scheme, release: str, slug: str = "") -> Source:
    """The published source that claims cite: that of the address, of the release, or the only one."""
    datasets = Source.objects.published().filter(source_type=SourceType.DATASET)
    if slug:
        found = [*datasets.filter(slug=slug)]
    else:
        found = [*datasets.filter(slug__startswith=scheme.sources).order_by("slug")] if scheme.sources else []
        of_release = [one for one in found if one.slug.endswith(release.replace(".", "-").lower())]
        found = of_release if release and of_release else found
    if len(found) == 1:
        return found[0]
    named = ", ".join(one.slug for one in found) or "—"
    raise NotChosen(
        _(
            "Publish the dataset as a source first, and name its address here. "
            "Sources that it might be: %(names)s."
        )
        % {"names": slug or named}
    )


def scheme_of_batch(batch: ImportBatch) -> Scheme:
    """The dataset of a batch that was begun."""
    name = Mapping.objects.filter(importbatch=batch).values_list("name", flat=True).first()
    return chosen_scheme(batch.scheme, name or "")[0]
