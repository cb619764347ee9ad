"""Skills with their labels, from an imported taxonomy, the lexicon and forms written for them."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from matching.domain import ConceptKind
from matching.errors import DataError
from matching.linking.skill_forms import SkillEntry
from matching.taxonomy import Taxonomy
from matching.taxonomy.esco import ImportedTaxonomy

Forms = Mapping[str, tuple[str, ...]]

_SKILLS = (
    ConceptKind.SKILL,
    ConceptKind.KNOWLEDGE,
    ConceptKind.TRANSVERSAL,
    ConceptKind.DIGITAL,
    ConceptKind.LANGUAGE,
)


def load_forms(path: Path) -> Forms:
    """Read further forms of skills, by URI (``data/linking/forms_<language>.toml``).

    Raises
    ------
    DataError
        Naming file and key: not TOML, or not a table of lists of texts.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))["forms"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise DataError(f"{path}: cannot be read as forms of skills: {error!r}.") from error
    if not isinstance(table, dict):
        raise DataError(f"{path}: 'forms' must be a table, not {table!r}.")
    for uri, forms in table.items():
        if not (isinstance(forms, list) and forms and all(isinstance(f, str) for f in forms)):
            raise DataError(f"{path}: {uri!r} must be a list of texts, not {forms!r}.")
    return {uri: tuple(forms) for uri, forms in table.items()}


def imported_entries(
    imported: ImportedTaxonomy, language: str, *, lexicon: Taxonomy, forms: Forms
) -> tuple[SkillEntry, ...]:
    """Every skill of an imported taxonomy that has a label in a language.

    Labels of the lexicon and further ``forms`` come behind the official ones.

    Raises
    ------
    TaxonomyError
        When the language was not imported.
    """
    occupations = imported.of_kind(ConceptKind.OCCUPATION)
    needed = [
        Counter(skill for number in occupations.tolist() for skill in relation[number].tolist())
        for relation in (imported.essential, imported.optional)
    ]
    names, others = imported.preferred(language), imported.alternatives(language)
    kinds = imported.kinds
    found: list[SkillEntry] = []
    for number in imported.of_kind(*_SKILLS).tolist():
        if name := names[number]:
            found.append(
                SkillEntry(
                    uri=imported.uris[number],
                    labels=(name, *others[number]),
                    kind=kinds[number],
                    essential=needed[0][number],
                    optional=needed[1][number],
                )
            )
    return tuple(_with_more(found, language, lexicon, forms))


def lexicon_entries(taxonomy: Taxonomy, language: str, *, forms: Forms) -> tuple[SkillEntry, ...]:
    """Every skill of the lexicon that has a label in a language."""
    essential = Counter(uri for needing in taxonomy.occupations for uri in needing.essential)
    optional = Counter(uri for needing in taxonomy.occupations for uri in needing.optional)
    return tuple(
        SkillEntry(
            uri=concept.uri,
            labels=(*concept.labels[language], *forms.get(concept.uri, ())),
            kind=concept.kind,
            essential=essential[concept.uri],
            optional=optional[concept.uri],
            own=True,
        )
        for concept in taxonomy.skills
        if concept.labels.get(language)
    )


def _with_more(
    entries: Iterable[SkillEntry], language: str, lexicon: Taxonomy, forms: Forms
) -> Iterable[SkillEntry]:
    for entry in entries:
        concept = lexicon.concepts.get(entry.uri)
        ours = concept.labels.get(language, ()) if concept else ()
        labels = dict.fromkeys((*entry.labels, *ours, *forms.get(entry.uri, ())))
        yield replace(entry, labels=tuple(labels), own=concept is not None)
