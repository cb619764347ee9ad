"""All the files that are built to hurt their reader."""

from .hostile import ARCHIVES_AND_OTHERS, Hostile
from .hostile_pages import PAGES_AND_TEXTS
from .hostile_pdf import PDFS
from .hostile_structured import STRUCTURED

CORPUS: list[Hostile] = [*ARCHIVES_AND_OTHERS, *PDFS, *STRUCTURED, *PAGES_AND_TEXTS]
