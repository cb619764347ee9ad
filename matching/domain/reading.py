"""What is read in a document: mentions, facts, words, each with the words that prove it.

Offsets are half-open character positions in the document's text, so that
``text[start:end] == evidence``.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class DocumentErrorCode(StrEnum):
    """Why a document was refused: a closed list."""

    NO_TEXT = "no_text"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    CORRUPT = "corrupt"
    UNSUPPORTED = "unsupported"
    UNSAFE = "unsafe"
    TIMEOUT = "timeout"
    UNSUPPORTED_LANGUAGE = "unsupported_language"


class DocumentKind(StrEnum):
    """What a document is about: a person or a vacancy."""

    CV = "cv"
    VACANCY = "vacancy"


class ConceptKind(StrEnum):
    """What a concept of the taxonomy denotes."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    TRANSVERSAL = "transversal"
    DIGITAL = "digital"
    LANGUAGE = "language"
    LICENCE = "licence"
    CERTIFICATE = "certificate"
    OCCUPATION = "occupation"
    GROUP = "group"


class Importance(StrEnum):
    """How much a vacancy insists on something."""

    ESSENTIAL = "essential"
    OPTIONAL = "optional"


class Contract(StrEnum):
    """Kinds of contract, as vacancies name them."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    AGENCY = "agency"
    APPRENTICESHIP = "apprenticeship"
    INTERNSHIP = "internship"
    ON_CALL = "on_call"
    SEASONAL = "seasonal"


class Hours(StrEnum):
    """Length of the working week."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"


class Shift(StrEnum):
    """When the work is done."""

    DAY = "day"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    ROTATING = "rotating"
    NIGHT = "night"
    WEEKEND = "weekend"


class PayPeriod(StrEnum):
    """What a pay is reckoned by."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class PayBasis(StrEnum):
    """Whether a pay is before or after tax and contributions."""

    GROSS = "gross"
    NET = "net"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words of a document that prove a statement."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillMention:
    """A skill found in a text. ``importance`` is set in vacancies only."""

    uri: str
    label: str
    evidence: str
    start: int
    end: int
    confidence: float
    importance: Importance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationMention:
    """An occupation found in a text, with the months of experience that its dates prove.

    ``months`` is None where no date or duration stands beside it, ``until`` (the ISO month in
    which it ended last) where no date does; ``wanted`` marks a job that the person looks for and
    does not claim to have done.
    """

    uri: str
    label: str
    isco08: str
    evidence: str
    start: int
    end: int
    confidence: float
    months: int | None = None
    wanted: bool = False
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A single value read in a text, with its evidence."""

    value: str | int | bool
    evidence: str
    start: int
    end: int
    importance: Importance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageFact:
    """A language (ISO 639-1) with its CEFR level, None where the text gives none."""

    code: str
    level: str | None
    evidence: str
    start: int
    end: int
    importance: Importance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SalaryFact:
    """A pay in ``currency`` (ISO 4217), from ``low`` to ``high``, which are equal for one amount.

    One of the two is None where only the other bound is said (*fino a 1.500 euro*).
    """

    low: float | None
    high: float | None
    currency: str
    period: PayPeriod
    basis: PayBasis
    evidence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a document says besides skills and occupations. None or empty means not said.

    The fields are the closed list of ``facts`` keys of an extraction:

    ========================  ==========================================================
    key                       value
    ========================  ==========================================================
    ``licences``              driving licences: AM A B BE C1 C CE D1 D DE, CQC-M, CQC-P
    ``own_vehicle``           true: has (vacancy: asks for) a vehicle; false: has none
    ``education_level``       highest level, EQF 1-8
    ``languages``             ISO 639-1 code and CEFR level
    ``comune``                ISTAT code of the municipality (home, or workplace)
    ``start``                 ``immediate`` or an ISO date
    ``contracts``             values of :class:`Contract`
    ``hours``                 values of :class:`Hours`
    ``weekly_hours``          hours a week
    ``shifts``                values of :class:`Shift` that are accepted, or asked for
    ``shifts_refused``        values of :class:`Shift` that the person cannot work
    ``months_required``       months of experience that a vacancy asks for
    ``experience_months``     months with dated work, overlaps counted once
    ``last_job_end``          CV: ISO month, or year where no month is said, in which the
                              last job ended; ``ongoing``. No match feature reads it
    ``salary``                pay that is offered, or wished for: :class:`SalaryFact`
    ``posts``                 vacancy: number of people sought
    ``deadline``              vacancy: ISO date by which to apply
    ``reserved``              vacancy: true where it is reserved by L. 68/99 (art. 1 or 18)
    ========================  ==========================================================
    """

    licences: tuple[Fact, ...] = ()
    own_vehicle: Fact | None = None
    education_level: Fact | None = None
    languages: tuple[LanguageFact, ...] = ()
    comune: Fact | None = None
    start: Fact | None = None
    contracts: tuple[Fact, ...] = ()
    hours: tuple[Fact, ...] = ()
    weekly_hours: Fact | None = None
    shifts: tuple[Fact, ...] = ()
    shifts_refused: tuple[Fact, ...] = ()
    months_required: Fact | None = None
    experience_months: int | None = None
    last_job_end: Fact | None = None
    salary: SalaryFact | None = None
    posts: Fact | None = None
    deadline: Fact | None = None
    reserved: Fact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeWord:
    """A word of the trades in a text: its key, how often it stands there, how it is first written.

    Trade words are the words of which labels are made (*bagni*, *letti*): alone they name no
    skill, together they tell what work a text speaks of.
    """

    key: str
    count: int
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was read in one document."""

    kind: DocumentKind
    language: str
    skills: tuple[SkillMention, ...] = ()
    occupations: tuple[OccupationMention, ...] = ()
    facts: Facts = field(default_factory=Facts)
    words: tuple[TradeWord, ...] = ()
