"""``title-similarity``: whether the titles that mean similar work stand at the top of the list."""

from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.linking.spaces import Array
from matching.linking.title_similarity import TitleComparer
from training.benchmarks.ranked_titles import Metrics, metrics_of, ranked_values
from training.benchmarks.similar_titles_set import SimilarTitles
from training.evaluation import DRAWS, SEED


def title_similarity(
    comparer: TitleComparer, given: SimilarTitles, *, draws: int = DRAWS, seed: int = SEED
) -> dict[str, Any]:
    """Metrics of the order of all titles of a set for each of its queries, with 95% intervals.

    Parameters
    ----------
    comparer
        What is measured; it learns nothing from the set but how rare runs of letters are.
    given
        The set.
    draws, seed
        Of the bootstrap over queries.

    Returns
    -------
    dict
        ``mrr map s@1 s@5 s@10 rp@5 rp@10`` with ``_low``, ``_high`` and the standard error
        ``_se``; the same of the ``peers``; counts and checksums.
    """
    titles, queries = list(given.documents.values()), list(given.queries.values())
    peers = {
        "tfidf_letters": TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)),
        "tfidf_words": TfidfVectorizer(),
    }

    def measured(scores: Array) -> dict[str, float]:
        return metrics_of(_values(given, scores), draws=draws, seed=seed)

    return {
        "benchmark": "title-similarity",
        **measured(comparer.compare(queries, titles)),
        "peers": {name: measured(_cosine(peer, queries, titles)) for name, peer in peers.items()},
        "language": comparer.linker.labels.language,
        "meanings": {meaning.name: meaning.weight for meaning in comparer.meanings},
        "occupations": len(comparer.linker.uris),
        "titles": len(titles),
        "queries": len(queries),
        "unannotated": given.unannotated,
        "draws": draws,
        "seed": seed,
        "files": dict(given.files),
    }


def _values(given: SimilarTitles, scores: Array) -> Metrics:
    orders = (np.argsort(-row, kind="stable") for row in scores)
    relevant = [given.relevant[query] for query in given.queries]
    return ranked_values(orders, tuple(given.documents), relevant)


def _cosine(vectorizer: TfidfVectorizer, queries: list[str], titles: list[str]) -> Array:
    vectors = vectorizer.fit_transform(titles)
    return np.asarray((vectorizer.transform(queries) @ vectors.T).toarray(), dtype=np.float32)
