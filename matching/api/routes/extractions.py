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
    if isinstance(sent, SentFile):
        text, asked = service.read_document(sent.data, sent.name).text, sent.fields
    else:
        text, asked = sent.text, sent
    as_of = asked.as_of or today
    found = service.extract(text, kind=asked.kind, as_of=as_of)
    return extracted(found, lexicon=service.taxonomy.digest, as_of=as_of)
