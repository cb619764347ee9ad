"""The index of labels: phrases of keys to concepts, in one automaton per matcher kind.

Building it needs spaCy's lookup tables (verb forms, known words) and takes seconds; the result
is plain JSON that a later start reads in milliseconds (:func:`load_or_build`).
"""

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import ahocorasick_rs

from matching.extraction.spelling import Speller
from matching.normalisation import Normaliser, Token, fold, plain
from matching.taxonomy import Taxonomy, claims

_WORD = re.compile(r"[^\W\d_]+")
_FORMAT = 5
_LONGEST_REORDERED = 4
_OPEN, _CLOSE, _GAP = "\x02", "\x03", "\x04"


@dataclass(frozen=True, slots=True)
class Claim:
    """A concept behind a phrase, with the label that gave the phrase."""

    uri: str
    label: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: half-open range of token numbers, and who claims it."""

    first: int
    last: int
    phrase: tuple[str, ...]


@dataclass(frozen=True)
class LabelIndex:
    """Phrases of one matcher kind (``skill`` or ``occupation``), searchable in a text's keys."""

    claims: Mapping[tuple[str, ...], tuple[Claim, ...]]

    @cached_property
    def _phrases(self) -> list[tuple[str, ...]]:
        return sorted(self.claims)

    @cached_property
    def _automaton(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick(
            [_encode(phrase) for phrase in self._phrases],
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """Every key that occurs in a phrase."""
        return frozenset(key for phrase in self.claims for key in phrase)

    @cached_property
    def _reorderable(self) -> frozenset[str]:
        return frozenset(key for phrase in self.unordered for key in phrase)

    @cached_property
    def unordered(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Phrases of two to four words by their sorted words, where the order is no matter.

        A set of words that two phrases share is left out: the order then carries the meaning.
        """
        found: dict[tuple[str, ...], tuple[str, ...]] = {}
        shared: set[tuple[str, ...]] = set()
        for phrase in self._phrases:
            if 2 <= len(phrase) <= _LONGEST_REORDERED:
                key = tuple(sorted(phrase))
                if key in found:
                    shared.add(key)
                found[key] = phrase
        return {key: phrase for key, phrase in found.items() if key not in shared}

    def search(self, keys: Iterable[str], breaks: Iterable[bool]) -> list[Hit]:
        """Leftmost-longest phrases in a sequence of keys; none runs across a break."""
        parts: list[str] = []
        token_at: dict[int, int] = {}
        position = 0
        for number, (key, broken) in enumerate(zip(keys, breaks, strict=True)):
            part = (_GAP if broken else "") + _OPEN + key + _CLOSE
            token_at[position + len(part) - len(key) - 2] = number
            position += len(part)
            token_at[position] = number + 1
            parts.append(part)
        found = self._automaton.find_matches_as_indexes("".join(parts))
        return [
            Hit(token_at[start], _last(token_at, end), self._phrases[number])
            for number, start, end in found
        ]

    def search_reordered(
        self,
        keys: Sequence[str],
        breaks: Sequence[bool],
        taken: Sequence[bool],
        apart: Collection[int] = frozenset(),
    ) -> list[Hit]:
        """Phrases of two to four words whose words stand together in another order.

        *merci carico e scarico* is such a phrase; *merci, carico e scarico* is none (a break).
        Words that are ``taken`` by a phrase already found are left alone. Two words alone must
        stand side by side: one of ``apart`` has a small word before it, and *gestione e
        controllo* is no *controllo di gestione*.
        """
        found: list[Hit] = []
        used = list(taken)
        for size in range(_LONGEST_REORDERED, 1, -1):
            for first in range(len(keys) - size + 1):
                last = first + size
                if used[first] or keys[first] not in self._reorderable:
                    continue
                if any(used[first:last]) or any(breaks[first + 1 : last]):
                    continue
                if size == 2 and first + 1 in apart:
                    continue
                window = tuple(keys[first:last])
                phrase = self.unordered.get(tuple(sorted(window)))
                if phrase is not None and phrase != window:
                    found.append(Hit(first, last, phrase))
                    used[first:last] = [True] * size
        return found


def _encode(phrase: tuple[str, ...]) -> str:
    return "".join(_OPEN + key + _CLOSE for key in phrase)


def _last(token_at: Mapping[int, int], end: int) -> int:
    # A token that follows a gap starts one character later than the one before it ended.
    return token_at[end] if end in token_at else token_at[end + 1]


@dataclass(frozen=True)
class Index:
    """Everything that matching needs: the normaliser and the phrases of both kinds.

    ``known`` holds the folds of Italian words, so that only words that are none of them are
    taken for misspellings.
    """

    normaliser: Normaliser
    skills: LabelIndex
    occupations: LabelIndex
    known: frozenset[str]

    @cached_property
    def speller(self) -> Speller:
        """Corrects words towards the words of all labels."""
        return Speller(self.skills.words | self.occupations.words, self.known)

    def is_label_word(self, key: str) -> bool:
        """Whether a key occurs in any label."""
        return key in self.speller.vocabulary

    def tokens(self, text: str) -> list[Token]:
        """Tokens of a text in this index's normal form."""
        return self.normaliser.tokens(text)


def build(taxonomy: Taxonomy) -> Index:
    """Build the index of a taxonomy, with verb forms and known words from spaCy's tables."""
    verbs, known = _italian_tables()
    bare = claims(taxonomy, Normaliser())
    vocabulary = {key for kind in bare.values() for phrase in kind for key in phrase}
    # Only verbs that a label writes as such: "ricettario" folds like the verb "ricettare" does.
    infinitives = {fold(verb) for verb in _verbs_written(taxonomy) & set(verbs.values())}
    inflections: dict[str, str] = {}
    for form, lemma in sorted(verbs.items()):
        target, source = fold(plain(lemma)), fold(plain(form))
        # A form that is itself a word of some label (impiegato, cucina) keeps its own key.
        if target in infinitives and source not in vocabulary and len(source) > 3:
            inflections.setdefault(source, target)
    normaliser = Normaliser(inflections)
    phrases = claims(taxonomy, normaliser)
    return Index(
        normaliser=normaliser,
        skills=_label_index(phrases["skill"]),
        occupations=_label_index(phrases["occupation"]),
        known=known,
    )


def load_or_build(taxonomy: Taxonomy, cache: Path | None) -> Index:
    """Read the index of this taxonomy from a cache folder, or build it and keep it there.

    A cached file that cannot be read, or was made from other data, is built anew. With
    ``cache=None`` nothing is kept. Processes may share a folder: a file appears whole or not
    at all.
    """
    if cache is None:
        return build(taxonomy)
    seal = f"{_FORMAT}:{taxonomy.digest}"
    path = cache / f"index-{hashlib.sha256(seal.encode()).hexdigest()[:16]}.json"
    if path.is_file():
        try:
            return _from_json(json.loads(path.read_text("utf-8")), seal)
        except (ValueError, LookupError, TypeError, AttributeError):
            # Written by something else, or cut short: a new one takes its place.
            path.unlink(missing_ok=True)
    index = build(taxonomy)
    cache.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.part")
    partial.write_text(json.dumps(_to_json(index, seal), ensure_ascii=False), "utf-8")
    partial.replace(path)
    return index


def _verbs_written(taxonomy: Taxonomy) -> set[str]:
    """Words of the Italian labels that end like an infinitive, plain."""
    return {
        word
        for concept in taxonomy.concepts.values()
        for label in concept.labels["it"]
        for word in _WORD.findall(plain(label))
        if word.endswith(("are", "ere", "ire"))
    }


def _italian_tables() -> tuple[dict[str, str], frozenset[str]]:
    # Imported here: spaCy takes over a second, and a cached index does without its tables.
    from spacy.util import load_language_data, registry

    # spaCy's own Table keeps hashes of the forms; the files behind it keep the words.
    files = registry.lookups.get("it")
    verbs: dict[str, str] = {}
    known: set[str] = set()
    for form, lemma in dict(load_language_data(files["lemma_lookup"])).items():
        known.add(fold(plain(form)))
        known.add(fold(plain(lemma)))
    for form, lemmas in dict(load_language_data(files["lemma_lookup_verb"])).items():
        verbs[form] = lemmas[0] if isinstance(lemmas, list) else lemmas
        known.add(fold(plain(form)))
    return verbs, frozenset(known)


def _label_index(phrases: Mapping[tuple[str, ...], Mapping[str, str]]) -> LabelIndex:
    return LabelIndex(
        {
            phrase: tuple(Claim(uri, label) for uri, label in sorted(owners.items()))
            for phrase, owners in phrases.items()
        }
    )


def _to_json(index: Index, seal: str) -> dict[str, object]:
    def dump(labels: LabelIndex) -> list[object]:
        return [
            [list(phrase), [[claim.uri, claim.label] for claim in owners]]
            for phrase, owners in sorted(labels.claims.items())
        ]

    return {
        "seal": seal,
        "inflections": dict(sorted(index.normaliser.inflections.items())),
        "skills": dump(index.skills),
        "occupations": dump(index.occupations),
        "known": sorted(index.known),
    }


def _from_json(content: Mapping[str, Any], seal: str) -> Index:
    if content["seal"] != seal:
        raise ValueError("the cached index was made from other data")
    if not all(isinstance(word, str) for word in content["known"]):
        raise TypeError("a known word is no text")

    def load(rows: list[Any]) -> LabelIndex:
        return LabelIndex(
            {tuple(row[0]): tuple(Claim(uri, label) for uri, label in row[1]) for row in rows}
        )

    return Index(
        normaliser=Normaliser(dict(content["inflections"])),
        skills=load(content["skills"]),
        occupations=load(content["occupations"]),
        known=frozenset(content["known"]),
    )
