"""The extractor as a spaCy component, for pipelines of others.

spaCy finds it by itself once Valoriamo is installed::

    nlp = spacy.blank("it")
    nlp.add_pipe("valoriamo_skills", config={"kind": "cv", "as_of": "2026-11-22"})
    doc = nlp("Guidavo il muletto in magazzino")
    [(span.text, span.kb_id_) for span in doc.spans["skills"]]
"""

import unicodedata
from datetime import UTC, date, datetime

from spacy.language import Language
from spacy.tokens import Doc, Span

from matching.domain import DocumentKind
from matching.domain.days import day_at
from matching.errors import InputError
from matching.extraction import Extractor
from matching.service import RankerChoice, build
from matching.settings import read_settings


class SkillsComponent:
    """Writes skills and occupations to ``doc.spans["skills"]`` and ``doc.spans["occupations"]``.

    Each span is labelled ``SKILL`` or ``OCCUPATION`` and carries the concept's URI as knowledge
    base identifier. A span covers whole tokens, so it can be longer than the evidence.
    """

    def __init__(self, extractor: Extractor, kind: DocumentKind, as_of: date) -> None:
        self._extractor = extractor
        self._kind = kind
        self._as_of = as_of

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        if not unicodedata.is_normalized("NFC", doc.text):
            raise InputError(
                "The text is not in Unicode normal form C, so offsets would not fit; make the Doc "
                "from unicodedata.normalize('NFC', text)."
            )
        found = self._extractor.extract(doc.text, kind=self._kind, as_of=self._as_of)
        for name, label, mentions in (
            ("skills", "SKILL", found.skills),
            ("occupations", "OCCUPATION", found.occupations),
        ):
            spans: list[Span] = []
            for mention in mentions:
                span = doc.char_span(
                    mention.start,
                    mention.end,
                    label=label,
                    kb_id=mention.uri,
                    alignment_mode="expand",
                )
                if span is not None:
                    spans.append(span)
            doc.spans[name] = spans
        return doc


@Language.factory(
    "valoriamo_skills", default_config={"kind": "cv", "as_of": None}, assigns=["doc.spans"]
)
def make_component(nlp: Language, name: str, kind: str, as_of: str | None) -> SkillsComponent:
    """Build the component from the process settings.

    ``kind`` is ``cv`` or ``vacancy``; ``as_of`` an ISO date, by default the day it is built.

    Raises
    ------
    InputError
        For another kind, or a date that is none.
    """
    if kind not in list(DocumentKind):
        raise InputError(f"kind {kind!r} is none of: {', '.join(DocumentKind)}.")
    try:
        day = date.fromisoformat(as_of) if as_of else day_at(datetime.now(UTC))
    except ValueError as error:
        raise InputError(f"as_of {as_of!r} is not a date like 2026-11-22.") from error
    # Reading needs no model: the registry stays closed.
    service = build(read_settings(), ranker=RankerChoice.BASELINE)
    return SkillsComponent(service.extractor, DocumentKind(kind), day)
