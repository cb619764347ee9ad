"""``skill-linking``: whether the skills that annotators found in a sentence are ranked first.

Every label of the set is ranked for each sentence that has one; RP@k and MRR as the set's
publications define them. A label that is not in the list (it happens) counts as never found. The
peer is TF-IDF over letters, the floor that the set's publications are compared with.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.linking.reranker import Reranker, Trees, train_reranker
from matching.linking.skill_features import COLUMNS, sentence_features
from matching.linking.skill_search import SkillSearch
from matching.linking.spaces import TextSpace
from training.benchmarks.skill_linking_set import Sentence, SentenceSet
from training.evaluation import DRAWS, SEED, bootstrap
from training.retrieval import r_precision, reciprocal_rank, relevant_ranks

Order = Callable[[str], Sequence[str]]

TREES = Trees(
    rounds=300, leaves=7, least_rows=20, penalty=5.0, columns_per_tree=0.4, rows_per_tree=0.7
)
FOLDS = 5
TEST, VALIDATION = "test", "validation"
_DECIMALS = 6
_PEER = "tfidf_letters"


def skill_linking(
    order: Order,
    given: SentenceSet,
    split: str,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, Any]:
    """Metrics of a linker on one split of a set, with 95% intervals over sentences.

    Parameters
    ----------
    order
        Labels for a sentence, the likeliest first.
    given
        The set.
    split
        ``test`` or ``validation``.
    draws, seed
        Of the bootstrap.

    Returns
    -------
    dict
        ``rp@5 rp@10 mrr`` with ``_low`` and ``_high`` over the sentences of all parts, and with
        the part's name before them over its own; the same of the peer under ``peers``; counts and
        the files' checksums.
    """
    peer = letters_order(given.labels)
    return {
        "benchmark": "skill-linking",
        "split": split,
        **_metrics(order, given.of_split(split), draws=draws, seed=seed),
        "peers": {_PEER: _metrics(peer, given.of_split(split), draws=draws, seed=seed)},
        "labels": len(given.labels),
        "sentences": {part: len(rows) for part, rows in given.of_split(split).items()},
        "draws": draws,
        "seed": seed,
        "files": dict(given.files),
    }


def letters_order(labels: Sequence[str]) -> Order:
    """The floor: TF-IDF over runs of two to five letters, each counted by its logarithm."""
    space = TextSpace.of_letters([label.lower() for label in labels], damped=True)

    def order(sentence: str) -> list[str]:
        scores = space.similarities([sentence.lower()])[0]
        return [labels[number] for number in np.argsort(-scores, kind="stable")]

    return order


@dataclass(frozen=True, eq=False)
class Question:
    """A sentence with its candidates (URIs), their features, and which of them are right."""

    text: str
    candidates: tuple[str, ...]
    rows: npt.NDArray[np.float32]
    right: npt.NDArray[np.bool_]


def questions(search: SkillSearch, sentences: Iterable[Sentence]) -> list[Question]:
    """Annotated sentences as a linker sees them; their labels are the skills' URIs here."""
    uris = [entry.uri for entry in search.forms.entries]
    found = []
    for sentence in sentences:
        numbers, rows = sentence_features(search, sentence.text)
        candidates = tuple(uris[number] for number in numbers)
        right = np.array([uri in sentence.labels for uri in candidates])
        found.append(Question(sentence.text, candidates, rows.astype(np.float32), right))
    return found


def learnt_from(asked: Iterable[Question], *, seed: int = 0) -> Reranker:
    """Learn to order the candidates of questions."""
    pairs = [(question.rows, question.right) for question in asked]
    return train_reranker(pairs, COLUMNS, trees=replace(TREES, seed=seed))


def cross_fitted(asked: Sequence[Question], *, folds: int = FOLDS) -> Order:
    """Order the candidates of each question by trees that did not learn from it."""
    orders: dict[str, list[str]] = {}
    for fold in range(folds):
        reranker = learnt_from(q for n, q in enumerate(asked) if n % folds != fold)
        for question in asked[fold::folds]:
            order = np.argsort(-reranker.predict(question.rows), kind="stable")
            orders[question.text] = [question.candidates[place] for place in order]
    return orders.__getitem__


def validation_metrics(
    order: Order, parts: Mapping[str, Sequence[Sentence]]
) -> Mapping[str, float]:
    """RP@5, RP@10 and MRR of an order, for a card."""
    return _metrics(order, parts, draws=DRAWS, seed=SEED)


def _metrics(
    order: Order, parts: Mapping[str, Sequence[Sentence]], *, draws: int, seed: int
) -> dict[str, float]:
    by_part = {part: _values(order, rows) for part, rows in parts.items()}
    names = ("rp@5", "rp@10", "mrr")
    groups = {"": {n: [v for part in by_part.values() for v in part[n]] for n in names}}
    groups |= {f"{part}_": values for part, values in by_part.items()}
    found: dict[str, float] = {}
    for prefix, values in groups.items():
        for name in names:
            estimate = bootstrap(values[name], draws=draws, seed=seed)
            found[f"{prefix}{name}"] = round(estimate.value, _DECIMALS)
            found[f"{prefix}{name}_low"] = round(estimate.low, _DECIMALS)
            found[f"{prefix}{name}_high"] = round(estimate.high, _DECIMALS)
    return found


def _values(order: Order, rows: Sequence[Sentence]) -> dict[str, list[float]]:
    values: dict[str, list[float]] = {"rp@5": [], "rp@10": [], "mrr": []}
    for row in rows:
        ranks, relevant = relevant_ranks(order(row.text), row.labels)
        values["rp@5"].append(r_precision(ranks, relevant=relevant, k=5))
        values["rp@10"].append(r_precision(ranks, relevant=relevant, k=10))
        values["mrr"].append(reciprocal_rank(ranks))
    return values
