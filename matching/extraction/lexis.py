"""What Italian words could mean: skills by their labels and paraphrases, occupations by both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from matching.domain import ConceptKind
from matching.extraction.loose_features import Meanings
from matching.linking.occupation_profiles import OccupationProfiles
from matching.linking.paraphrase_files import Forms
from matching.linking.phrase_index import PhraseIndex
from matching.taxonomy import Taxonomy, is_driving_licence


@dataclass(frozen=True, eq=False)
class Lexis:
    """A taxonomy with other ways to say its skills, by slug; made ready at the first use.

    ``phrase`` gives the keys of the words of a label.
    """

    taxonomy: Taxonomy
    phrase: Callable[[str], tuple[str, ...]]
    paraphrases: Forms = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def meanings(self) -> Meanings:
        """Italian labels and paraphrases by their roots, without languages and licences."""
        concepts = [
            concept
            for concept in self.taxonomy.skills
            if concept.kind is not ConceptKind.LANGUAGE and not is_driving_licence(concept)
        ]
        said: Mapping[str, tuple[str, ...]] = {
            c.uri: tuple(self.paraphrases.get(c.slug, ())) for c in concepts
        }
        index = PhraseIndex.of(
            ((c.uri, self.phrase(label)) for c in concepts for label in c.labels.get("it", ())),
            ((uri, self.phrase(text)) for uri, texts in said.items() for text in texts),
        )
        return Meanings(self.taxonomy, index)

    @cached_property
    def profiles(self) -> OccupationProfiles:
        """What each occupation looks like in a text."""
        return OccupationProfiles.of(self.taxonomy, self.phrase, self.meanings.index)
