"""Requests about imports, as the document shows them; each can be sent as it stands."""

import base64
from types import MappingProxyType

from matching.api.hub.examples import Examples

_FILE = (
    "nome;cognome;data di nascita;comune;Tel. casa\r\n"
    "Ada;Prova;02/04/1971;Lecco;0341 000000\r\n"
    "Eva;Prova;31/12/1980;Merate;\r\n"
)
CONFIRM = "71c0ff1c3831399d52ac8d949067437ce18c7f27bc409b55d480fb79a9a83aef"
"""What the preview of the example answers; ``tests/api/hub/test_imports.py`` holds it."""

_SAID = {
    "kind": "persons",
    "content": base64.b64encode(_FILE.encode()).decode(),
    "columns": [{"column": "Tel. casa", "field": "telephone"}],
}
_SAID_IN_A_FORM = {
    "file": "(the bytes of elenco.csv)",
    "kind": "persons",
    "columns": '[{"column": "Tel. casa", "field": "telephone"}]',
}


def _one(summary: str, value: object) -> Examples:
    return MappingProxyType({"one": {"summary": summary, "value": value}})


PREVIEW = _one("People of a CSV, with a column that is said by hand", _SAID)
PREVIEW_FORM = _one("A file in a form", _SAID_IN_A_FORM)
IMPORT = _one(
    "The good rows of a file that was previewed",
    {**_SAID, "mode": "good_rows", "confirm": CONFIRM},
)
IMPORT_FORM = _one("A file in a form", {**_SAID_IN_A_FORM, "confirm": CONFIRM})
