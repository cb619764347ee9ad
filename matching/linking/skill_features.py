"""What a sentence and a skill have in common, as columns for the trees that order skills."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy import sparse
from sklearn.preprocessing import normalize

from matching.domain import ConceptKind
from matching.linking.skill_forms import Array, Numbers, SkillEntry, SkillForms
from matching.linking.skill_search import SkillSearch
from matching.linking.stems import stems
from matching.linking.windows import windows

_WAYS = ("letters", "words", "covered", "telling")
_WINDOW = (
    "window_letters", "window_letters_name", "window_words", "window_words_name",
    "near_forms_letters", "near_forms_words",
    "form_words", "form_mass", "form_is_name", "window_length",
)  # fmt: skip
_EXACT = ("exact", "exact_mass", "density", "best_cover", "missed_mass", "inside_longer")
_SENTENCE = ("sentence_exact", "sentence_words")
_SKILL = (
    "essential", "optional", "knowledge", "transversal", "digital", "language", "own",
    "forms", "name_words",
)  # fmt: skip
COLUMNS = (*_WAYS, *(f"{way}_of_best" for way in _WAYS), *_WINDOW, *_EXACT, *_SENTENCE, *_SKILL)

_NEAR_LETTERS, _NEAR_WORDS = 0.6, 0.7
_WHOLE = 0.999
_NO_SPAN = 10**6
_KINDS = MappingProxyType(
    {
        "knowledge": ConceptKind.KNOWLEDGE,
        "transversal": ConceptKind.TRANSVERSAL,
        "digital": ConceptKind.DIGITAL,
        "language": ConceptKind.LANGUAGE,
    }
)


def sentence_features(search: SkillSearch, sentence: str) -> tuple[Numbers, Array]:
    """Candidates of a sentence and their features.

    Returns
    -------
    candidates
        Numbers of skills.
    rows
        A row each; columns as :data:`COLUMNS`.
    """
    scores, candidates = search.look(sentence)
    columns: dict[str, Array] = {}
    for way in _WAYS:
        columns[way] = scores[way][candidates]
        columns[f"{way}_of_best"] = scores[way][candidates] / (scores[way].max() + 1e-9)
    columns |= _window_columns(search, sentence, candidates)
    columns |= _exact_columns(search.forms, sentence, candidates)
    columns |= _skill_columns(search.forms, candidates)
    return candidates, np.column_stack([columns[name] for name in COLUMNS])


def _window_columns(search: SkillSearch, sentence: str, candidates: Numbers) -> dict[str, Array]:
    forms = search.forms
    places, heads = _places(forms, candidates)
    runs = windows(sentence, forms.language) or (sentence.lower(),)
    letters = _product(search.letters.vectors_of(runs), search.letters.vectors[places])
    stemmed = forms.stem_matrix([stems(run, forms.language) for run in runs])
    weighted = normalize(stemmed.multiply(forms.rarity).tocsr())
    by_words = _product(weighted, search.words[places]).max(axis=0)
    by_letters, best_run = letters.max(axis=0), letters.argmax(axis=0)
    both = by_letters + 0.001 * by_words
    bounds = np.append(heads, len(places))
    best = np.array([a + both[a:b].argmax() for a, b in zip(heads, bounds[1:], strict=True)])
    lengths = np.array([len(run.split()) for run in runs])
    return {
        "window_letters": np.maximum.reduceat(by_letters, heads),
        "window_letters_name": by_letters[heads],
        "window_words": np.maximum.reduceat(by_words, heads),
        "window_words_name": by_words[heads],
        "near_forms_letters": np.add.reduceat((by_letters > _NEAR_LETTERS).astype(float), heads),
        "near_forms_words": np.add.reduceat((by_words > _NEAR_WORDS).astype(float), heads),
        "form_words": np.array([len(forms.keys[place]) for place in places[best]], float),
        "form_mass": forms.mass[places[best]],
        "form_is_name": (best == heads).astype(float),
        "window_length": lengths[best_run[best]].astype(float),
    }


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a skill's forms stand in a sentence: word for word, or their words here and there."""

    start: int = -1
    length: int = 0
    mass: float = 0.0
    cover: float = 0.0
    missed: float = 0.0
    density: float = 0.0


def _exact_columns(forms: SkillForms, sentence: str, candidates: Numbers) -> dict[str, Array]:
    keys = stems(sentence, forms.language)
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    found = [_standing(forms, number, keys, places) for number in candidates]
    stretches = [(one.start, one.start + one.length) for one in found if one.start >= 0]

    def inside(one: _Standing) -> float:
        first, last = one.start, one.start + one.length
        longer = [b - a - one.length for a, b in stretches if a <= first and last <= b]
        return float(max(longer, default=0)) if one.start >= 0 else 0.0

    rows = len(found)
    return {
        "exact": np.array([one.start >= 0 for one in found], float),
        "exact_mass": np.array([one.mass for one in found]),
        "density": np.array([one.density for one in found]),
        "best_cover": np.array([one.cover for one in found]),
        "missed_mass": np.array([one.missed for one in found]),
        "inside_longer": np.array([inside(one) for one in found]),
        "sentence_exact": np.full(rows, float(len(stretches))),
        "sentence_words": np.full(rows, float(len(keys))),
    }


def _standing(
    forms: SkillForms, number: int, keys: Sequence[str], places: Mapping[str, list[int]]
) -> _Standing:
    start, length, mass = -1, 0, 0.0
    best, cover, missed, density = -1.0, 0.0, 0.0, 0.0
    for form in range(forms.starts[number], forms.ends[number]):
        phrase = forms.keys[form]
        met = [key for key in dict.fromkeys(phrase) if key in places]
        if not met:
            continue
        found = float(sum(forms.rarity[forms.vocabulary[key]] for key in met))
        share = found / forms.mass[form]
        if share * found**0.5 > best:
            best, cover, missed = share * found**0.5, share, forms.mass[form] - found
            density = len(met) / _shortest_span([places[key] for key in met])
        if share > _WHOLE and found > mass:
            stands = _stands_at(keys, phrase)
            if stands >= 0:
                start, length, mass = stands, len(phrase), found
    return _Standing(start, length, mass, cover, missed, density)


def _stands_at(keys: Sequence[str], phrase: tuple[str, ...]) -> int:
    """Where a phrase stands word for word, -1 if nowhere."""
    last = len(keys) - len(phrase)
    return next((n for n in range(last + 1) if tuple(keys[n : n + len(phrase)]) == phrase), -1)


def _shortest_span(places: Sequence[Sequence[int]]) -> int:
    """The length of the shortest stretch with a place of every list."""
    marks = sorted((place, which) for which, listed in enumerate(places) for place in listed)
    inside = [0] * len(places)
    missing, first, shortest = len(places), 0, _NO_SPAN
    for place, which in marks:
        missing -= inside[which] == 0
        inside[which] += 1
        while not missing:
            start, opening = marks[first]
            shortest = min(shortest, place - start + 1)
            inside[opening] -= 1
            missing += inside[opening] == 0
            first += 1
    return shortest


def _skill_columns(forms: SkillForms, candidates: Numbers) -> dict[str, Array]:
    entries: list[SkillEntry] = [forms.entries[number] for number in candidates]
    columns = {
        name: np.array([entry.kind is kind for entry in entries], float)
        for name, kind in _KINDS.items()
    }
    return {
        **columns,
        "essential": np.log1p([float(entry.essential) for entry in entries]),
        "optional": np.log1p([float(entry.optional) for entry in entries]),
        "own": np.array([entry.own for entry in entries], float),
        "forms": (forms.ends - forms.starts)[candidates].astype(float),
        "name_words": np.array([len(forms.keys[forms.starts[n]]) for n in candidates], float),
    }


def _places(forms: SkillForms, candidates: Numbers) -> tuple[Numbers, Numbers]:
    """Return the places of all forms of the candidates, and where each one's begin among them."""
    ranges = [np.arange(forms.starts[n], forms.ends[n]) for n in candidates]
    heads = np.cumsum([0, *(len(places) for places in ranges[:-1])])
    return np.concatenate(ranges), heads


def _product(runs: sparse.csr_matrix, forms: sparse.csr_matrix) -> Array:
    return np.asarray((runs @ forms.T).toarray(), float)
