"""``italian-extraction``: whether the right concepts are read in Italian texts, and no others.

A found concept is right if the annotators named it, by its exact URI; two that a row holds for
equally right are one finding. What the person only looks for is no occupation found. Documents
that are refused stay in, with nothing found. Intervals are over documents, which are drawn with
replacement, each with all its findings and rows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.domain import DocumentKind, Extraction
from matching.errors import DocumentError
from matching.profiles import main_occupation
from matching.service import Service
from training.benchmarks.italian_extraction_set import GoldDocument, GoldRow, GoldSet, RowKind
from training.evaluation import DRAWS, LEVEL, SEED, bootstrap

Array = npt.NDArray[np.float64]

_DECIMALS = 6
_PREFIX = {RowKind.SKILL: "", RowKind.OCCUPATION: "occupation_"}
_PER_DOCUMENT = ("precision", "recall", "f1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One document read: what was right, what was false, what was missed.

    ``found`` maps the URIs found to the words that proved each; ``main`` is whether the occupation
    that the product names first is one of the main ones, None where the document has none.
    """

    document: GoldDocument
    found: Mapping[RowKind, Mapping[str, tuple[str, ...]]]
    main: bool | None
    refused: bool = False

    def right(self, kind: RowKind) -> tuple[GoldRow, ...]:
        """The rows of which some URI was found."""
        return tuple(row for row in self.document.of(kind) if row.accepted & set(self.found[kind]))

    def missed(self, kind: RowKind) -> tuple[GoldRow, ...]:
        """The rows of which no URI was found."""
        return tuple(row for row in self.document.of(kind) if row not in self.right(kind))

    def false(self, kind: RowKind) -> tuple[str, ...]:
        """The URIs found that no row accepts."""
        accepted = {uri for row in self.document.of(kind) for uri in row.accepted}
        return tuple(uri for uri in self.found[kind] if uri not in accepted)

    def counts(self, kind: RowKind) -> tuple[int, int, int]:
        """How many are right, false and missed."""
        return len(self.right(kind)), len(self.false(kind)), len(self.missed(kind))


def outcomes(
    service: Service, documents: Iterable[GoldDocument], *, as_of: date
) -> tuple[Outcome, ...]:
    """What the product reads in each document, beside what is annotated."""
    return tuple(_outcome(service, document, as_of) for document in documents)


def italian_extraction(
    service: Service,
    gold: GoldSet,
    *,
    as_of: date,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, Any]:
    """Metrics of the product's extraction on a split of the set, with 95% intervals.

    Parameters
    ----------
    service
        The product.
    gold
        The split.
    as_of
        The day that open periods in the texts end.
    draws, seed
        Of the bootstrap over documents.

    Returns
    -------
    dict
        JSON values. ``precision recall f1`` of skills over all rows of all documents, the same of
        occupations as ``occupation_...``; ``occupation_hit@1``, the share of documents whose
        occupation named first is a main one; each with ``_low`` and ``_high``. ``outside_taxonomy``
        is the share of skill rows none of whose URIs the product knows, ``taxonomy_recall`` the
        recall of the others (and ``occupation_...``). ``by_kind`` holds means over the documents
        of each kind. ``boilerplate_skills`` and ``boilerplate_occupations`` count what was found
        where nothing may be, null without such texts. ``agreement`` compares two annotators,
        null where nobody read twice. Then counts, checksums, and what the run depended on. What
        is not defined is null.
    """
    read = outcomes(service, gold.documents, as_of=as_of)
    report: dict[str, Any] = {}
    for kind in RowKind:
        prefix = _PREFIX[kind]
        counts = np.array([outcome.counts(kind) for outcome in read], dtype=float)
        report |= _pooled(counts, prefix, draws=draws, seed=seed)
        report |= _by_taxonomy(read, kind, set(service.taxonomy.concepts))
    report |= _mean("occupation_hit@1", _hits(read), draws=draws, seed=seed)
    by_kind = {
        str(kind): _of_kind([one for one in read if one.document.kind is kind], draws, seed)
        for kind in DocumentKind
    }
    return report | {
        "by_kind": by_kind,
        **_boilerplate(service, gold.boilerplate, as_of),
        "agreement": agreement(gold.documents),
        "benchmark": "italian-extraction",
        "split": str(gold.split),
        "taxonomy": _taxonomy(service),
        "digest": service.taxonomy.digest,
        "concepts": {
            "skills": len(service.taxonomy.skills),
            "occupations": len(service.taxonomy.occupations),
        },
        "as_of": as_of.isoformat(),
        "documents": len(gold.documents),
        "rows": {str(kind): sum(len(d.of(kind)) for d in gold.documents) for kind in RowKind},
        "refused": sum(outcome.refused for outcome in read),
        "draws": draws,
        "seed": seed,
        "files": dict(gold.files),
    }


def agreement(documents: Iterable[GoldDocument]) -> dict[str, Any] | None:
    """How far two annotators agree, over the documents that both have read.

    ``f1`` is twice the share of rows in common: what each would get as a system against the
    other. There are no negatives to count (what nobody annotates has no number), and where they
    outnumber the rest, Cohen's kappa comes to this F1 (Hripcsak and Rothschild 2005, *Agreement,
    the F-measure, and reliability in information retrieval*, JAMIA 12). ``main`` is the share of
    documents for which the two name a main occupation in common.
    """
    pairs = [(one.rows, one.second) for one in documents if one.second is not None]
    if not pairs:
        return None
    found: dict[str, Any] = {"documents": len(pairs)}
    for kind in RowKind:
        shared = total = 0
        for first, second in pairs:
            one = [row for row in first if row.kind is kind]
            two = [row for row in second if row.kind is kind]
            shared += _agreed(one, two) + _agreed(two, one)
            total += len(one) + len(two)
        found[f"{_PREFIX[kind]}f1"] = round(shared / total, _DECIMALS) if total else None
    mains = [[[row for row in rows if row.main] for rows in pair] for pair in pairs]
    found["main"] = round(sum(_agreed(*pair) > 0 for pair in mains) / len(mains), _DECIMALS)
    return found


def _agreed(rows: Sequence[GoldRow], others: Sequence[GoldRow]) -> int:
    """Return how many rows have a row of the other annotator that accepts what they accept."""
    accepted = {uri for row in others for uri in row.accepted}
    return sum(bool(row.accepted & accepted) for row in rows)


def _outcome(service: Service, document: GoldDocument, as_of: date) -> Outcome:
    # A system that refuses what people can read has missed it all.
    try:
        extraction = service.extract(document.text, kind=document.kind, as_of=as_of)
    except DocumentError:
        extraction = Extraction(kind=document.kind, language="")
    mains = {uri for row in document.rows if row.main for uri in row.accepted}
    return Outcome(
        document=document,
        found={
            RowKind.SKILL: _evidence((m.uri, m.evidence) for m in extraction.skills),
            RowKind.OCCUPATION: _evidence(
                (m.uri, m.evidence) for m in extraction.occupations if not m.wanted
            ),
        },
        main=main_occupation(extraction, service.taxonomy) in mains if mains else None,
        refused=not extraction.language,
    )


def _evidence(mentions: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for uri, words in mentions:
        found[uri] = (*found.get(uri, ()), words)
    return found


def _hits(read: Sequence[Outcome]) -> Array:
    return np.array([np.nan if one.main is None else float(one.main) for one in read])


def _rates(counts: Array) -> dict[str, Array]:
    """Return precision, recall and F1 of rows of counts (right, false, missed); NaN undefined."""
    right, false, missed = np.moveaxis(counts, -1, 0)
    return {
        "precision": _share(right, right + false),
        "recall": _share(right, right + missed),
        "f1": _share(2 * right, 2 * right + false + missed),
    }


def _share(part: Array, whole: Array) -> Array:
    return part / np.where(whole > 0, whole, np.nan)


def _pooled(counts: Array, prefix: str, *, draws: int, seed: int) -> dict[str, float | None]:
    """Return rates over all documents together, with percentile intervals over documents."""
    picks = np.random.default_rng(seed).integers(len(counts), size=(draws, len(counts)))
    drawn = _rates(counts[picks].sum(axis=1))
    tail = (1.0 - LEVEL) / 2.0
    keys: dict[str, float | None] = {}
    for name, value in _rates(counts.sum(axis=0)).items():
        defined = drawn[name][~np.isnan(drawn[name])]
        low, high = np.quantile(defined, [tail, 1 - tail]) if len(defined) else (np.nan, np.nan)
        for end, number in (("", value), ("_low", low), ("_high", high)):
            keys[f"{prefix}{name}{end}"] = _number(number)
    return keys


def _mean(name: str, values: Array, *, draws: int, seed: int) -> dict[str, float | None]:
    if not len(values) or np.isnan(values).all():
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    estimate = bootstrap(values, draws=draws, seed=seed)
    return {
        name: _number(estimate.value),
        f"{name}_low": _number(estimate.low),
        f"{name}_high": _number(estimate.high),
    }


def _of_kind(read: Sequence[Outcome], draws: int, seed: int) -> dict[str, Any]:
    """Return means over the documents of one kind."""
    keys: dict[str, Any] = {"documents": len(read)}
    for kind in RowKind:
        counts = np.array([one.counts(kind) for one in read], dtype=float).reshape(-1, 3)
        for name, values in _rates(counts).items():
            keys |= _mean(f"{_PREFIX[kind]}{name}", values, draws=draws, seed=seed)
    return keys | _mean("occupation_hit@1", _hits(read), draws=draws, seed=seed)


def _by_taxonomy(
    read: Sequence[Outcome], kind: RowKind, known: set[str]
) -> dict[str, float | None]:
    rows = Counter(bool(row.accepted & known) for one in read for row in one.document.of(kind))
    right = sum(bool(row.accepted & known) for one in read for row in one.right(kind))
    prefix = _PREFIX[kind]
    return {
        f"{prefix}outside_taxonomy": _ratio(rows[False], rows.total()),
        f"{prefix}taxonomy_recall": _ratio(right, rows[True]),
    }


def _boilerplate(
    service: Service, texts: Sequence[GoldDocument] | None, as_of: date
) -> dict[str, int | None]:
    if texts is None:
        return {
            "boilerplate_texts": None,
            "boilerplate_skills": None,
            "boilerplate_occupations": None,
        }
    read = outcomes(service, texts, as_of=as_of)
    return {
        "boilerplate_texts": len(texts),
        "boilerplate_skills": sum(len(one.found[RowKind.SKILL]) for one in read),
        "boilerplate_occupations": sum(len(one.found[RowKind.OCCUPATION]) for one in read),
    }


def _taxonomy(service: Service) -> str:
    """Return what texts are read by, and in which languages beyond the lexicon's."""
    languages = ", ".join(service.extractor.tongues)
    return f"lexicon and imported taxonomy ({languages})" if languages else "lexicon"


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, _DECIMALS) if whole else None


def _number(value: Any) -> float | None:
    return None if np.isnan(value) else round(float(value), _DECIMALS)
