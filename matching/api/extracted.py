"""What was read in a document, as it is answered, and as it may be given back later."""

from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field

from matching.api.limits import MAX_MONTHS, MAX_PLACE_IN_TEXT
from matching.api.payloads import NUMBER, AnyDay, Model, Name, Payload, Share, YesNo
from matching.domain import (
    Contract,
    DocumentKind,
    Extraction,
    Fact,
    Facts,
    Hours,
    Importance,
    LanguageFact,
    ModelStamp,
    OccupationMention,
    PayBasis,
    PayPeriod,
    SalaryFact,
    Shift,
    SkillMention,
    TradeWord,
)

_Value = TypeVar("_Value")
_Position = Annotated[int, Field(ge=0, le=MAX_PLACE_IN_TEXT), NUMBER]
_Months = Annotated[int, Field(ge=0, le=MAX_MONTHS), NUMBER]
_Level = Annotated[int, Field(ge=1, le=8), NUMBER]
_WeeklyHours = Annotated[int, Field(ge=0, le=168), NUMBER]
_Licence = Literal["AM", "A", "B", "BE", "C1", "C", "CE", "D1", "D", "DE", "CQC-M", "CQC-P"]
_Cefr = Literal["A1", "A2", "B1", "B2", "C1", "C2"]
_Posts = Annotated[int, Field(ge=1, le=1_000), NUMBER]
_Amount = Annotated[float, Field(ge=0, le=1_000_000), NUMBER]
_JobEnd = Annotated[str, Field(pattern=r"^(ongoing|[12][0-9]{3}(-(0[1-9]|1[0-2]))?)$")]
_Start = Literal["immediate"] | AnyDay


class _Words(Payload):
    evidence: str
    start: _Position
    end: _Position


class SkillRead(_Words):
    """A skill, with the words that prove it: ``text[start:end]`` is the ``evidence``."""

    uri: str
    label: str
    confidence: Share
    importance: Importance | None = None


class OccupationRead(_Words):
    """An occupation, with the months of experience that dates prove; ``wanted``, not held.

    ``until`` is the month in which it ended last.
    """

    uri: str
    label: str
    isco08: str
    confidence: Share
    months: _Months | None = None
    wanted: YesNo = False
    until: Annotated[str, Field(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$")] | None = None


class FactRead(_Words, Generic[_Value]):
    """One value, with the words that prove it."""

    value: _Value
    importance: Importance | None = None


class LanguageRead(_Words):
    """A language (ISO 639) and its level, null where the text gives none."""

    code: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    level: _Cefr | None
    importance: Importance | None = None


class SalaryRead(_Words):
    """A pay, from ``low`` to ``high``; one of them is null where only the other is said."""

    low: _Amount | None
    high: _Amount | None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    period: PayPeriod
    basis: PayBasis


class FactsRead(Payload):
    """What a document says besides skills and occupations; null or empty means not said."""

    licences: tuple[FactRead[_Licence], ...] = ()
    own_vehicle: FactRead[YesNo] | None = None
    education_level: FactRead[_Level] | None = None
    languages: tuple[LanguageRead, ...] = ()
    comune: FactRead[Name] | None = None
    start: FactRead[_Start] | None = None
    contracts: tuple[FactRead[Contract], ...] = ()
    hours: tuple[FactRead[Hours], ...] = ()
    weekly_hours: FactRead[_WeeklyHours] | None = None
    shifts: tuple[FactRead[Shift], ...] = ()
    shifts_refused: tuple[FactRead[Shift], ...] = ()
    months_required: FactRead[_Months] | None = None
    experience_months: _Months | None = None
    last_job_end: FactRead[_JobEnd] | None = None
    salary: SalaryRead | None = None
    posts: FactRead[_Posts] | None = None
    deadline: FactRead[AnyDay] | None = None
    reserved: FactRead[YesNo] | None = None


class WordRead(Payload):
    """A word of the trades: its key, how often it stands there, how it is first written."""

    key: str
    count: Annotated[int, Field(ge=1, le=MAX_PLACE_IN_TEXT), NUMBER]
    evidence: str


class Extracted(Payload):
    """Everything that was read in one document; can be ranked later in place of its text.

    ``model`` is the lexicon that it was read with, ``as_of`` the day that *today* meant; ``ocr``
    says that the text was recognised in a picture, and may be misread.
    """

    kind: DocumentKind
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    skills: tuple[SkillRead, ...]
    occupations: tuple[OccupationRead, ...]
    facts: FactsRead
    words: tuple[WordRead, ...]
    model: Model
    as_of: AnyDay
    ocr: YesNo = False


def extracted(found: Extraction, *, lexicon: str, as_of: date, ocr: bool = False) -> Extracted:
    """An extraction as it is answered; ``lexicon`` is the digest of the one that read it."""
    return Extracted(
        kind=found.kind,
        language=found.language,
        skills=tuple(map(SkillRead.model_validate, found.skills)),
        occupations=tuple(map(OccupationRead.model_validate, found.occupations)),
        facts=FactsRead.model_validate(found.facts),
        words=tuple(map(WordRead.model_validate, found.words)),
        model=Model.model_validate(ModelStamp(name="lexicon", digest=lexicon)),
        as_of=as_of,
        ocr=ocr,
    )


def extraction_of(given: Extracted) -> Extraction:
    """The extraction that was answered before; of a person, nothing about L. 68/99 is taken in."""
    facts = {f.name: _fact(getattr(given.facts, f.name)) for f in fields(Facts)}
    if given.kind is DocumentKind.CV:
        facts["reserved"] = None
    return Extraction(
        kind=given.kind,
        language=given.language,
        skills=tuple(SkillMention(**dict(one)) for one in given.skills),
        occupations=tuple(OccupationMention(**dict(one)) for one in given.occupations),
        facts=Facts(**facts),
        words=tuple(TradeWord(**dict(one)) for one in given.words),
    )


def _fact(given: Any) -> Any:
    if isinstance(given, tuple):
        return tuple(map(_fact, given))
    if isinstance(given, LanguageRead):
        return LanguageFact(**dict(given))
    if isinstance(given, SalaryRead):
        return SalaryFact(**dict(given))
    if isinstance(given, FactRead):
        value = given.value
        plain = value if isinstance(value, int) else str(value)
        return Fact(**{**dict(given), "value": plain})
    return given
