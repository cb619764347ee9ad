"""The table of labels in a further language: one label a row, for concepts that are there.

Columns: ``conceptUri``; ``label`` with ``language``, or ``label_xx`` (``preferredLabel_xx``) where
*xx* is the language of the whole file; ``is_preferred`` (1 or 0). In a file without
``is_preferred`` every label is a preferred one. Other columns are left alone.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from matching.errors import TaxonomyError
from matching.taxonomy.esco.archives import Source
from matching.taxonomy.esco.classification import checked_uri
from matching.taxonomy.esco.relations import LeftOut
from matching.taxonomy.esco.rows import Row, clean, header, rows

LANGUAGE = re.compile(r"[a-z]{2}")
_NAMED = re.compile(r"(?:label|preferredLabel)_([a-z]{2})")
_FORM = "conceptUri, language, label, is_preferred"
_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})
# Made outside ESCO, often for another release: a few concepts may have come or gone since.
_UNKNOWN_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class ExtraLabels:
    """Labels of one language, by concept: the preferred one (or an empty text) and the others."""

    language: str
    preferred: dict[str, str] = field(default_factory=dict)
    others: dict[str, list[str]] = field(default_factory=dict)


def is_label_table(source: Source) -> bool:
    """Whether a file is a table of labels, by its columns."""
    names = header(source)
    return "conceptUri" in names and ("label" in names or bool(_named(source, names)))


def read_labels(
    source: Source, concepts: Container[str], *, skip_unknown: bool
) -> tuple[list[ExtraLabels], LeftOut]:
    """Read a table of labels.

    Labels of unknown concepts are left out and counted, as long as they are at most one in a
    hundred of the concepts in the file, or ``skip_unknown`` says so.

    Raises
    ------
    TaxonomyError
        For a missing column, an empty label, a language that is no code of two letters, two
        preferred labels of one concept, too many unknown concepts.
    """
    names = header(source)
    named = _named(source, names)
    if len(named) > 1:
        raise TaxonomyError(
            f"{source.where}: has labels in {len(named)} columns ({', '.join(named.values())}). "
            f"Give one label a row: {_FORM}."
        )
    column = next(iter(named.values()), "label")
    needed = ("conceptUri", column, *(() if named else ("language",)))
    all_preferred = "is_preferred" not in names
    found: dict[str, ExtraLabels] = {}
    left = LeftOut()
    first_lost: tuple[Row, str] | None = None
    known: set[str] = set()
    for row in rows(source, needed, ("is_preferred",)):
        uri = checked_uri(row, row.values[0])
        language = next(iter(named)) if named else row.values[2].strip()
        if not LANGUAGE.fullmatch(language):
            raise TaxonomyError(
                f"{row.where}: language {language!r} is no ISO 639-1 code such as it or ro."
            )
        label = clean(row.values[1])
        if not label:
            raise TaxonomyError(f"{row.where}: the label of {uri} is empty. Fill it in or drop it.")
        if uri not in concepts:
            left.rows[uri] += 1
            first_lost = first_lost or (row, uri)
            continue
        known.add(uri)
        labels = found.setdefault(language, ExtraLabels(language))
        _add(labels, row, uri, label, preferred=all_preferred or _flag(row))
    if first_lost and not skip_unknown:
        _refuse_many(first_lost, left, len(known))
    return list(found.values()), left


def _named(source: Source, names: Sequence[str]) -> dict[str, str]:
    """The language in the name of a column -> the column."""
    columns = [name for name in names if _NAMED.fullmatch(name)]
    first = next(rows(source, columns), None)
    # A column label_no counts labels, unless it holds Norwegian words.
    return {
        name[-2:]: name
        for number, name in enumerate(columns)
        if first is None or not first.values[number].strip().isdigit()
    }


def _flag(row: Row) -> bool:
    value = row.values[-1].strip().lower()
    if value not in _YES | _NO:
        raise TaxonomyError(
            f"{row.where}: is_preferred is {value!r}, not 1 (preferred) or 0 (alternative)."
        )
    return value in _YES


def _add(labels: ExtraLabels, row: Row, uri: str, label: str, *, preferred: bool) -> None:
    if not preferred:
        labels.others.setdefault(uri, []).append(label)
    elif labels.preferred.setdefault(uri, label) != label:
        raise TaxonomyError(
            f"{row.where}: {label!r} is a second preferred label of {uri}, after "
            f"{labels.preferred[uri]!r}. Mark one with is_preferred 0."
        )


def _refuse_many(first: tuple[Row, str], left: LeftOut, known: int) -> None:
    lost = len(left.rows)
    if lost > _UNKNOWN_SHARE * (known + lost):
        row, uri = first
        raise TaxonomyError(
            f"{row.where}: {uri} is no concept of the imported classification, and neither are "
            f"{lost - 1} others of the {known + lost} in this file. Give labels of the same "
            "release, or --skip-unknown to leave those out."
        )
