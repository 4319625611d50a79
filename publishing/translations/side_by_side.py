"""The texts of an entry in two languages side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from publishing import comparison
from publishing.fields.columns import language_of_column, stem
from publishing.languages import column_in, direction
from publishing.models import Revision
from publishing.models.entry import children_of, kinds
from publishing.snapshots import Change, Path, Snapshot, apply, conformed, content_columns, row_columns
from publishing.translations.staleness import Ages, source_of, texts_of, translation_status


@dataclass(frozen=True)
class Wording:
    """One text in its source language and in the language that it is translated into."""

    path: str
    group: str
    label: str
    column: Any
    source_language: str
    source: str
    wording: str
    translation_status: str
    # What changed in the source since the translation was made; empty if nothing did.
    segments: tuple[comparison.Segment, ...]

    @property
    def language(self) -> str:
        """The language of the segments."""
        return self.source_language

    @property
    def source_direction(self) -> str:
        """The direction of the source: "rtl" or "ltr"."""
        return direction(self.source_language)


def side_by_side(base: Revision, ages: Ages, language: str) -> list[Wording]:
    """Every text of the revision that is not empty in all languages, in the order of the desk's form.

    ages: those of the newest revision. language: the one to translate into; texts written in it are left out.
    """
    snapshot = conformed(base.snapshot)
    describer = comparison.Describer(base.entry.kind, snapshot)
    texts = texts_of(snapshot)
    earlier = _earlier(base, ages, language)
    # An older revision may have texts that were removed later.
    ages = {path: ages.get(path) or _zero_ages(wordings) for path, wordings in texts.items()}
    found = []
    for path, column, group in _columns(snapshot, language, describer):
        source, wordings = source_of(ages, path), texts[path]
        status = translation_status(ages, path, language)
        if source is None or source == language:
            continue
        old = earlier.get(ages[path].get(language, 0), {}).get(path, {}).get(source, "")
        has_changed = status == "stale" and old != wordings[source]
        found.append(
            Wording(
                path=path,
                group=group,
                label=capfirst(str(column.verbose_name)),
                column=column,
                source_language=source,
                source=wordings[source],
                wording=wordings[language],
                translation_status=status,
                segments=comparison.compare_texts(old, wordings[source]) if has_changed else (),
            )
        )
    return found


def _zero_ages(wordings: dict[str, str]) -> dict[str, int]:
    return {language: 0 for language, wording in wordings.items() if wording}


def _earlier(base: Revision, ages: Ages, language: str) -> dict[int, Any]:
    """The texts of each revision in which a stale translation was made, by number."""
    numbers = {
        ages_of_text[language]
        for path, ages_of_text in ages.items()
        if translation_status(ages, path, language) == "stale"
    }
    revisions = Revision.objects.filter(entry_id=base.entry_id, number__in=numbers)
    return {revision.number: texts_of(revision.snapshot) for revision in revisions.iterator(chunk_size=20)}


def _columns(
    snapshot: Snapshot, language: str, describer: comparison.Describer
) -> Iterator[tuple[str, Any, str]]:
    """For every text of the entry and its rows: its path, its column in the language, the name of the row."""
    kind = kinds()[snapshot["kind"]]
    for name, column in _texts_of_model(content_columns(kind), language):
        yield name, column, ""
    for model_name, model in children_of(kind).items():
        columns = [*_texts_of_model(row_columns(model), language)]
        rows = snapshot["rows"][model_name] if columns else {}
        for key in sorted(rows, key=lambda row_key: (rows[row_key]["position"], row_key)):
            row = Path(row_kind=model_name, key=key)
            for name, column in columns:
                yield str(row.at(name)), column, describer.label(row)


def _texts_of_model(columns: Any, language: str) -> Iterator[tuple[str, Any]]:
    for column in columns:
        if language_of_column(column) == language:
            yield stem(column), column


def texts_of_change(change: Change, language: str) -> list[str]:
    """The paths of the texts that the change words in the language; several where it adds a row."""
    if change.path.column:
        name = change.path.column
        is_text = name.endswith(f"_{language}")
        return [str(change.path.at(name.removesuffix(f"_{language}")))] if is_text else []
    row = change.new if isinstance(change.new, dict) else {}
    names = [name for name, value in row.items() if name.endswith(f"_{language}") and value]
    return [str(change.path.at(name.removesuffix(f"_{language}"))) for name in names]


def reworded(snapshot: Snapshot, language: str, wordings: dict[str, str]) -> Snapshot:
    """The snapshot with new wordings in the language; wordings: by path."""
    start = conformed(snapshot)
    changes = []
    for text, wording in wordings.items():
        path = Path.parse(text, start["rows"])
        changes.append(Change(path.at(column_in(language, path.column)), None, wording))
    return apply(changes, start)
