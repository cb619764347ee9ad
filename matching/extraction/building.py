"""Making an index of a taxonomy, and keeping it in a file for the next start.

Building needs spaCy's lookup tables (verb forms, known words) and takes seconds.
"""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Set
from pathlib import Path

from matching.domain import ConceptKind
from matching.extraction.alternation import Alternation, alternation, spellings
from matching.extraction.container import Arrays, read_arrays, write_arrays
from matching.extraction.index import Index, LabelIndex, label_index
from matching.extraction.italian import italian_words
from matching.extraction.phrases import (
    Claim,
    compiled,
    read_texts,
    stored,
    text_arrays,
    texts,
)
from matching.extraction.words import Words
from matching.normalisation import Normaliser, fold, plain
from matching.taxonomy import Taxonomy, claims

_WORD = re.compile(r"[^\W\d_]+")
_FORMAT = 9
# Verb forms for several persons: who says "produciamo formaggi" is a firm.
_OF_SEVERAL = ("amo", "emo", "imo", "ano", "ono", "ero")
# What is named by an official title: there is no other way to say it.
_TITLED = frozenset({ConceptKind.CERTIFICATE, ConceptKind.LICENCE, ConceptKind.LANGUAGE})


def build(taxonomy: Taxonomy, *, language: str = "it") -> Index:
    """Build the index of a taxonomy.

    Parameters
    ----------
    taxonomy
        The labels; of imported ones only those of the language are expected.
    language
        Of the texts that are read. Italian has verb forms, other ways to say a label and
        corrected spelling; a text in another language is matched as it is written.
    """
    near = {key for rule in taxonomy.rules.values() for keys in rule.near.values() for key in keys}
    if language != "it":
        phrases = claims(taxonomy, Normaliser())
        return Index(
            normaliser=Normaliser(),
            **_label_indexes(phrases, {kind: {} for kind in phrases}, near),
            known=frozenset(),
        )
    words = italian_words()
    bare = claims(taxonomy, Normaliser())
    vocabulary = {key for kind in bare.values() for phrase in kind for key in phrase}
    vocabulary |= near
    others = alternation(words, taxonomy.verbs, vocabulary)
    # Only verbs that a label writes as such, or that say what a label says: "ricettario" folds
    # like the verb "ricettare" does.
    written = {fold(verb) for verb in _verbs_written(taxonomy) & set(words.verbs.values())}
    meant = _verbs_meant(taxonomy, others)
    inflections: dict[str, str] = {}
    for form, lemma in sorted(words.verbs.items()):
        target = fold(lemma)
        if not (target in written or (target in meant and not form.endswith(_OF_SEVERAL))):
            continue
        source = fold(form)
        # A form that is itself a word of some label (impiegato, cucina) keeps its own key.
        reflexive = form.endswith("rsi") and form[:-2] + "e" == lemma
        if len(source) > 3 and (reflexive or source not in vocabulary):
            inflections.setdefault(source, target)
    normaliser = Normaliser(inflections)
    phrases = claims(taxonomy, normaliser)
    derived = _derived(taxonomy, phrases, normaliser, others)
    return Index(
        normaliser=normaliser,
        **_label_indexes(phrases, derived, near),
        known=words.known,
    )


def load_or_build(taxonomy: Taxonomy, cache: Path | None, *, language: str = "it") -> Index:
    """Read the index of this taxonomy from a cache folder, or build it and keep it there.

    A cached file that cannot be read, or was made from other data, is built anew. With
    ``cache=None`` nothing is kept. Processes may share a folder: a file appears whole or not
    at all.
    """
    if cache is None:
        return build(taxonomy, language=language)
    seal = f"{_FORMAT}:{language}:{taxonomy.digest}"
    path = cache / f"index-{hashlib.sha256(seal.encode()).hexdigest()[:16]}.labels"
    if path.is_file():
        try:
            return _stored(read_arrays(path, seal=seal))
        except (ValueError, LookupError, TypeError):
            # Written by something else, or cut short: a new one takes its place.
            path.unlink(missing_ok=True)
    # Before seconds go into building: a folder that cannot be made is refused at once.
    cache.mkdir(parents=True, exist_ok=True)
    index = build(taxonomy, language=language)
    write_arrays(path, _arrays(index), seal=seal)
    return index


def _verbs_written(taxonomy: Taxonomy) -> set[str]:
    """Words of the Italian labels that end like an infinitive, plain; *occuparsi* is *occupare*."""
    found: set[str] = set()
    for concept in taxonomy.concepts.values():
        for label in concept.labels.get("it", ()):
            for word in _WORD.findall(plain(label)):
                if word.endswith(("are", "ere", "ire", "rre")):
                    found.add(word)
                elif word.endswith("rsi"):
                    found.add(word[:-2] + "e")
    return found


def _sayings(
    taxonomy: Taxonomy, others: Alternation, normaliser: Normaliser, vocabulary: Collection[str]
) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Other ways to say and spell Italian labels: matcher kind, phrase, URI, label."""
    for concept in taxonomy.concepts.values():
        if concept.kind is ConceptKind.GROUP:
            continue
        kind = "occupation" if concept.kind is ConceptKind.OCCUPATION else "skill"
        for label in concept.labels.get("it", ()):
            if (kind, " ".join(normaliser.phrase(label))) in taxonomy.rules:
                continue
            for phrase in spellings(label, normaliser, vocabulary):
                yield kind, phrase, concept.uri, label
            if kind == "skill" and concept.kind not in _TITLED:
                for phrase in others.variants(label, normaliser):
                    yield kind, phrase, concept.uri, label


def _verbs_meant(taxonomy: Taxonomy, others: Alternation) -> set[str]:
    said = {phrase for _, phrase, _, _ in _sayings(taxonomy, others, Normaliser(), ())}
    return {key for phrase in said for key in phrase} & set(others.nouns)


_Phrases = dict[tuple[str, ...], dict[str, str]]


def _derived(
    taxonomy: Taxonomy, phrases: Mapping[str, _Phrases], normaliser: Normaliser, others: Alternation
) -> dict[str, _Phrases]:
    """What is said in another way and claimed by one concept alone; labels go first."""
    found: dict[str, _Phrases] = {"skill": {}, "occupation": {}}
    words = {key for kind in phrases.values() for phrase in kind for key in phrase}
    for kind, phrase, uri, label in _sayings(taxonomy, others, normaliser, words):
        if phrase not in phrases[kind]:
            found[kind].setdefault(phrase, {}).setdefault(uri, label)
    return {
        kind: {phrase: owners for phrase, owners in said.items() if len(owners) == 1}
        for kind, said in found.items()
    }


def _label_indexes(
    phrases: Mapping[str, _Phrases], derived: Mapping[str, _Phrases], near: Set[str]
) -> dict[str, LabelIndex]:
    """The indexes of both kinds, as arguments of :class:`Index`; they number keys alike."""
    together = {kind: {**derived[kind], **phrases[kind]} for kind in phrases}
    vocabulary = {key for kind in together.values() for phrase in kind for key in phrase} | near
    return {
        f"{kind}s": label_index(
            compiled(
                {
                    phrase: [Claim(uri, label) for uri, label in sorted(owners.items())]
                    for phrase, owners in together[kind].items()
                },
                derived[kind],
                vocabulary,
            )
        )
        for kind in together
    }


def _arrays(index: Index) -> Arrays:
    inflections = sorted(index.normaliser.inflections.items())
    return dict(
        [
            *text_arrays("known", texts(sorted(index.known))),
            *text_arrays("forms", texts([form for form, _ in inflections])),
            *text_arrays("verbs", texts([verb for _, verb in inflections])),
            *text_arrays("vocabulary", index.skills.phrases.vocabulary),
            *index.skills.phrases.arrays("skills"),
            *index.occupations.phrases.arrays("occupations"),
        ]
    )


def _stored(arrays: Arrays) -> Index:
    vocabulary = read_texts(arrays, "vocabulary")
    forms, verbs = read_texts(arrays, "forms"), read_texts(arrays, "verbs")
    return Index(
        normaliser=Normaliser(dict(zip(forms, verbs, strict=True))),
        skills=label_index(stored(arrays, "skills", vocabulary)),
        occupations=label_index(stored(arrays, "occupations", vocabulary)),
        known=Words(read_texts(arrays, "known")),
    )
