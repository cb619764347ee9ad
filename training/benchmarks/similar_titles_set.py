"""Titles with the titles that are like them: the layout of the job title similarity set.

``corpus_documents.tsv`` and ``<name>queries.tsv`` (id, title), ``<name>annotations.tsv`` (query,
0, document, 1), without headers; any may be gzipped. Deniz and others 2024 (*Combined Unsupervised
and Contrastive Learning for Multilingual Job Recommendation*).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.errors import InputError
from training.benchmarks.tables import digests, table_rows

_DOCUMENTS = re.compile(r"corpus_documents\.tsv(?:\.gz)?")
_QUERIES = re.compile(r".*queries\.tsv(?:\.gz)?")
_ANNOTATIONS = re.compile(r".*annotations\.tsv(?:\.gz)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarTitles:
    """Titles by id, the titles asked for with the ids of those like them, the files' SHA-256.

    ``unannotated`` counts titles asked for that nobody annotated, which are left out.
    """

    documents: Mapping[str, str]
    queries: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]
    unannotated: int
    files: Mapping[str, str]


def read_similar_titles(folder: Path) -> SimilarTitles:
    """Read the set in a folder.

    Raises
    ------
    InputError
        Naming the folder, or file and line: a table that is missing, a row without a field, an id
        that the set does not have, no annotation at all.
    """
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []

    def found(pattern: re.Pattern[str]) -> list[Path]:
        held = [folder / name for name in names if pattern.fullmatch(name)]
        if not held:
            raise InputError(
                f"{folder}: no set of similar titles; it needs corpus_documents.tsv, "
                "<name>queries.tsv and <name>annotations.tsv."
            )
        return held

    documents = dict(_pairs(found(_DOCUMENTS)))
    asked = dict(_pairs(found(_QUERIES)))
    relevant: dict[str, set[str]] = {query: set() for query in asked}
    for path in found(_ANNOTATIONS):
        for where, (query, _, document, grade) in table_rows(path, 4):
            if query not in relevant or document not in documents:
                raise InputError(f"{where}: {query!r} or {document!r} is not in the set.")
            if grade != "0":
                relevant[query].add(document)
    queries = {query: title for query, title in asked.items() if relevant[query]}
    if not queries:
        raise InputError(f"{folder}: no query has an annotation: there is nothing to measure.")
    return SimilarTitles(
        documents=documents,
        queries=queries,
        relevant={query: frozenset(relevant[query]) for query in queries},
        unannotated=len(asked) - len(queries),
        files=digests(found(_DOCUMENTS) + found(_QUERIES) + found(_ANNOTATIONS)),
    )


def _pairs(paths: list[Path]) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for path in paths for _, row in table_rows(path, 2)]
