"""Exchange of catalogues as Open Referral HSDS 3.0: JSON, and CSV in a zip or a folder.

What HSDS leaves to free text (needs, audiences, who pays, what is taught) goes as attributes with
terms of our own taxonomies, so that what is exported comes back as it was. Export and import share
the flat rows of :mod:`~matching.accompaniment.hsds.tables`.
"""

from matching.accompaniment.hsds.drafts import Draft, Imported, Mode
from matching.accompaniment.hsds.exporting import Rows, rows_of, service_id
from matching.accompaniment.hsds.findings import Finding, Gravity, Group, Problem, grouped
from matching.accompaniment.hsds.limits import Limits
from matching.accompaniment.hsds.nested import document, nested_services
from matching.accompaniment.hsds.reading import import_file, import_records
from matching.accompaniment.hsds.tables import VERSION
from matching.accompaniment.hsds.tabular import write_files, zipped

__all__ = [
    "VERSION",
    "Draft",
    "Finding",
    "Gravity",
    "Group",
    "Imported",
    "Limits",
    "Mode",
    "Problem",
    "Rows",
    "document",
    "grouped",
    "import_file",
    "import_records",
    "nested_services",
    "rows_of",
    "service_id",
    "write_files",
    "zipped",
]
