"""``occupation-linking``: whether the occupation that a job title means is ranked first.

The forms of the set are ranked, no others. The linker orders concepts; the name of each of the
first concepts comes first, then all their other forms, so that one concept with many forms does
not fill the first places. A title in one language asked of forms in another is linked by the
labels that the imported taxonomy has in its own language. The linker learns nothing from the set;
``cross_fit`` is a separate experiment, in which trees learn from four fifths of the queries.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.errors import InputError
from matching.linking.confidence import Confidence
from matching.linking.labels import Label, OccupationLabels, imported_labels, imported_places
from matching.linking.reranker import Trees, train_reranker
from matching.linking.title_features import COLUMNS, TitleFeatures
from matching.linking.titles import TitleLinker
from matching.taxonomy.esco import ImportedTaxonomy
from training.benchmarks.occupation_titles_set import Corpus, Query, TitleSet
from training.benchmarks.ranked_titles import Metrics, metrics_of, ranked_values
from training.evaluation import DRAWS, SEED

Order = npt.NDArray[np.int64]

TREES = Trees(rounds=100, leaves=8, learning_rate=0.05, least_rows=20, penalty=5.0)
FOLDS = 5
_NAMES_FIRST = 10
_AT_ONCE = 250


@dataclass(frozen=True, eq=False)
class Setup:
    """What is ranked, and what it is ranked by. ``resources`` says where the labels come from."""

    forms: tuple[Label, ...]
    ids: tuple[str, ...]
    linker: TitleLinker
    resources: tuple[str, ...]


def occupation_linking(
    given: TitleSet,
    imported: ImportedTaxonomy | None,
    confidence: Confidence,
    *,
    cross_fit: bool = False,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, Any]:
    """Metrics of the linker on a set of titles, with 95% intervals over titles.

    Parameters
    ----------
    given
        The set.
    imported
        The imported taxonomy; its occupations are ranked where the set brings no forms, and its
        ISCO-08 codes and labels help where it does.
    confidence
        Says how often a link is right; checked here, not used for the order.
    cross_fit
        Also let trees learn from four fifths of the titles and order the rest, five times.
    draws, seed
        Of the bootstrap; ``seed`` also of the folds.

    Returns
    -------
    dict
        ``mrr map s@1 s@5 s@10 rp@5 rp@10`` with ``_low``, ``_high`` and the standard error
        ``_se``; the same of the ``peers`` and, where asked, of ``cross_fit``. Of a further corpus
        with its language before the name.
    """
    report: dict[str, Any] = {"benchmark": "occupation-linking", "layout": given.layout}
    for corpus in given.corpora:
        own = corpus is given.corpora[0]
        setup = _setup(corpus, given.language, imported)
        found = _measured(corpus, setup, confidence, draws=draws, seed=seed)
        if cross_fit and own:
            found["cross_fit"] = metrics_of(
                _cross_fitted(corpus, setup, seed=seed), draws=draws, seed=seed
            )
        report |= found if own else {f"{corpus.language}_{name}": found[name] for name in found}
    return report | {
        "titles": len(given.corpora[0].queries),
        "unannotated": given.corpora[0].unannotated,
        "language": given.language,
        "folds": FOLDS if cross_fit else None,
        "draws": draws,
        "seed": seed,
        "files": dict(given.files),
    }


def _setup(corpus: Corpus, language: str, imported: ImportedTaxonomy | None) -> Setup:
    places = {} if imported is None else imported_places(imported)
    if corpus.forms:
        forms, ids = tuple(corpus.forms.values()), tuple(corpus.forms)
        resources = ["forms of the set"]
        labels = OccupationLabels(forms, corpus.language, places)
    else:
        everything = imported_labels(_needed(imported), language).labels
        occupations = tuple(label for label in everything if not places[label.uri].group)
        forms = tuple(label for label in occupations if label.preferred)
        ids = tuple(label.uri for label in forms)
        resources = ["imported occupations"]
        labels = OccupationLabels(occupations, language, places)
    if imported is not None:
        resources.append("imported ISCO-08 codes")
    if language != corpus.language:
        other = _in_language(forms, language, imported)
        if other is not None:
            labels = other
            resources.append(f"imported labels ({language})")
    return Setup(forms, ids, TitleLinker.of(labels), tuple(resources))


def _needed(imported: ImportedTaxonomy | None) -> ImportedTaxonomy:
    if imported is None:
        raise InputError(
            "This set brings no forms: what is ranked are the occupations of an imported taxonomy. "
            "Run valoriamo taxonomy import ARCHIVE... first."
        )
    return imported


def _in_language(
    forms: Sequence[Label], language: str, imported: ImportedTaxonomy | None
) -> OccupationLabels | None:
    """Return imported labels, in another language, of the concepts that the forms belong to."""
    if imported is None or language not in imported.languages:
        return None
    held = {form.uri for form in forms}
    labels = imported_labels(imported, language)
    same = tuple(label for label in labels.labels if label.uri in held)
    return OccupationLabels(same, language, labels.places) if same else None


def _measured(
    corpus: Corpus, setup: Setup, confidence: Confidence, *, draws: int, seed: int
) -> dict[str, Any]:
    ours, links = _linked(corpus.queries, setup, confidence)
    peers = {
        name: metrics_of(_peer(corpus.queries, setup, vectorizer), draws=draws, seed=seed)
        for name, vectorizer in (
            ("tfidf_letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5))),
            ("tfidf_words", TfidfVectorizer()),
        )
    }
    return {
        **metrics_of(ours, draws=draws, seed=seed),
        "peers": peers,
        "links": links,
        "candidates": len(setup.forms),
        "concepts": len({form.uri for form in setup.forms}),
        "resources": list(setup.resources),
    }


def _linked(
    queries: Sequence[Query], setup: Setup, confidence: Confidence
) -> tuple[Metrics, dict[str, float]]:
    """Return the metrics of the linker's order, and how the links it would give turn out."""
    uris_of = {form: label.uri for form, label in zip(setup.ids, setup.forms, strict=True)}
    expand = _Expansion.of(setup)
    orders, confident, right = [], [], []
    scores = setup.linker.scores([query.text for query in queries])
    for query, found in zip(queries, scores, strict=True):
        orders.append(expand.order(np.argsort(-found.total, kind="stable")))
        for link in setup.linker.linked(found, confidence=confidence, most=1):
            confident.append(link.confidence)
            right.append(link.uri in {uris_of.get(form) for form in query.relevant})
    links = {
        "answered": round(len(right) / len(queries), 6),
        "right": round(float(np.mean(right)), 6) if right else 0.0,
        "confidence": round(float(np.mean(confident)), 6) if confident else 0.0,
    }
    return ranked_values(orders, setup.ids, [query.relevant for query in queries]), links


@dataclass(frozen=True, eq=False)
class _Expansion:
    """From an order of the linker's concepts to an order of the forms that are ranked."""

    places: tuple[Order, ...]
    rest: Order

    @classmethod
    def of(cls, setup: Setup) -> "_Expansion":
        number = {uri: place for place, uri in enumerate(setup.linker.uris)}
        held: list[list[int]] = [[] for _ in setup.linker.uris]
        rest: list[int] = []
        for place, form in enumerate(setup.forms):
            concept = number.get(form.uri)
            (rest if concept is None else held[concept]).append(place)
        return cls(tuple(np.array(row, dtype=np.int64) for row in held), np.array(rest, np.int64))

    def order(self, concepts: Order) -> Order:
        """Names of the first concepts, the other forms of these, then concept by concept."""
        first = [self.places[concept] for concept in concepts[:_NAMES_FIRST].tolist()]
        later = [self.places[concept] for concept in concepts[_NAMES_FIRST:].tolist()]
        names = [row[:1] for row in first]
        return np.concatenate([*names, *(row[1:] for row in first), *later, self.rest])


def _peer(queries: Sequence[Query], setup: Setup, vectorizer: TfidfVectorizer) -> Metrics:
    """Return the metrics of the cosine of TF-IDF vectors, which sees nothing but the forms."""
    vectors = vectorizer.fit_transform([form.text for form in setup.forms])

    def orders() -> Iterator[Order]:
        for start in range(0, len(queries), _AT_ONCE):
            asked = vectorizer.transform([q.text for q in queries[start : start + _AT_ONCE]])
            for row in (asked @ vectors.T).toarray():
                yield np.argsort(-row, kind="stable")

    return ranked_values(orders(), setup.ids, [query.relevant for query in queries])


def _cross_fitted(corpus: Corpus, setup: Setup, *, seed: int) -> Metrics:
    """Return the metrics of orders by trees, none of which learned from the title they order."""
    queries, linker = corpus.queries, setup.linker
    uris_of: Mapping[str, str] = {form: label.uri for form, label in corpus.forms.items()}
    number = {uri: place for place, uri in enumerate(linker.uris)}
    described = list(TitleFeatures.of(linker).candidates([query.text for query in queries]))
    right = [
        np.isin(
            found.concepts,
            [number[uri] for form in query.relevant if (uri := uris_of.get(form, form)) in number],
        )
        for query, found in zip(queries, described, strict=True)
    ]
    fold = np.random.default_rng(seed).permutation(len(queries)) % FOLDS
    expand = _Expansion.of(setup)
    orders: dict[int, Order] = {}
    for part in range(FOLDS):
        learnt = [(described[n].rows, right[n]) for n in np.flatnonzero(fold != part)]
        reranker = train_reranker(learnt, COLUMNS, trees=TREES)
        for n in np.flatnonzero(fold == part).tolist():
            better = np.argsort(-reranker.predict(described[n].rows), kind="stable")
            first = described[n].concepts[better]
            others = np.setdiff1d(np.arange(len(linker.uris)), first)
            orders[n] = expand.order(np.concatenate([first, others]))
    return ranked_values(
        [orders[n] for n in range(len(queries))], setup.ids, [query.relevant for query in queries]
    )
