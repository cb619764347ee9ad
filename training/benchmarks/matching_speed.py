"""How fast labels are found in texts, and misspelt phrases linked, beside the tools of the field.

All systems run in one process on one core, one after the other in every round, so that what else
the machine does strikes all alike. What counts are ratios: a round's time of a peer by the
product's, the median over rounds. Times are those of the process, set-up is left out, and the
garbage collector is told that what was built stays, for all systems alike.
"""

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rapidfuzz import fuzz, process

from matching.extraction.container import write_arrays
from matching.extraction.kernels import compiled_kernels
from matching.extraction.matcher import Matcher, matcher_of
from matching.extraction.phrases import Claim, Phrases, compiled, text_arrays
from matching.linking.fuzzy import CUTOFF, fuzzy_index
from matching.normalisation import Normaliser, plain
from training.benchmarks.speed_load import loaded_elsewhere
from training.benchmarks.speed_material import Document, noisy_phrases

Spans = Callable[[str], set[tuple[int, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A way to find labels: what is timed, and the same with the places of what it finds."""

    name: str
    run: Callable[[str], object]
    spans: Spans


def matching_speed(
    labels: Sequence[str], documents: Sequence[Document], *, rounds: int
) -> Mapping[str, Any]:
    """Texts per second of the product and of spaCy's two matchers, and what each finds.

    Parameters
    ----------
    labels
        What is looked for.
    documents
        Where; the first are read once before anything is timed.
    rounds
        How often every system reads all of them.
    """
    normaliser = Normaliser()
    phrases = label_phrases(labels, normaliser)
    systems = [*_own(normaliser, phrases), *_spacy(labels)]
    for system in systems:
        for document in documents[: len(documents) // 5 + 1]:
            system.run(document.text)
    texts = [document.text for document in documents]
    times = _rounds({system.name: _over(system.run, texts) for system in systems}, rounds)
    own = systems[0].name
    return {
        "systems": {
            system.name: {
                "texts_per_second": round(len(texts) / statistics.median(times[system.name]), 1),
                **_planted_found(system.spans, documents),
            }
            for system in systems
        },
        "ratios": {system.name: _ratio(times[system.name], times[own]) for system in systems[1:]},
        "loading": _loading(phrases),
    }


def linking_speed(
    labels: Sequence[str], *, phrases: int, compared: int, rounds: int, seed: int
) -> Mapping[str, Any]:
    """Milliseconds per misspelt phrase and recall@1, beside ``process.extract`` of rapidfuzz.

    ``compared`` says how many of the ``phrases`` the slow peer is given in every round; recall is
    of both on the same phrases, those that the peer was given in any round.
    """
    begun = time.process_time()
    index = fuzzy_index(labels)
    built = time.process_time() - begun
    noisy = noisy_phrases(labels, count=phrases, seed=seed)

    def own(phrase: str) -> int:
        found = index.link(phrase)
        return found[0].label if found else -1

    def peer(phrase: str) -> int:
        found = process.extract(
            plain(phrase), index.texts, scorer=fuzz.ratio, score_cutoff=CUTOFF, limit=1
        )
        return found[0][2] if found else -1

    _freeze()
    ratios: list[float] = []
    milliseconds: list[float] = []
    hits = {"own": 0, "peer": 0}
    asked = 0
    for number in range(rounds):
        first = number * compared % max(1, len(noisy) - compared + 1)
        part = noisy[first : first + compared]
        slow, answers = _timed(peer, [phrase for _, phrase in part])
        quick, _ = _timed(own, [phrase for _, phrase in noisy])
        hits["peer"] += sum(found == label for found, (label, _) in zip(answers, part, strict=True))
        hits["own"] += sum(own(phrase) == label for label, phrase in part)
        asked += len(part)
        ratios.append((slow / len(part)) / (quick / len(noisy)))
        milliseconds.append(quick / len(noisy) * 1000)
    return {
        "milliseconds": round(statistics.median(milliseconds), 3),
        "ratio": _summary(ratios),
        "recall@1": hits["own"] / asked,
        "peer_recall@1": hits["peer"] / asked,
        "phrases": asked,
        "build_seconds": round(built, 3),
    }


def label_phrases(labels: Sequence[str], normaliser: Normaliser) -> Phrases:
    """The phrases of labels, each claimed by itself."""
    claims: dict[tuple[str, ...], tuple[Claim, ...]] = {}
    for label in labels:
        phrase = normaliser.phrase(label)
        if phrase:
            claims.setdefault(phrase, (Claim(f"urn:label:{label}", label),))
    return compiled(claims)


def _own(normaliser: Normaliser, phrases: Phrases) -> list[System]:
    kernels = compiled_kernels()
    plainly = matcher_of(normaliser, phrases, {}, "skill", kernels=None)
    systems = [_system("valoriamo_python", plainly)]
    if kernels is not None:
        fast = matcher_of(normaliser, phrases, {}, "skill", kernels=kernels)
        systems.insert(0, _system("valoriamo", fast))
    return systems


def _system(name: str, matcher: Matcher) -> System:
    return System(
        name=name,
        run=matcher.find,
        spans=lambda text: {(found.start, found.end) for found in matcher.find(text)},
    )


def _spacy(labels: Sequence[str]) -> list[System]:
    # Imported here: only this benchmark matches with spaCy.
    import spacy
    from spacy.matcher import PhraseMatcher

    systems: list[System] = []
    for name, attribute in (("spacy_lower", "LOWER"), ("spacy_lemma", "LEMMA")):
        language = spacy.blank("it")
        if attribute == "LEMMA":
            language.add_pipe("lemmatizer", config={"mode": "lookup"})
            language.initialize()
        matcher = PhraseMatcher(language.vocab, attr=attribute)
        matcher.add("label", list(language.pipe(labels)))

        def run(text: str, language: Any = language, matcher: Any = matcher) -> object:
            return matcher(language(text))

        def spans(
            text: str, language: Any = language, matcher: Any = matcher
        ) -> set[tuple[int, int]]:
            found = matcher(language(text), as_spans=True)
            return {(span.start_char, span.end_char) for span in found}

        systems.append(System(name=name, run=run, spans=spans))
    return systems


def _planted_found(spans: Spans, documents: Sequence[Document]) -> Mapping[str, float]:
    """Of the labels planted as they are, and of those inflected, the share with their places."""
    asked = {True: 0, False: 0}
    found = {True: 0, False: 0}
    for document in documents:
        places = spans(document.text)
        for one in document.planted:
            asked[one.inflected] += 1
            found[one.inflected] += (one.start, one.end) in places
    return {
        "found_as_written": round(found[False] / max(1, asked[False]), 3),
        "found_inflected": round(found[True] / max(1, asked[True]), 3),
    }


def _loading(phrases: Phrases) -> Mapping[str, float]:
    """Seconds and memory that an index of these phrases takes in a new process."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "index.labels"
        arrays = {
            **dict(text_arrays("vocabulary", phrases.vocabulary)),
            **dict(phrases.arrays("labels")),
        }
        write_arrays(path, arrays, seal="speed")
        return loaded_elsewhere(path, seal="speed")


def _over(run: Callable[[str], object], texts: Sequence[str]) -> Callable[[], None]:
    def every() -> None:
        for text in texts:
            run(text)

    return every


def _rounds(work: Mapping[str, Callable[[], None]], rounds: int) -> Mapping[str, list[float]]:
    _freeze()
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, every in work.items():
            begun = time.process_time()
            every()
            times[name].append(time.process_time() - begun)
    gc.unfreeze()
    return times


def _timed(ask: Callable[[str], int], phrases: Sequence[str]) -> tuple[float, list[int]]:
    begun = time.process_time()
    answers = [ask(phrase) for phrase in phrases]
    return time.process_time() - begun, answers


def _ratio(peer: Sequence[float], own: Sequence[float]) -> Mapping[str, float]:
    return _summary([one / other for one, other in zip(peer, own, strict=True)])


def _summary(ratios: Sequence[float]) -> Mapping[str, float]:
    return {
        "median": round(statistics.median(ratios), 1),
        "least": round(min(ratios), 1),
        "most": round(max(ratios), 1),
    }


def _freeze() -> None:
    gc.collect()
    gc.freeze()
