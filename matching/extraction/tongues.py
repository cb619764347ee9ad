"""Reading by an imported taxonomy: for each language an index of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from matching.extraction.building import load_or_build
from matching.extraction.index import Index
from matching.taxonomy import Taxonomy
from matching.taxonomy.esco import ImportedTaxonomy
from matching.taxonomy.esco.joining import readable
from matching.taxonomy.esco.reading import reading_taxonomy

_LEXICON = "it"


@dataclass(frozen=True, slots=True)
class Tongue:
    """What texts in one language are read by. Its taxonomy has the rules for its labels."""

    index: Index
    taxonomy: Taxonomy


@dataclass(frozen=True)
class Tongues(Mapping[str, Tongue]):
    """The languages that an import lets us read; each is loaded when the first text asks for it.

    Italian is none of them. It is read by the lexicon, with an import and without: the official
    Italian labels, many of them not what people write, gave nothing on our development texts and
    found jobs in what firms say of themselves.

    The index of a language is built once per import, which takes some seconds, and kept in
    ``cache``.
    """

    lexicon: Taxonomy = field(repr=False)
    imported: ImportedTaxonomy = field(repr=False)
    cache: Path | None
    _loaded: dict[str, Tongue] = field(default_factory=dict, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes."""
        return tuple(code for code in readable(self.imported) if code != _LEXICON)

    def __getitem__(self, language: str) -> Tongue:
        if language not in self.languages:
            raise KeyError(language)
        with self._lock:
            if language not in self._loaded:
                taxonomy = reading_taxonomy(self.lexicon, self.imported, language)
                index = load_or_build(taxonomy, self.cache, language=language)
                self._loaded[language] = Tongue(index, taxonomy)
            return self._loaded[language]

    def __contains__(self, language: object) -> bool:
        return language in self.languages

    def __iter__(self) -> Iterator[str]:
        return iter(self.languages)

    def __len__(self) -> int:
        return len(self.languages)
