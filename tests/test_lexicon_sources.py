"""The shipped lexicon against the official tables: identifiers agree, nothing is copied."""

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from matching.domain import ConceptKind
from matching.normalisation import Normaliser
from matching.taxonomy import Taxonomy

NORMALISER = Normaliser()
# Three words and articles between them (addetto alla raccolta dei rifiuti) are anybody's.
OWN_WORDS = 4

# ESCO's archives have fields longer than the csv module allows by default.
csv.field_size_limit(10**8)


def esco_rows(shared: Path, name: str) -> Iterator[Mapping[str, str]]:
    archive = shared / "data/esco/v1.1.1/classification-en.csv.zip"
    with zipfile.ZipFile(archive) as opened:
        member = next(entry for entry in opened.namelist() if Path(entry).name == name)
        with opened.open(member) as raw:
            yield from csv.DictReader(io.TextIOWrapper(raw, "utf-8"))


@pytest.mark.shared_data
def test_every_esco_uri_exists_and_has_our_kind(taxonomy: Taxonomy, shared: Path) -> None:
    pillar = {row["conceptUri"]: "skill" for row in esco_rows(shared, "skills_en.csv")}
    pillar |= {row["conceptUri"]: "occupation" for row in esco_rows(shared, "occupations_en.csv")}
    pillar |= {
        row["conceptUri"]: "skill" for row in esco_rows(shared, "languageSkillsCollection_en.csv")
    }
    wrong = [
        (concept.slug, uri)
        for uri, concept in taxonomy.concepts.items()
        if uri.startswith("http")
        and pillar.get(uri) != ("occupation" if concept.kind is ConceptKind.OCCUPATION else "skill")
    ]
    assert wrong == []


@pytest.mark.shared_data
def test_isco_codes_are_those_of_esco(taxonomy: Taxonomy, shared: Path) -> None:
    group = {row["conceptUri"]: row["iscoGroup"] for row in esco_rows(shared, "occupations_en.csv")}
    wrong = [
        (concept.slug, concept.isco08, group[concept.uri])
        for concept in taxonomy.occupations
        if concept.uri in group and concept.isco08 != group[concept.uri]
    ]
    assert wrong == []


@pytest.mark.shared_data
def test_isco_codes_without_a_uri_exist(taxonomy: Taxonomy, shared: Path) -> None:
    path = shared / "data/esco/it/isco08_groups_it_v1.1.csv"
    with path.open(encoding="utf-8-sig", newline="") as raw:
        codes = {row["isco08"] for row in csv.DictReader(raw)}
    wrong = [(job.slug, job.isco08) for job in taxonomy.occupations if job.isco08 not in codes]
    assert wrong == []


@pytest.mark.shared_data
def test_no_long_label_is_copied_from_esco_or_the_public_dictionaries(
    taxonomy: Taxonomy, shared: Path
) -> None:
    theirs = {NORMALISER.phrase(text) for text in long_texts(shared)}
    copied = [
        (concept.slug, label)
        for concept in taxonomy.concepts.values()
        for labels in concept.labels.values()
        for label in labels
        if len(NORMALISER.phrase(label)) >= OWN_WORDS and NORMALISER.phrase(label) in theirs
    ]
    assert len(theirs) > 5000
    assert copied == []


def long_texts(shared: Path) -> Iterator[str]:
    """Texts of five words or more in the classifications that nothing may be copied from."""
    for text in published_texts(shared / "data", shared):
        if len(text.split()) >= 5:
            yield text


def published_texts(data: Path, shared: Path) -> Iterator[str]:
    labels = data / "esco/it/occupations_isco_labels_it_v1.0.8.csv.gz"
    with gzip.open(labels, "rt", encoding="utf-8-sig", newline="") as raw:
        yield from (row["label_it"] for row in csv.DictReader(raw) if row["is_preferred"] == "1")
    elements = data / "anpal_dizionari/dec_elementi.csv.gz"
    with gzip.open(elements, "rt", encoding="utf-8-sig", newline="") as raw:
        yield from (row["des_elemento"] for row in csv.DictReader(raw))
    skills = data / "anpal_dizionari/dec_competenze.csv"
    with skills.open(encoding="utf-8-sig", newline="") as raw:
        yield from (row["des_competenza"] for row in csv.DictReader(raw))
    for name in ("skills_en.csv", "occupations_en.csv"):
        for row in esco_rows(shared, name):
            yield row["preferredLabel"]
            yield from row["altLabels"].splitlines()
