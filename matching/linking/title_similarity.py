"""How alike two job titles are, also when they share no word.

Two titles are near when they are written alike, and when they point to occupations that are
alike; how closely they point counts, so that a title the taxonomy does not know is judged by its
letters. Every title is first turned into the few occupations of a taxonomy that its words come
nearest to (explicit semantic analysis: Gabrilovich and Markovitch 2007, IJCAI, with occupations in
the place of encyclopaedia articles); occupations are alike when they have the unit group of
ISCO-08, the skills they need, or the words of their descriptions in common, as far as the taxonomy
says so. Descriptions and skills come through the concepts, so that those in one language serve
titles in another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from matching.linking.spaces import Array, TextSpace, cosines, latent_vectors
from matching.linking.titles import TitleLinker
from matching.linking.words import word_keys
from matching.taxonomy.esco import ImportedTaxonomy

# Chosen on the development half of the Italian title set, where their neighbourhood is flat.
_OCCUPATIONS, _SHARPNESS = 10, 4.0
_GROUP_WEIGHTS = {"unit group": (4, 0.3), "minor group": (3, 0.15)}  # digits of ISCO-08, weight
_SKILL_WEIGHT, _TEXT_WEIGHT = 0.45, 0.45
# Where a taxonomy has neither skills nor descriptions, occupations are alike when they are one.
_SAME_WEIGHT = 0.6
_OPTIONAL = 0.5


@dataclass(frozen=True, eq=False)
class Meaning:
    """One way in which occupations are alike: a vector for each concept of a linker."""

    name: str
    weight: float
    vectors: sparse.csr_matrix | Array


@dataclass(frozen=True, eq=False)
class TitleComparer:
    """Titles by their letters and by the occupations that they point to."""

    linker: TitleLinker
    meanings: tuple[Meaning, ...]

    def compare(self, titles: Sequence[str], others: Sequence[str]) -> Array:
        """How alike each title (rows) is to each of the others (columns); more is nearer.

        The letters count by how rare they are among ``others``.
        """
        language = self.linker.labels.language
        mine = [" ".join(word_keys(title, language)) for title in titles]
        theirs = [" ".join(word_keys(title, language)) for title in others]
        total = TextSpace.of_letters(theirs).similarities(mine)
        first, first_near = self.occupations(titles)
        second, second_near = self.occupations(others)
        known = np.outer(first_near, second_near)
        for meaning in self.meanings:
            alike = cosines(first @ meaning.vectors, second @ meaning.vectors)
            total = total + np.float32(meaning.weight) * known * alike
        return total

    def occupations(self, titles: Sequence[str]) -> tuple[sparse.csr_matrix, Array]:
        """The occupations each title comes nearest to, and how near the nearest one is.

        A row for each title, in which the nearest occupation has 1; nearness is in [0, 1].
        """
        rows, columns, values = [], [], []
        nearness = np.zeros(len(titles), dtype=np.float32)
        for row, scores in enumerate(self.linker.scores(titles)):
            size = min(_OCCUPATIONS, len(scores.closest))
            nearest = np.argpartition(-scores.closest, size - 1)[:size]
            best = nearness[row] = scores.closest[nearest].max()
            if best > 0:
                rows.append(np.full(size, row))
                columns.append(nearest)
                values.append((scores.closest[nearest] / best) ** _SHARPNESS)
        shape = (len(titles), len(self.linker.uris))
        if not rows:
            return sparse.csr_matrix(shape, dtype=np.float32), nearness
        table = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
        return sparse.csr_matrix(table, shape=shape, dtype=np.float32), nearness


def title_comparer(linker: TitleLinker, imported: ImportedTaxonomy | None = None) -> TitleComparer:
    """Compare titles by the occupations of a linker, and by what an import knows of them."""
    meanings = []
    for name, (digits, weight) in _GROUP_WEIGHTS.items():
        rows = [[code[:digits]] if len(code) >= digits else [] for code in linker.codes]
        # Groups have their own codes; where no occupation has one, they are no help.
        if any(row for row, group in zip(rows, linker.groups, strict=True) if not group):
            meanings.append(Meaning(name, weight, _columns(rows)))
    known = [] if imported is None else _imported_meanings(linker, imported)
    if not known:
        known = [
            Meaning(
                "same occupation", _SAME_WEIGHT, sparse.identity(len(linker.uris), format="csr")
            )
        ]
    return TitleComparer(linker, (*meanings, *known))


def _imported_meanings(linker: TitleLinker, imported: ImportedTaxonomy) -> list[Meaning]:
    numbers = [imported.number(uri) for uri in linker.uris]
    found = []
    needs = [_needs(imported, number) for number in numbers]
    if any(needs):
        skills = _columns([[str(skill) for skill, _ in row] for row in needs])
        skills.data = np.array([weight for _, weight in chain(*needs)], dtype=np.float32)
        found.append(Meaning("skills", _SKILL_WEIGHT, TfidfTransformer().fit_transform(skills)))
    for language in _described(imported):
        texts = [_text(imported, number, language) for number in numbers]
        if any(texts):
            vectors = latent_vectors(TextSpace.of_words(texts).vectors)
            found.append(Meaning(f"texts ({language})", _TEXT_WEIGHT, vectors))
            break
    return found


def _needs(imported: ImportedTaxonomy, number: int | None) -> list[tuple[int, float]]:
    if number is None:
        return []
    weights = dict.fromkeys(imported.optional[number].tolist(), _OPTIONAL)
    return list((weights | dict.fromkeys(imported.essential[number].tolist(), 1.0)).items())


def _described(imported: ImportedTaxonomy) -> list[str]:
    """Return languages by how many concepts they describe, the most first."""
    count = {
        language: sum(map(bool, imported.descriptions(language))) for language in imported.languages
    }
    return [
        language for language in sorted(count, key=lambda name: -count[name]) if count[language]
    ]


def _text(imported: ImportedTaxonomy, number: int | None, language: str) -> str:
    """Return labels and description of a concept as keys between blanks."""
    if number is None:
        return ""
    forms = imported.forms(language)
    texts = [forms.texts[place] for place in forms.range(number)]
    return " ".join(
        chain.from_iterable(
            word_keys(text, language) for text in (*texts, imported.descriptions(language)[number])
        )
    )


def _columns(rows: Sequence[Sequence[str]]) -> sparse.csr_matrix:
    """Return a matrix with a row for each list, and a column for each distinct name in them."""
    number = {name: place for place, name in enumerate(sorted(set(chain(*rows))))}
    starts = np.cumsum([0, *map(len, rows)])
    places = np.array([number[name] for name in chain(*rows)], dtype=np.int64)
    values: npt.NDArray[np.float32] = np.ones(len(places), dtype=np.float32)
    return sparse.csr_matrix((values, places, starts), shape=(len(rows), max(len(number), 1)))
