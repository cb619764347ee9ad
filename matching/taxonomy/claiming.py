"""Which concepts claim a phrase, in the normal form that texts are read in."""

from matching.domain import ConceptKind
from matching.errors import LexiconError
from matching.normalisation import Normaliser
from matching.taxonomy.concepts import Taxonomy, is_driving_licence


def claims(
    taxonomy: Taxonomy, normaliser: Normaliser
) -> dict[str, dict[tuple[str, ...], dict[str, str]]]:
    """Which concepts claim a phrase: matcher kind -> keys of the phrase -> URI -> label.

    Driving licences are left out: a category letter (*patente A*) is no word to a matcher, so
    the extractor reads them as facts.
    """
    found: dict[str, dict[tuple[str, ...], dict[str, str]]] = {"skill": {}, "occupation": {}}
    for concept in taxonomy.concepts.values():
        if concept.kind is ConceptKind.GROUP or is_driving_licence(concept):
            continue
        kind = "occupation" if concept.kind is ConceptKind.OCCUPATION else "skill"
        for language in sorted(concept.labels, reverse=True):
            for label in concept.labels[language]:
                phrase = normaliser.phrase(label)
                if not phrase:
                    raise LexiconError(
                        f"{concept.slug}: the label {label!r} has no word that counts; reword it."
                    )
                found[kind].setdefault(phrase, {}).setdefault(concept.uri, label)
    return found
