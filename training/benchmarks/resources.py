"""What a linker is measured with besides a set's own labels."""

from dataclasses import dataclass
from pathlib import Path

from matching.linking.labels import OccupationLabels, imported_labels, lexicon_labels
from matching.linking.skill_entries import Forms, imported_entries, lexicon_entries, load_forms
from matching.linking.skill_forms import SkillEntry
from matching.taxonomy import Taxonomy
from matching.taxonomy.esco import ImportedTaxonomy


@dataclass(frozen=True)
class Resources:
    """The product's lexicon, the imported taxonomy if there is one, and its linkers' weights."""

    lexicon: Taxonomy
    imported: ImportedTaxonomy | None
    linking_dir: Path

    def skills(self, language: str) -> tuple[SkillEntry, ...]:
        """Every skill that is known in a language."""
        path = self.linking_dir / f"forms_{language}.toml"
        forms: Forms = load_forms(path) if path.is_file() else {}
        if self.imported is not None and language in self.imported.languages:
            return imported_entries(self.imported, language, lexicon=self.lexicon, forms=forms)
        return lexicon_entries(self.lexicon, language, forms=forms)

    def occupations(self, language: str) -> OccupationLabels:
        """The labels of occupations in a language, imported ones where there are any."""
        if self.imported is not None and language in self.imported.languages:
            return imported_labels(self.imported, language)
        return lexicon_labels(self.lexicon, language)

    @property
    def used(self) -> str:
        """What stands behind the labels of a set, in words."""
        if self.imported is None:
            return "the lexicon; no taxonomy is imported"
        return f"the imported taxonomy {self.imported.version} and the lexicon"
