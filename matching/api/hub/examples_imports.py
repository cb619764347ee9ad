"""Requests about imports, as the document shows them; each can be sent as it stands."""

import base64

from matching.api.hub.examples import one_example

FILE = (
    "nome;cognome;data di nascita;Tel. casa\r\n"
    "Ada;Prova;02/04/1971;0341 000000\r\n"
    "Eva;Prova;31/12/1980;\r\n"
)
CONFIRM = "aad0430f19eeea5e83e0d30a74496b2e280328fc91a0156408dee74135b32f5c"
"""What the preview of the example answers; ``tests/api/hub/test_imports.py`` holds it."""

_SAID = {
    "kind": "persons",
    "content": base64.b64encode(FILE.encode()).decode(),
    "columns": [{"column": "Tel. casa", "field": "telephone"}],
}
_SAID_IN_A_FORM = {
    "file": "(the bytes of elenco.csv)",
    "kind": "persons",
    "columns": _SAID["columns"],
}


PREVIEW = one_example("People of a CSV, with a column that is said by hand", _SAID)
PREVIEW_FORM = one_example("A file in a form", _SAID_IN_A_FORM)
IMPORT = one_example(
    "The good rows of a file that was previewed",
    {**_SAID, "mode": "good_rows", "confirm": CONFIRM},
)
IMPORT_FORM = one_example("A file in a form", {**_SAID_IN_A_FORM, "confirm": CONFIRM})
