"""The official ESCO classification: importing its archives, and reading what was imported.

:func:`import_archives` writes, :func:`open_imported` reads; ``store`` describes the files.
"""

from matching.taxonomy.esco.forms import Forms
from matching.taxonomy.esco.importing import ImportReport, import_archives
from matching.taxonomy.esco.store import ImportedTaxonomy, is_imported, open_imported, verify
from matching.taxonomy.esco.texts import Texts

__all__ = [
    "Forms",
    "ImportReport",
    "ImportedTaxonomy",
    "Texts",
    "import_archives",
    "is_imported",
    "open_imported",
    "verify",
]
