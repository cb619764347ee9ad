"""Learn how sure a skill or a job is that a text names or tells, from annotated documents.

Rows are what the extractor names and proposes in each document (see
:mod:`matching.extraction.named_features`, :mod:`matching.extraction.loose_features` and
:mod:`matching.extraction.job_features`). What is named is right when the annotators found it in
the document; a proposal when they found it at that place, and one that they found elsewhere
teaches nothing. Jobs come first: skills are judged by the jobs around them, as sure as trees
hold them that did not see the document.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from matching.extraction import Extractor
from matching.extraction.gate import save_gate
from matching.extraction.job_features import COLUMNS as JOB_COLUMNS
from matching.extraction.job_features import JobCandidate
from matching.extraction.jobs import JOB_WEIGHTS, JobLinker, surest
from matching.extraction.lexis import Lexis
from matching.extraction.loose import NAMED_WEIGHTS, PHRASE_WEIGHTS, LooseLinker
from matching.extraction.loose_features import COLUMNS, Candidate
from matching.extraction.mentions import Reading
from matching.extraction.named_features import COLUMNS as NAMED_COLUMNS
from matching.linking.paraphrase_files import Forms
from matching.linking.tone import save_tone
from training.benchmarks.fitting import FOLDS, Rows, fitted
from training.benchmarks.gate_training import learned_gate
from training.benchmarks.italian_extraction_set import GoldDocument, RowKind, read_documents
from training.benchmarks.tone_training import learned_tone, sentences_of

# The parts of the project's own set that may be learned from.
LEARNED_FROM = ("dev", "train", "train2", "train3", "train4", "train5")
# The lexicon's forms were written with these at hand, so that what is named there is right more
# often than elsewhere: how sure a name is cannot be learned from them.
FORMS_SEEN = frozenset({"dev", "train"})
# Annotators and proposals rarely agree on where a phrase ends.
_NEAR = 15


@dataclass(frozen=True, slots=True)
class Examples:
    """What can be learned from one document: of skills named, and of skills proposed."""

    named: Rows
    proposed: Rows


def train_phrase_linker(
    extractor: Extractor,
    folders: Sequence[Path],
    out: Path,
    *,
    as_of: date,
    silent: Sequence[GoldDocument] = (),
    paraphrases: Forms | None = None,
) -> Mapping[str, Any]:
    """Learn from annotated documents and write the weights; the cards are returned.

    The extractor's own linkers, if it has any, have no part in what is learned from.

    Parameters
    ----------
    extractor
        Reads the documents.
    folders, silent
        Of annotated documents; and texts in which nothing may be found.
    out
        Where the weights go.
    as_of
        The day that open periods end.
    paraphrases
        Other ways to say skills, by slug.

    Raises
    ------
    InputError
        When a folder cannot be read.
    DataError
        When nothing in it is right, or everything.
    """
    documents: list[GoldDocument] = []
    unseen: list[bool] = []
    for folder in folders:
        read = read_documents(folder)
        documents += read
        unseen += [folder.name not in FORMS_SEEN] * len(read)
    if not any(unseen):
        unseen = [True] * len(unseen)
    documents += silent
    unseen += [True] * len(silent)
    card = {
        "learned_from": "annotated documents, by folder: "
        + ", ".join(folder.name for folder in folders)
        + f"; and {len(silent)} texts in which nothing may be found",
        "documents": len(documents),
        "lexicon": extractor.taxonomy.digest,
        "as_of": as_of.isoformat(),
    }
    linker = LooseLinker(
        Lexis(extractor.taxonomy, extractor.index.normaliser.phrase, paraphrases or {})
    )
    sentences = [sentences_of(extractor, document, as_of) for document in documents]
    save_tone(out, learned_tone(sentences), card)
    # Each document is read with a tone that did not learn from it.
    tones = [
        replace(
            linker, tone=learned_tone([s for n, s in enumerate(sentences) if n % FOLDS != fold])
        )
        for fold in range(FOLDS)
    ]
    toned = [tones[number % FOLDS] for number in range(len(documents))]
    if silent:
        purposes = [
            extractor.purpose_evidence(one, document.text, kind=document.kind, as_of=as_of)
            for one, document in zip(toned, documents, strict=True)
        ]
        real = len(documents) - len(silent)
        save_gate(out, learned_gate(purposes[:real], purposes[real:]), card)
    found = [
        extractor.job_evidence(JobLinker(one), document.text, kind=document.kind, as_of=as_of)
        for one, document in zip(toned, documents, strict=True)
    ]
    rows = [
        job_rows(document, candidates, shown=extractor.shown(document.text, document.kind).text)
        for document, candidates in zip(documents, found, strict=True)
    ]
    jobs = fitted(rows, JOB_COLUMNS)
    what = {"what": "which job a part of an Italian text is about; calibrated"}
    cards: dict[str, Any] = {JOB_WEIGHTS: jobs.save(out / JOB_WEIGHTS, {**card, **what})}
    held = [
        surest(zip(candidates, sure.tolist(), strict=True))
        for candidates, sure in zip(found, jobs.confidence, strict=True)
    ]
    learned = [
        examples(extractor, one, document, as_of=as_of, occupations=occupations)
        for one, document, occupations in zip(toned, documents, held, strict=True)
    ]
    return {**cards, **learn(learned, out, card=card, unseen=unseen)}


def examples(
    extractor: Extractor,
    linker: LooseLinker,
    document: GoldDocument,
    *,
    as_of: date,
    occupations: Mapping[str, float],
) -> Examples:
    """What the extractor names and proposes in a document, beside what was annotated.

    ``occupations`` are those of the document, with how sure each is.
    """
    found = extractor.evidence(
        linker, document.text, kind=document.kind, as_of=as_of, occupations=occupations
    )
    places = _places(document, RowKind.SKILL, found.reading.text)

    def is_right(candidate: Candidate) -> bool | None:
        annotated = places.get(candidate.uri)
        if annotated is None:
            return False
        return True if _is_near(found.reading, candidate, annotated) else None

    return Examples(
        named=Rows.of(
            [
                (signs, mention.claim.uri in places)
                for mention, signs in zip(found.named, found.named_signs, strict=True)
            ],
            len(NAMED_COLUMNS),
        ),
        proposed=Rows.of(
            [(candidate.signs, is_right(candidate)) for candidate in found.proposed],
            len(COLUMNS),
        ),
    )


def job_rows(document: GoldDocument, found: Iterable[JobCandidate], *, shown: str) -> Rows:
    """What the parts of a document, as it is ``shown``, could be about, beside annotations."""
    places = _places(document, RowKind.OCCUPATION, shown)

    def is_right(candidate: JobCandidate) -> bool | None:
        annotated = places.get(candidate.uri)
        if annotated is None:
            return False
        part = candidate.stretch
        here = any(part.start <= end and part.end >= start for start, end in annotated)
        return True if candidate.named or here else None

    return Rows.of(
        [(candidate.signs, is_right(candidate)) for candidate in found], len(JOB_COLUMNS)
    )


def learn(
    documents: Sequence[Examples],
    out: Path,
    *,
    card: Mapping[str, Any],
    unseen: Sequence[bool],
) -> Mapping[str, Any]:
    """Learn of skills from documents, and write weights and cards of both kinds.

    ``unseen`` says of which documents the lexicon's forms knew nothing.

    Raises
    ------
    DataError
        When nothing is right, or everything.
    """
    named = [one.named for one, new in zip(documents, unseen, strict=True) if new]
    proposed = [one.proposed for one in documents]
    return {
        NAMED_WEIGHTS: fitted(named, NAMED_COLUMNS).save(
            out / NAMED_WEIGHTS,
            {
                **card,
                "what": "whether a skill that an Italian text names is meant; calibrated, and "
                f"learned only from the {len(named)} documents that no form was written for",
            },
        ),
        PHRASE_WEIGHTS: fitted(proposed, COLUMNS).save(
            out / PHRASE_WEIGHTS,
            {**card, "what": "which skill Italian words mean that name none; calibrated"},
        ),
    }


def _places(document: GoldDocument, kind: RowKind, shown: str) -> dict[str, list[tuple[int, int]]]:
    """Where each concept was annotated; what no judge is shown has no place."""
    places: dict[str, list[tuple[int, int]]] = {}
    for row in document.of(kind):
        start = shown.find(row.evidence)
        for uri in row.accepted if start >= 0 else ():
            places.setdefault(uri, []).append((start, start + len(row.evidence)))
    return places


def _is_near(reading: Reading, candidate: Candidate, annotated: Sequence[tuple[int, int]]) -> bool:
    start, end = reading.tokens[candidate.first].start, reading.tokens[candidate.last].end
    return any(start <= last + _NEAR and end >= first - _NEAR for first, last in annotated)
