"""What extraction missed and what it found falsely, document by document: of the dev half only."""

from collections.abc import Iterator, Sequence
from typing import Any

from matching.taxonomy import Taxonomy
from training.benchmarks.italian_extraction import Outcome
from training.benchmarks.italian_extraction_set import GoldRow, RowKind


def errors(read: Sequence[Outcome], taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """Misses and false findings of each document, in the order of the set, with evidence.

    Each entry has ``document``, ``main`` (whether the occupation named first is a main one), and
    per kind ``missed`` and ``false``: lists of ``uri``, ``label`` (None outside the lexicon) and
    ``evidence``, which for a miss are the annotator's words and for a false finding the system's.
    """
    return [
        {
            "document": one.document.id,
            "main": one.main,
            **{
                str(kind): {
                    "missed": [_missed(row, taxonomy) for row in one.missed(kind)],
                    "false": list(_false(one, kind, taxonomy)),
                }
                for kind in RowKind
            },
        }
        for one in read
    ]


def _missed(row: GoldRow, taxonomy: Taxonomy) -> dict[str, Any]:
    known = [uri for uri in (row.uri, *sorted(row.accepted)) if uri in taxonomy.concepts]
    return {
        "uri": row.uri,
        "label": taxonomy.concepts[known[0]].label() if known else None,
        "evidence": [row.evidence],
    }


def _false(one: Outcome, kind: RowKind, taxonomy: Taxonomy) -> Iterator[dict[str, Any]]:
    for uri in one.false(kind):
        yield {
            "uri": uri,
            "label": taxonomy.concepts[uri].label(),
            "evidence": list(one.found[kind][uri]),
        }
