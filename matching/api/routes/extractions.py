"""Documents -> skills, occupations, facts, each with the words that prove it."""

from fastapi import APIRouter

from matching.api.dependencies import TheService, Today
from matching.api.extracted import Extracted, extracted
from matching.api.openapi import extraction_bodies
from matching.api.uploads import Sent, SentFile

router = APIRouter(tags=["reading"])


@router.post("/v1/extractions", openapi_extra=extraction_bodies())
def extract(sent: Sent, service: TheService, today: Today) -> Extracted:
    """Read one document, sent as a file in a form or as a text in JSON. Nothing is kept."""
    ocr = False
    if isinstance(sent, SentFile):
        document = service.read_document(sent.data, sent.name, ocr=sent.fields.ocr)
        text, ocr = document.text, document.ocr
        kind, day = sent.fields.kind, sent.fields.as_of
    else:
        text, kind, day = sent.text, sent.kind, sent.as_of
    as_of = day or today
    found = service.extract(text, kind=kind, as_of=as_of)
    return extracted(found, lexicon=service.taxonomy.digest, as_of=as_of, ocr=ocr)
