"""Small invented sets of job titles in the layouts that the benchmarks read."""

import csv
import gzip
import io
from pathlib import Path

from matching.linking.labels import Label
from tests.linking.trades import LABELS


def form_ids(language: str = "it") -> dict[str, Label]:
    """Forms of the invented trades by id, as published sets number them."""
    found = {}
    for number, (uri, texts) in enumerate(LABELS.items(), start=1):
        for place, text in enumerate(texts):
            found[f"C{number:06d}_{language}_{place:03d}"] = Label(uri, text, place == 0)
    return found


def write_melo(
    folder: Path, queries: dict[str, str], *, language: str = "it", gzipped: bool = False
) -> Path:
    """A set of titles, each with the URI it means, asked of the invented trades."""
    folder.mkdir(parents=True, exist_ok=True)
    forms = form_ids(language)
    ids = {text: f"Q{number:06d}" for number, text in enumerate(queries, start=1)}
    tables = {
        "dev_queries": [(ids[text], text) for text in queries],
        f"corpus_elements_{language}": [(form, label.text) for form, label in forms.items()],
        f"concept_mapping_{language}": [(form, label.uri) for form, label in forms.items()],
        f"dev_annotations_c_{language}": [
            (ids[text], "0", form, "1")
            for text, uri in queries.items()
            for form, label in forms.items()
            if label.uri == uri
        ],
    }
    for name, rows in tables.items():
        write_table(folder / f"{name}.tsv{'.gz' if gzipped else ''}", rows)
    return folder


def write_similar(folder: Path, alike: dict[str, list[str]], others: list[str]) -> Path:
    """Titles with those that are like them, among others; ids are the titles themselves."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = [*dict.fromkeys(title for titles in alike.values() for title in titles), *others]
    write_table(folder / "corpus_documents.tsv", [(title, title) for title in documents])
    write_table(folder / "dev_queries.tsv", [(title, title) for title in alike])
    write_table(
        folder / "dev_annotations.tsv",
        [(query, "0", title, "1") for query, titles in alike.items() for title in titles],
    )
    return folder


def write_vacancy_titles(folder: Path, rows: list[tuple[str, str]]) -> Path:
    """Vacancy titles with the URI of their occupation."""
    folder.mkdir(parents=True, exist_ok=True)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["", "vacancyTitle", "conceptUri"])
    writer.writerows([(str(n), *row) for n, row in enumerate(rows)])
    (folder / "titles_validation.csv.gz").write_bytes(gzip.compress(out.getvalue().encode()))
    return folder


def write_table(path: Path, rows: list[tuple[str, ...]]) -> None:
    """Rows with tabs between fields and no header, packed if the name says so."""
    text = "".join("\t".join(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
