"""Archives in, an import in force out; nothing is changed unless everything is right."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matching.domain import ConceptKind
from matching.errors import TaxonomyError
from matching.taxonomy.esco import classification, relations
from matching.taxonomy.esco.archives import Source, sources
from matching.taxonomy.esco.classification import Classification, read_classification
from matching.taxonomy.esco.content import Content, Kept, Naming, read_back
from matching.taxonomy.esco.labels import ExtraLabels, is_label_table, read_labels
from matching.taxonomy.esco.relations import LeftOut, read_relations
from matching.taxonomy.esco.releases import one_version, told_version
from matching.taxonomy.esco.store import is_imported, open_imported, verify
from matching.taxonomy.esco.writing import locked, write

_NAME = re.compile(r"([A-Za-z]+?)(?:_([a-z]{2}))?\.csv", re.IGNORECASE)
_FILES = {name.lower(): name for name in (*classification.FILES, *relations.FILES)}

# Official files of which nothing is kept.
_UNUSED = re.compile(
    r"(?:\w+Collection|conceptSchemes|dictionary)(?:_[a-z]{2})?\.csv", re.IGNORECASE
)

Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did.

    ``replaced`` is the release that was there before, if another; ``added`` the languages of
    which labels came from these archives; ``left_out`` the rows that name concepts which are not
    there, by file.
    """

    version: str
    replaced: str | None
    added: tuple[str, ...]
    left_out: Mapping[str, LeftOut]


@dataclass(frozen=True, slots=True)
class _Given:
    languages: Mapping[str, Mapping[str, Source]]
    relations: Mapping[str, Source]
    labels: Sequence[Source]

    @property
    def steps(self) -> int:
        return len(self.languages) + bool(self.relations) + len(self.labels)


def import_archives(
    paths: Sequence[Path],
    folder: Path,
    *,
    version: str | None = None,
    skip_unknown: bool = False,
    step: Step = lambda name, number, total: None,
) -> ImportReport:
    """Import official archives and tables of labels into a folder of imports.

    Languages are added to an import of the same release; archives of another release take its
    place. Labels of a classification archive replace those that its language had; a table of
    labels adds to them.

    Parameters
    ----------
    paths
        Classification and relations archives, tables of labels, in any order.
    folder
        Where imports are kept, as for :func:`open_imported`.
    version
        The release, where no name of an archive says it.
    skip_unknown
        Leave out relations and labels of concepts that are not there, and count them.
    step
        Told what is read now, its number from 0, and how many there are.

    Raises
    ------
    TaxonomyError
        Naming file, line and value; what was imported before is then unchanged.
    """
    given = _sorted_out([source for path in paths for source in sources(path)])
    official = {
        source.archive: None
        for group in (*given.languages.values(), given.relations)
        for source in group.values()
    }
    stated = one_version(official, version)
    total = given.steps + 1
    with locked(folder):
        before = _before(folder, whole=bool(given.languages and given.relations))
        content, left = _content(
            given,
            stated,
            before,
            skip_unknown=skip_unknown,
            step=lambda name, number: step(name, number, total),
        )
        step(content.version, total - 1, total)
        write(content, folder)
    added = sorted({*given.languages, *(language for language in left.added)})
    return ImportReport(
        version=content.version,
        replaced=before.version if before and before.version != content.version else None,
        added=tuple(added),
        left_out={name: one for name, one in left.files.items() if one.total},
    )


@dataclass(frozen=True, slots=True)
class _Left:
    files: dict[str, LeftOut]
    added: set[str]


def _before(folder: Path, *, whole: bool) -> Content | None:
    """What is in force, to which something is added; None where there is nothing."""
    if not is_imported(folder):
        return None
    try:
        imported = open_imported(folder)
        verify(imported)
    except TaxonomyError:
        # Of a damaged import nothing is kept, if all that it needs is given anew.
        if not whole:
            raise
        return None
    return read_back(imported)


def _sorted_out(found: Iterable[Source]) -> _Given:
    languages: dict[str, dict[str, Source]] = {}
    related: dict[str, Source] = {}
    labels: list[Source] = []
    for source in found:
        match = _NAME.fullmatch(source.name)
        name = _FILES.get(match[1].lower()) if match else None
        if match and name in classification.FILES and match[2]:
            files = languages.setdefault(match[2].lower(), {})
            if name in files:
                raise TaxonomyError(
                    f"{source.where}: was already given in {files[name].where}. Give each "
                    "archive once."
                )
            files[name] = source
        elif name in relations.FILES:
            # From release 1.2 every language's archive carries the same relations.
            related.setdefault(name, source)
        elif source.archive.suffix.lower() != ".zip" and not _UNUSED.fullmatch(source.name):
            if not is_label_table(source):
                raise TaxonomyError(
                    f"{source.where}: is neither a file of an official archive nor a table of "
                    "labels with the columns conceptUri, language, label, is_preferred."
                )
            labels.append(source)
    if not (languages or related or labels):
        raise TaxonomyError(
            "No file of the classification is in what was given: neither skills_xx.csv, "
            "occupations_xx.csv ... nor occupationSkillRelations.csv. Get the CSV archives from "
            "the ESCO portal."
        )
    return _Given(languages, related, labels)


def _content(
    given: _Given,
    stated: str | None,
    before: Content | None,
    *,
    skip_unknown: bool,
    step: Callable[[str, int], None],
) -> tuple[Content, _Left]:
    left = _Left({}, set())
    read: list[Classification] = []
    for number, (language, files) in enumerate(given.languages.items()):
        step(language, number)
        read.append(read_classification(language, files))
    version, base = _release(read, stated, before)
    concepts = dict(base.concepts) if base else {}
    languages = dict(base.languages) if base else {}
    for one in sorted(read, key=lambda one: -len(one.concepts)):
        _join(one, concepts, languages, left, skip_unknown=skip_unknown)
    known = base.relations if base else None
    if given.relations or known is None:
        step("relations", len(read))
        known, lost = read_relations(
            given.relations, concepts, version=version, skip_unknown=skip_unknown
        )
        left.files["relations"] = lost
    for number, source in enumerate(given.labels, given.steps - len(given.labels)):
        step(source.name, number)
        extra, lost = read_labels(source, concepts, skip_unknown=skip_unknown)
        left.files[source.name] = lost
        for labels in extra:
            left.added.add(labels.language)
            languages[labels.language] = _with_labels(languages.get(labels.language, {}), labels)
    return Content(version=version, concepts=concepts, relations=known, languages=languages), left


def _release(
    read: Sequence[Classification], stated: str | None, before: Content | None
) -> tuple[str, Content | None]:
    """The release of what was given, and what it is added to (None: it takes its place)."""
    if not read:
        if before is None:
            raise TaxonomyError(
                "No classification was given and none has been imported. Give the classification "
                "archive too: skills_xx.csv, occupations_xx.csv ..."
            )
        if stated not in (None, before.version):
            raise TaxonomyError(
                f"The archives are of v{stated}, and v{before.version} is imported. Give the "
                f"classification of v{stated} too."
            )
        return before.version, before
    uris = _counted(read[0].concepts)
    if stated is None and before and uris == _counted(before.concepts):
        return before.version, before
    version = told_version(uris, stated)
    return version, before if before and before.version == version else None


def _join(
    one: Classification,
    concepts: dict[str, Kept],
    languages: dict[str, Mapping[str, Naming]],
    left: _Left,
    *,
    skip_unknown: bool,
) -> None:
    """Add the names of one language to concepts that must be the same in all."""
    if not concepts:
        concepts.update(one.concepts)
        languages[one.language] = one.namings
        return
    there, new = _counted(concepts), _counted(one.concepts)
    if there != new and not skip_unknown:
        uri = min(there ^ new)
        raise TaxonomyError(
            f"{one.where}: {len(there - new)} concepts are not in it that other languages have, "
            f"and {len(new - there)} only in it, such as {uri}. The archives are of two releases: "
            "give archives of one. If they are, --skip-unknown leaves those concepts out and "
            "counts them."
        )
    lost = LeftOut()
    lost.rows.update(new - there)
    left.files[f"skills_{one.language}.csv"] = lost
    for uri, kept in one.concepts.items():
        if kept.kind is ConceptKind.GROUP:
            concepts.setdefault(uri, kept)
    languages[one.language] = {
        uri: naming for uri, naming in one.namings.items() if uri in concepts
    }


def _counted(concepts: Mapping[str, Kept]) -> frozenset[str]:
    """The skills and occupations: the groups of a release differ from file to file."""
    return frozenset(uri for uri, kept in concepts.items() if kept.kind is not ConceptKind.GROUP)


def _with_labels(there: Mapping[str, Naming], labels: ExtraLabels) -> dict[str, Naming]:
    found = dict(there)
    for uri in (*labels.preferred, *labels.others):
        found[uri] = found.get(uri, Naming("")).with_more(
            labels.preferred.get(uri, ""), tuple(labels.others.get(uri, ()))
        )
    return found
