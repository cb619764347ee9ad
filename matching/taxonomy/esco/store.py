"""The imported taxonomy, as it lies on disk: read without decoding what nobody asks for.

A folder of imports holds ``CURRENT``, which names the subfolder in force, and that subfolder::

    manifest.json               format, version, languages, counts, size and SHA-256 of each file
    uris.bin, uris.npy          URIs in order; a concept's number is its place among them
    kinds.npy                   its kind, as a place in KINDS
    isco08.bin, isco08.npy      its ISCO-08 code, empty for skills
    broader.npy, broader_at.npy the numbers of its broader concepts: broader[at[n]:at[n + 1]]
    essential.npy, ...          the skills it needs, in the same form; also optional.npy
    forms.en.bin, forms.en.npy  its labels in English, the preferred one first ...
    forms_at.en.npy             ... those of concept n are forms[at[n]:at[n + 1]]
    preferred.en.npy            whether a form is the preferred label
    descriptions.en.bin, .npy   one description per concept, empty where there is none
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.domain import ConceptKind
from matching.errors import TaxonomyError
from matching.taxonomy.esco.forms import AlternativeLabels, Forms, Lists, Numbers, PreferredLabels
from matching.taxonomy.esco.texts import Texts, open_array, open_texts

FORMAT = 1
CURRENT = "CURRENT"
MANIFEST = "manifest.json"
# Kinds by their number in the files: only ever add at the end.
KINDS = (
    ConceptKind.SKILL,
    ConceptKind.KNOWLEDGE,
    ConceptKind.TRANSVERSAL,
    ConceptKind.DIGITAL,
    ConceptKind.LANGUAGE,
    ConceptKind.OCCUPATION,
    ConceptKind.GROUP,
)
_ATTEMPTS = 3


@dataclass(frozen=True)
class ImportedTaxonomy:
    """An imported taxonomy, in memory as far as it was read. Concepts are known by number.

    ``uris`` is sorted, and the number of a concept is its place there.
    """

    folder: Path
    manifest: Mapping[str, Any] = field(repr=False)
    uris: Texts = field(repr=False)
    broader: Lists = field(repr=False)
    essential: Lists = field(repr=False)
    optional: Lists = field(repr=False)
    kind_codes: npt.NDArray[np.uint8] = field(repr=False)
    _isco08: Texts = field(repr=False)
    _forms: Mapping[str, Forms] = field(repr=False)
    _descriptions: Mapping[str, Texts] = field(repr=False)

    def __len__(self) -> int:
        return len(self.uris)

    @property
    def version(self) -> str:
        """The release, as *1.1.1*."""
        return str(self.manifest["version"])

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes of the languages with labels, sorted."""
        return tuple(self.manifest["languages"])

    @property
    def digest(self) -> str:
        """SHA-256 of the whole content: what is derived from this import may be kept under it."""
        return str(self.manifest["digest"])

    @cached_property
    def kinds(self) -> tuple[ConceptKind, ...]:
        """The kind of every concept; skill groups and ISCO groups are groups."""
        return tuple(KINDS[code] for code in self.kind_codes.tolist())

    @cached_property
    def isco08(self) -> tuple[str, ...]:
        """The ISCO-08 code of every occupation and ISCO group; empty for all others."""
        return tuple(self._isco08)

    def number(self, uri: str) -> int | None:
        """The number of a concept, None where this taxonomy does not have it."""
        return self.uris.number(uri)

    def of_kind(self, *kinds: ConceptKind) -> Numbers:
        """The numbers of the concepts of some kinds, in order."""
        codes = [KINDS.index(kind) for kind in kinds]
        return np.flatnonzero(np.isin(self.kind_codes, codes)).astype(np.uint32)

    def forms(self, language: str) -> Forms:
        """All labels of a language.

        Raises
        ------
        TaxonomyError
            When the language was not imported.
        """
        if language not in self._forms:
            raise TaxonomyError(
                f"No labels in {language!r} were imported; there are: {', '.join(self.languages)}. "
                "Add the archive of that language: valoriamo taxonomy import ARCHIVE."
            )
        return self._forms[language]

    def preferred(self, language: str) -> Sequence[str]:
        """The preferred label of every concept in a language, empty where there is none."""
        return PreferredLabels(self.forms(language))

    def alternatives(self, language: str) -> Sequence[tuple[str, ...]]:
        """The other labels of every concept in a language."""
        return AlternativeLabels(self.forms(language))

    def descriptions(self, language: str) -> Texts:
        """The description of every concept in a language, empty where there is none."""
        self.forms(language)  # refuses a language that is not there
        return self._descriptions[language]


def open_imported(folder: Path) -> ImportedTaxonomy:
    """Open the import in force in a folder of imports. Nothing is decoded yet.

    Raises
    ------
    TaxonomyError
        When there is none, or when a file is not as the manifest says.
    """
    for attempt in range(_ATTEMPTS):
        named = _named(folder)
        try:
            return _open(named)
        except FileNotFoundError as error:
            # An import that ended at this moment took the folder away that was just named.
            if attempt + 1 == _ATTEMPTS or _named(folder) == named:
                raise _damaged(named, f"{Path(error.filename).name} is missing") from error
    raise _damaged(folder, "it changes all the time")


def verify(imported: ImportedTaxonomy) -> None:
    """Compare every file of an import with its SHA-256 in the manifest.

    Raises
    ------
    TaxonomyError
        Naming the file that was changed.
    """
    for name, known in imported.manifest["files"].items():
        with (imported.folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != known["sha256"]:
                raise _damaged(imported.folder, f"{name} was changed")


def is_imported(folder: Path) -> bool:
    """Whether a folder of imports holds one."""
    return (folder / CURRENT).is_file()


def _named(folder: Path) -> Path:
    try:
        name = (folder / CURRENT).read_text("utf-8").strip()
    except FileNotFoundError as error:
        raise TaxonomyError(
            f"{folder}: no taxonomy has been imported here. Get the official CSV archives from "
            "the ESCO portal, then: valoriamo taxonomy import ARCHIVE..."
        ) from error
    if not name or "/" in name or name in (".", ".."):
        raise _damaged(folder, f"{CURRENT} holds {name!r}")
    return folder / name


def _open(folder: Path) -> ImportedTaxonomy:
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        if manifest["format"] != FORMAT:
            raise TaxonomyError(
                f"{folder}: written in form {manifest['format']!r}, this program reads {FORMAT}. "
                "Import the archives again."
            )
        for name, known in manifest["files"].items():
            size = (folder / name).stat().st_size
            if size != known["bytes"]:
                raise _damaged(folder, f"{name} has {size} bytes, not {known['bytes']}")
        languages: list[str] = manifest["languages"]
        uris = open_texts(folder / "uris.bin", folder / "uris.npy")
        return ImportedTaxonomy(
            folder=folder,
            manifest=MappingProxyType(manifest),
            uris=uris,
            broader=_lists(folder, "broader"),
            essential=_lists(folder, "essential"),
            optional=_lists(folder, "optional"),
            kind_codes=open_array(folder / "kinds.npy", np.uint8),
            _isco08=open_texts(folder / "isco08.bin", folder / "isco08.npy"),
            _forms={code: _forms(folder, code) for code in languages},
            _descriptions={
                code: open_texts(
                    folder / f"descriptions.{code}.bin", folder / f"descriptions.{code}.npy"
                )
                for code in languages
            },
        )
    except (ValueError, LookupError, TypeError) as error:
        raise _damaged(folder, str(error)) from error


def _lists(folder: Path, name: str) -> Lists:
    return Lists(
        open_array(folder / f"{name}.npy", np.uint32),
        open_array(folder / f"{name}_at.npy", np.uint32),
    )


def _forms(folder: Path, language: str) -> Forms:
    return Forms(
        texts=open_texts(folder / f"forms.{language}.bin", folder / f"forms.{language}.npy"),
        preferred=open_array(folder / f"preferred.{language}.npy", np.bool_),
        starts=open_array(folder / f"forms_at.{language}.npy", np.uint32),
    )


def _damaged(folder: Path, what: str) -> TaxonomyError:
    return TaxonomyError(
        f"{folder}: the imported taxonomy is damaged ({what}). Import the archives again: "
        "valoriamo taxonomy import ARCHIVE..."
    )
