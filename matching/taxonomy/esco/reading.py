"""The labels that texts in one language are read by: ours first, then those of an import."""

import hashlib
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from matching.domain import ConceptKind
from matching.normalisation import Normaliser
from matching.taxonomy.concepts import SKILL_KINDS, Concept, LabelRule, Taxonomy
from matching.taxonomy.esco.joining import imported_concept
from matching.taxonomy.esco.store import ImportedTaxonomy

_FORM = 1  # raised whenever the same labels are read in another way
_OCCUPATION, _SKILL = "occupation", "skill"
# One letter alone names nothing (a programming language, the letter of a licence or of a list).
_SHORTEST = 2
# Shorter ones are abbreviations, which also stand for something else.
_SHORTEST_NAME = 4
# Names of languages are also words for origin.
_NAMEABLE = SKILL_KINDS - {ConceptKind.LANGUAGE}
_WITHOUT_MARKS = str.maketrans(dict.fromkeys(string.punctuation + "\u2019\u201c\u201d", " "))

_Phrase = tuple[str, tuple[str, ...]]


def reading_taxonomy(lexicon: Taxonomy, imported: ImportedTaxonomy, language: str) -> Taxonomy:
    """What texts in one language are read by: labels in that language only. Not for Italian.

    A form that several concepts have belongs to ours, else to the one whose preferred label it
    is; where that leaves several or none, it is read as nothing.

    A form of one word counts only where it is a whole item, and a job only where a title stands,
    because official labels such as *plan* are words of any text. Names of skills count everywhere
    (*AutoCAD*): four letters or more, written with a capital or a digit, and never small in
    another label or description.

    Concepts are worked out when they are gone through, which takes seconds; what was built from
    them may be kept under the digest.
    """
    content = f"{lexicon.digest}:{imported.digest}:{language}:{_FORM}"
    forms = _Forms(lexicon, imported, language)
    return Taxonomy(
        concepts=_Concepts(forms),
        rules=_Rules(forms),
        digest=hashlib.sha256(content.encode()).hexdigest(),
    )


@dataclass(frozen=True)
class _Forms:
    """Which forms of a language belong to which concept, worked out when asked for."""

    lexicon: Taxonomy = field(repr=False)
    imported: ImportedTaxonomy = field(repr=False)
    language: str

    @cached_property
    def concepts(self) -> dict[str, Concept]:
        found = {
            uri: replace(concept, labels=self._ours(concept))
            for uri, concept in self.lexicon.concepts.items()
        }
        for number, forms in self._theirs.items():
            uri = self.imported.uris[number]
            concept = found.get(uri)
            if concept is None:
                made = imported_concept(self.imported, number)
                concept = replace(made, labels={}, broader=None)
            ours = concept.labels.get(self.language, ())
            labels = {**concept.labels, self.language: (*ours, *forms)}
            found[uri] = replace(concept, labels=labels)
        return found

    @cached_property
    def own_words(self) -> frozenset[tuple[str, str]]:
        """Forms of one word that are ours: matcher kind and key."""
        return frozenset((kind, phrase[0]) for kind, phrase in self._own if len(phrase) == 1)

    @cached_property
    def names(self) -> frozenset[str]:
        """Keys of the imported forms of one word that are names of a skill."""
        normaliser, kinds = Normaliser(), self.imported.kinds
        named = {
            text
            for number, text, _ in self.imported.forms(self.language)
            if len(text) >= _SHORTEST_NAME
            and " " not in text
            and _is_name(text, self.language)
            and kinds[number] in _NAMEABLE
        }
        small = self._words_written_small()
        phrases = (
            normaliser.phrase(text)
            for text in named
            if not {text.lower(), f"{text.lower()}s"} & small
        )
        return frozenset(phrase[0] for phrase in phrases if len(phrase) == 1)

    def _words_written_small(self) -> set[str]:
        found: set[str] = set()
        for texts in (
            self.imported.forms(self.language).texts,
            self.imported.descriptions(self.language),
        ):
            words = set(" ".join(texts).translate(_WITHOUT_MARKS).split())
            found.update(word for word in words if word.islower())
        return found

    def _ours(self, concept: Concept) -> Mapping[str, tuple[str, ...]]:
        ours = concept.labels.get(self.language)
        return {self.language: ours} if ours else {}

    @cached_property
    def _own(self) -> frozenset[_Phrase]:
        normaliser = Normaliser()
        return frozenset(
            (_matcher(concept.kind), normaliser.phrase(label))
            for concept in self.lexicon.concepts.values()
            if concept.kind is not ConceptKind.GROUP
            for labels in self._ours(concept).values()
            for label in labels
        )

    @cached_property
    def _theirs(self) -> dict[int, list[str]]:
        """Forms by the number of the imported concept that they belong to."""
        normaliser = Normaliser()
        # Phrase -> number -> whether it is a preferred label there, and the form.
        claimed: dict[_Phrase, dict[int, tuple[bool, str]]] = {}
        kinds = self.imported.kinds
        for number, text, preferred in self.imported.forms(self.language):
            phrase = normaliser.phrase(text)
            letter = len(phrase) == 1 and len(phrase[0]) < _SHORTEST
            if kinds[number] is ConceptKind.GROUP or not phrase or letter:
                continue
            key = (_matcher(kinds[number]), phrase)
            if key not in self._own:
                # The preferred form of a concept comes first.
                claimed.setdefault(key, {}).setdefault(number, (preferred, text))
        found: dict[int, list[str]] = {}
        for owners in claimed.values():
            first = [number for number, (preferred, _) in owners.items() if preferred]
            candidates = list(owners) if len(owners) == 1 else first
            if len(candidates) == 1:
                found.setdefault(candidates[0], []).append(owners[candidates[0]][1])
        return found


@dataclass(frozen=True)
class _Concepts(Mapping[str, Concept]):
    forms: _Forms

    def __getitem__(self, uri: str) -> Concept:
        return self.forms.concepts[uri]

    def __iter__(self) -> Iterator[str]:
        return iter(self.forms.concepts)

    def __len__(self) -> int:
        return len(self.forms.concepts)


@dataclass(frozen=True)
class _Rules(Mapping[tuple[str, str], LabelRule]):
    """The rule of imported forms of one word: looked up, not gone through.

    The lexicon's own rules are for Italian words.
    """

    forms: _Forms

    def __getitem__(self, key: tuple[str, str]) -> LabelRule:
        kind, phrase = key
        if " " in phrase or key in self.forms.own_words or phrase in self.forms.names:
            raise KeyError(key)
        return LabelRule(label=phrase, title_only=kind == _OCCUPATION, alone=True)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _matcher(kind: ConceptKind) -> str:
    return _OCCUPATION if kind is ConceptKind.OCCUPATION else _SKILL


def _is_name(text: str, language: str) -> bool:
    """Whether a form is written as a name; German writes every noun with a capital."""
    written = text[1:] if language == "de" else text
    return not written.islower() or any(char.isdigit() for char in text)
