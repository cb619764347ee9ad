"""Italian words from spaCy's lookup tables: verb forms, nouns, and what is a word at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matching.normalisation import fold, plain


@dataclass(frozen=True, slots=True)
class ItalianWords:
    """``verbs`` maps plain forms to plain infinitives, ``nouns`` and ``known`` hold folds."""

    verbs: Mapping[str, str]
    nouns: frozenset[str]
    known: frozenset[str]


# Words that are no verb form to a reader, whatever else they may be: dove, come, sopra.
_SMALL = ("adp", "adv", "det", "num", "pron")


def italian_words() -> ItalianWords:
    """Read the tables of ``spacy-lookups-data``, which are Morph-it's; it takes seconds."""
    # Imported here: spaCy takes over a second, and a cached index does without its tables.
    from spacy.util import load_language_data, registry

    # spaCy's own Table keeps hashes of the forms; the files behind it keep the words.
    files = registry.lookups.get("it")
    lemmas = dict(load_language_data(files["lemma_lookup"]))
    nouns = dict(load_language_data(files["lemma_lookup_noun"]))
    small = {
        word for name in _SMALL for word in dict(load_language_data(files[f"lemma_lookup_{name}"]))
    }
    verbs: dict[str, str] = {}
    for form, lemma in dict(load_language_data(files["lemma_lookup_verb"])).items():
        if form in small:
            continue
        first = lemma[0] if isinstance(lemma, list) else lemma
        verbs[plain(_mended(form))] = plain(_mended(first))
    return ItalianWords(
        verbs=verbs,
        nouns=_folds({*nouns, *nouns.values()}),
        known=_folds({*lemmas, *lemmas.values(), *verbs}),
    )


# Without the memory of `fold`, which half a million words would only churn.
_fold = fold.__wrapped__


def _folds(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_fold(plain(_mended(word))) for word in words)


def _mended(word: str) -> str:
    """A word of the tables as it is spelt: accents there are UTF-8 read as Latin-1.

    >>> _mended("gestirÃ²"), _mended("gestire")
    ('gestirò', 'gestire')
    """
    if word.isascii():
        return word
    try:
        return word.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return word  # spelt rightly
