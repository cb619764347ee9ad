"""Titles with the occupations that they mean: the layouts of MELO and of JobBERT's titles.

``melo``
    ``<name>queries.tsv``, ``corpus_elements[_<language>].tsv`` and ``concept_mapping`` in the same
    form, ``<name>annotations[_c_<language>].tsv`` (query, 0, form, 1), without headers; any may be
    gzipped. Forms are what is ranked; several belong to one concept. Retyk and others 2024
    (*MELO: An Evaluation Benchmark for Multilingual Entity Linking of Occupations*).
``jobbert``
    ``titles_<name>.csv`` with ``vacancyTitle`` and ``conceptUri``, English; what is ranked are the
    occupations of the imported taxonomy. Decorte and others 2021 (*JobBERT*).
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.errors import InputError
from matching.linking.labels import Label
from training.benchmarks.tables import digests, file_text, table_rows

_TABLE = re.compile(
    r"(?P<what>.*queries|corpus_elements|concept_mapping|.*annotations)"
    r"(?:_c)?(?:_(?P<language>[a-z]{2}))?\.tsv(?:\.gz)?"
)
_TITLES = re.compile(r"titles(?:_\w+)?\.csv(?:\.gz)?")
_NAME = "_000"  # the first form of a concept is its preferred label


@dataclass(frozen=True, slots=True)
class Query:
    """A title, and the URIs or forms that it means."""

    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Forms to be ranked, by id, with the titles asked of them. Empty: the import's occupations.

    ``unannotated`` counts titles that nobody annotated, which are left out.
    """

    language: str
    forms: Mapping[str, Label]
    queries: tuple[Query, ...]
    unannotated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleSet:
    """Titles in one language and the corpora they are asked of, that language's own first."""

    layout: str
    language: str
    corpora: tuple[Corpus, ...]
    files: Mapping[str, str]


def read_titles(folder: Path) -> TitleSet:
    """Read the set in a folder, in whichever of the two layouts its files have.

    Raises
    ------
    InputError
        Naming the folder, or file and line: files of neither layout, a table without its other
        half, a row without a field, an id that the corpus does not have, no annotation
        at all.
    """
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    if any(_TITLES.fullmatch(name) for name in names):
        return _read_jobbert(folder, [name for name in names if _TITLES.fullmatch(name)])
    tables = {name: match for name in names if (match := _TABLE.fullmatch(name))}
    if not any(match["what"] == "corpus_elements" for match in tables.values()):
        raise InputError(
            f"{folder}: no set of job titles; it needs queries, annotations, corpus_elements and "
            "concept_mapping (.tsv or .tsv.gz), or titles_<name>.csv.gz."
        )
    return _read_melo(folder, tables)


def _read_melo(folder: Path, tables: Mapping[str, re.Match[str]]) -> TitleSet:
    texts: dict[str, str] = {}
    for name, match in tables.items():
        if match["what"].endswith("queries"):
            texts |= {row[0]: row[1] for _, row in table_rows(folder / name, 2)}
    corpora = [
        _corpus(folder, tables, texts, match["language"])
        for match in tables.values()
        if match["what"] == "corpus_elements"
    ]
    italian = any(corpus.language == "it" for corpus in corpora)
    language = "it" if italian else corpora[0].language
    return TitleSet(
        layout="melo",
        language=language,
        corpora=tuple(sorted(corpora, key=lambda corpus: corpus.language != language)),
        files=digests(folder / name for name in tables),
    )


def _corpus(
    folder: Path, tables: Mapping[str, re.Match[str]], texts: Mapping[str, str], suffix: str | None
) -> Corpus:
    def files(what: str) -> list[Path]:
        found = [
            folder / name
            for name, match in tables.items()
            if match["what"].endswith(what) and match["language"] == suffix
        ]
        if not found:
            raise InputError(f"{folder}: no table of {what} beside corpus_elements_{suffix}.")
        return found

    uris = {row[0]: row[1] for _, row in table_rows(files("concept_mapping")[0], 2)}
    forms: dict[str, Label] = {}
    for where, (form, text) in table_rows(files("corpus_elements")[0], 2):
        if form not in uris:
            raise InputError(f"{where}: form {form!r} has no concept in concept_mapping.")
        forms[form] = Label(uris[form], text, preferred=form.endswith(_NAME))
    if not forms:
        raise InputError(f"{folder}: corpus_elements is empty: there is nothing to rank.")
    relevant: dict[str, set[str]] = {}
    for path in files("annotations"):
        for where, (query, _, form, grade) in table_rows(path, 4):
            if query not in texts or form not in forms:
                raise InputError(f"{where}: {query!r} or {form!r} is not in the set.")
            if grade != "0":
                relevant.setdefault(query, set()).add(form)
    if not relevant:
        raise InputError(f"{folder}: no query has an annotation: there is nothing to measure.")
    first = next(iter(forms))
    return Corpus(
        # Ids are C000001_it_000, also where the file's own name has no language.
        language=suffix or (first.split("_")[1] if first.count("_") == 2 else "en"),
        forms=forms,
        queries=tuple(
            Query(text, frozenset(relevant[query]))
            for query, text in texts.items()
            if query in relevant
        ),
        unannotated=len(texts) - len(relevant),
    )


def _read_jobbert(folder: Path, names: list[str]) -> TitleSet:
    queries = []
    for name in names:
        reader = csv.DictReader(io.StringIO(file_text(folder / name), newline=""))
        if missing := {"vacancyTitle", "conceptUri"} - set(reader.fieldnames or ()):
            raise InputError(f"{folder / name}: the column {sorted(missing)[0]!r} is missing.")
        queries += [Query(row["vacancyTitle"], frozenset({row["conceptUri"]})) for row in reader]
    return TitleSet(
        layout="jobbert",
        language="en",
        corpora=(Corpus(language="en", forms={}, queries=tuple(queries)),),
        files=digests(folder / name for name in names),
    )
