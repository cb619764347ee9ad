"""Other ways to say a label: *gestire il magazzino* and *gestione del magazzino*.

Verb and noun stand for each other only at the head of a phrase of two words or more, so that
*guida* or *cura* alone means nothing. Job titles have no other way to be said in this sense.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from matching.extraction.italian import ItalianWords
from matching.normalisation import Normaliser, fold, plain
from matching.taxonomy import VerbNouns

# Ends of folded nouns, with the ends of the verbs that they may come from.
_SUFFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("duzion", ("durre",)),
    ("posizion", ("porre",)),
    ("trazion", ("trarre",)),
    ("scrizion", ("scrivere",)),
    ("mission", ("mettere",)),
    ("azion", ("are",)),
    ("izion", ("ire",)),
    ("uzion", ("uire",)),
    ("stion", ("stire",)),
    ("ion", ("ionare",)),
    ("ament", ("are",)),
    ("iment", ("ire", "ere")),
    ("atur", ("are",)),
    ("itur", ("ire",)),
    ("agg", ("are",)),
    ("anz", ("are",)),
    ("enz", ("ere", "ire")),
    ("izi", ("ire",)),
)
# A verb of fewer letters before its ending is none that the noun comes from (stazione, stare).
_SHORTEST_STEM = 3
_AND = re.compile(r"\s*(?:\b(?:e|ed|o)\b|[,/&])\s*(?:(?:il|lo|la|i|gli|le|l['’])\s*)?")
_MOST = 12


# First halves of compounds, which Italians write apart, with a hyphen or in one word.
_FIRST_HALVES = re.compile(
    "agro|anti|audio|auto|bio|cardio|eco|elettro|fisio|idro|meccano|micro|mini|multi|neuro|oleo"
    "|poli|psico|radio|socio|tele|termo|video"
)


def spellings(
    label: str, normaliser: Normaliser, vocabulary: Collection[str]
) -> Iterator[tuple[str, ...]]:
    """Phrases of a label with its compounds written apart, or in one word.

    A word is taken apart only if its second half is in the vocabulary, the keys of all labels.

    >>> list(spellings("operatore socio-sanitario", Normaliser(), ()))
    [('operator', 'sociosanitar')]
    >>> list(spellings("ausiliario socioassistenziale", Normaliser(), {"assistenzial"}))
    [('ausiliar', 'soci', 'assistenzial')]
    """
    tokens = normaliser.tokens(label)
    low = plain(label)
    keys = tuple(token.key for token in tokens)
    for place, token in enumerate(tokens):
        word = low[token.start : token.end]
        if _FIRST_HALVES.fullmatch(word) and place + 1 < len(tokens):
            following = tokens[place + 1]
            if len(low[token.end : following.start]) == 1:
                joined = normaliser.key(word + low[following.start : following.end])
                yield (*keys[:place], joined, *keys[place + 2 :])
        half = _FIRST_HALVES.match(word)
        if half and len(word) > half.end() + 4:
            first, second = normaliser.key(half[0]), normaliser.key(word[half.end() :])
            if second in vocabulary:
                yield (*keys[:place], first, second, *keys[place + 1 :])


@dataclass(frozen=True)
class Alternation:
    """Which nouns tell the action of a verb, as folds, and the other way round.

    ``participles`` holds those that have a key of their own, because a label uses them in another
    sense; every other form of a verb has the key of its infinitive.
    """

    nouns: Mapping[str, tuple[str, ...]]
    verbs: Mapping[str, tuple[str, ...]]
    participles: Mapping[str, tuple[str, ...]]

    def variants(self, label: str, normaliser: Normaliser) -> Iterator[tuple[str, ...]]:
        """Phrases that say what a label says with the verb for the noun, or the noun for it."""
        tokens = normaliser.tokens(label)
        keys = [token.key for token in tokens]
        if len(keys) < 2:
            return
        for side in (self.verbs, self.nouns, self.participles):
            heads = [side.get(keys[0], ())]
            for before, token in zip(tokens, tokens[1:], strict=False):
                if not _AND.fullmatch(plain(label[before.end : token.start])):
                    break
                heads.append(side.get(token.key, ()))
            # "pulizia e igiene": what is joined to the head changes with it, or nothing does.
            if all(heads):
                for number, chosen in enumerate(product(*heads)):
                    if number == _MOST:
                        break
                    yield (*chosen, *keys[len(chosen) :])


def alternation(
    words: ItalianWords,
    own: VerbNouns,
    vocabulary: Iterable[str],
) -> Alternation:
    """Pairs of verb and noun for the words of labels.

    Parameters
    ----------
    words
        The verbs and nouns that exist.
    own
        What the rules of word formation do not give, or give wrongly.
    vocabulary
        The keys of all labels, which keep their meaning.
    """
    infinitives = set(words.verbs.values()) | set(own.nouns)
    excluded = {fold(word) for word in own.never}
    labelled = frozenset(vocabulary)
    pairs = {
        (verb, noun)
        for noun in words.nouns | labelled
        if noun not in excluded
        for verb in _derived_from(noun)
        if verb in infinitives
    }
    pairs |= {(verb, fold(noun)) for verb, nouns in own.nouns.items() for noun in nouns}
    nouns: dict[str, list[str]] = {}
    verbs: dict[str, list[str]] = {}
    for verb, noun in sorted(pairs):
        nouns.setdefault(fold(verb), []).append(noun)
        verbs.setdefault(noun, []).append(fold(verb))
    spoken = _participles(words, labelled, set(own.participles))
    return Alternation(
        nouns={verb: tuple(found) for verb, found in nouns.items()},
        verbs={
            noun: tuple(key for verb in found for key in (verb, *spoken.get(verb, ())))
            for noun, found in verbs.items()
        },
        participles=spoken,
    )


def _derived_from(noun: str) -> Iterator[str]:
    for ending, verb_endings in _SUFFIXES:
        stem = noun.removesuffix(ending)
        if stem != noun:
            for verb_ending in verb_endings:
                verb = stem + verb_ending
                if len(verb) >= _SHORTEST_STEM + len("are"):
                    yield verb


def _participles(
    words: ItalianWords, vocabulary: frozenset[str], wanted: set[str]
) -> Mapping[str, tuple[str, ...]]:
    """Participles that keep a key of their own because a label holds them, by verb."""
    found: dict[str, list[str]] = {}
    for form, verb in sorted(words.verbs.items()):
        if form[-1] != "o" or form[-2] not in "ts" or fold(form) not in vocabulary:
            continue
        if any(words.verbs.get(form[:-1] + vowel) != verb for vowel in "aie"):
            continue
        if fold(form) not in words.nouns or form in wanted:
            found.setdefault(fold(verb), []).append(fold(form))
    return {verb: tuple(folds) for verb, folds in found.items()}
