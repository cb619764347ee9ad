"""The fields of each kind of file, and the headings that they are known by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from matching.domain.outcomes import OutcomeKind
from matching.interchange.refused import normal_heading


class FileKind(StrEnum):
    """What the rows of a file are."""

    PERSONS = "persons"
    VACANCIES = "vacancies"
    OUTCOMES = "outcomes"


class ValueKind(StrEnum):
    """What the cells of a field hold."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    WHOLE = "whole"
    SHARE = "share"
    YES_NO = "yes_no"
    CHOICE = "choice"
    EMAIL = "email"
    TELEPHONE = "telephone"
    IDENTIFIER = "identifier"
    MUNICIPALITY = "municipality"
    POINT = "point"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field: its name, the headings that mean it, and what its cells must be.

    ``low`` and ``high`` are of a number, ``longest`` of a text. ``is_past`` is of a date that
    cannot lie ahead. ``choices`` are values by the words that mean them, as
    :func:`matching.interchange.refused.normal_heading` writes them.
    """

    name: str
    headings: tuple[str, ...]
    kind: ValueKind
    is_required: bool = False
    low: int = 0
    high: int = 0
    longest: int = 200
    is_past: bool = False
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


_TEXT_LENGTH = 100_000
_LEVELS = MappingProxyType({level.lower(): level for level in ("A1", "A2", "B1", "B2", "C1", "C2")})
_OUTCOME_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **{normal_heading(kind): str(kind) for kind in OutcomeKind},
        "lavoro": OutcomeKind.WORK, "assunzione": OutcomeKind.WORK, "work": OutcomeKind.WORK,
        "lavoro mantenuto": OutcomeKind.RETAINED, "mantenimento": OutcomeKind.RETAINED,
        "corso concluso": OutcomeKind.COURSE_COMPLETED, "corso": OutcomeKind.COURSE_COMPLETED,
        "casa mantenuta": OutcomeKind.HOME_KEPT, "casa": OutcomeKind.HOME_KEPT,
        "continuita alimentare": OutcomeKind.FOOD_CONTINUITY, "cibo": OutcomeKind.FOOD_CONTINUITY,
        "bilancio in ordine": OutcomeKind.BUDGET_IN_ORDER, "bilancio": OutcomeKind.BUDGET_IN_ORDER,
    }
)  # fmt: skip


def _line(name: str, *headings: str, required: bool = False, longest: int = 200) -> Field:
    return Field(
        name=name, headings=headings, kind=ValueKind.LINE, is_required=required, longest=longest
    )


def _text(name: str, *headings: str, required: bool = False, longest: int = _TEXT_LENGTH) -> Field:
    return Field(
        name=name, headings=headings, kind=ValueKind.TEXT, is_required=required, longest=longest
    )


def _date(name: str, *headings: str, required: bool = False, past: bool = False) -> Field:
    return Field(
        name=name, headings=headings, kind=ValueKind.DATE, is_required=required, is_past=past
    )


def _whole(name: str, *headings: str, low: int = 0, high: int) -> Field:
    return Field(name=name, headings=headings, kind=ValueKind.WHOLE, low=low, high=high)


def _of(name: str, kind: ValueKind, *headings: str, required: bool = False) -> Field:
    return Field(name=name, headings=headings, kind=kind, is_required=required)


# What a form asks of somebody's situation: the fields of ``domain.risk.Situation`` that a person
# can answer. How much her trade is asked for is computed, and not asked.
ANSWERS: Sequence[Field] = (
    _whole("months_since_last_job", "mesi dall'ultimo lavoro", "mesi senza lavoro",
           "months since last job", high=720),
    Field(name="share_worked_5y", kind=ValueKind.SHARE, high=1,
          headings=("quota lavorata negli ultimi 5 anni", "share worked in 5 years")),
    _whole("jobs_5y", "lavori negli ultimi 5 anni", "contratti negli ultimi 5 anni",
           "jobs in 5 years", high=200),
    _whole("longest_job_5y", "mesi del lavoro più lungo", "longest job in months", high=60),
    _whole("past_long_spells", "periodi lunghi senza lavoro", "past long spells", high=40),
    _whole("education_level", "livello eqf", "titolo di studio eqf", "eqf level", low=1, high=8),
    Field(name="italian_level", kind=ValueKind.CHOICE, choices=_LEVELS,
          headings=("livello di italiano", "italiano", "italian level")),
    _of("driving_licence", ValueKind.YES_NO, "patente b", "patente", "driving licence"),
    _of("own_vehicle", ValueKind.YES_NO, "mezzo proprio", "auto propria", "own vehicle"),
    _whole("weekly_hours", "ore settimanali", "ore alla settimana", "weekly hours", high=80),
    _of("debt_stress", ValueKind.YES_NO, "debiti che pesano", "debt stress"),
    _of("housing_stress", ValueKind.YES_NO, "casa a rischio", "housing stress"),
    _whole("own_rating", "valutazione propria", "own rating", low=1, high=5),
)  # fmt: skip

# What a row of a file that was written here is known again by.
_OWN_ID = _of("own_id", ValueKind.IDENTIFIER, "id valoriamo", "valoriamo id")

_PERSONS: Sequence[Field] = (
    _OWN_ID,
    _line("given_name", "nome", "given name", "first name", required=True, longest=100),
    _line("family_name", "cognome", "family name", "last name", "surname", required=True,
          longest=100),
    _date("birth_date", "data di nascita", "nato il", "birth date", "date of birth", past=True),
    _of("telephone", ValueKind.TELEPHONE, "telefono", "cellulare", "numero di telefono", "tel",
        "telephone", "phone", "mobile"),
    _of("email", ValueKind.EMAIL, "email", "e mail", "posta elettronica", "mail",
        "indirizzo email"),
    _line("address", "indirizzo", "via", "indirizzo di residenza", "address"),
    _of("municipality", ValueKind.MUNICIPALITY, "comune", "comune di residenza", "residenza",
        "domicilio", "codice istat", "municipality", "town"),
    _text("caution", "cautele", "come contattare", "caution", longest=500),
    _date("taken_on", "data di avvio", "avvio del percorso", "presa in carico",
          "data presa in carico", "taken on", past=True),
    _of("point", ValueKind.POINT, "punto", "sportello", "welfare point", "point"),
    _text("cv_text", "cv", "curriculum", "testo del cv", "testo cv", "cv text"),
    *ANSWERS,
)  # fmt: skip

_VACANCIES: Sequence[Field] = (
    _OWN_ID,
    _line("external_id", "codice", "id", "numero", "codice offerta", "rif", "riferimento",
          "external id", "reference", longest=100),
    _line("title", "titolo", "posizione", "mansione", "qualifica", "figura ricercata", "title",
          "job title", required=True),
    _text("text", "testo", "descrizione", "annuncio", "testo dell'annuncio", "description", "text",
          required=True),
    _of("municipality", ValueKind.MUNICIPALITY, "comune", "sede", "sede di lavoro", "luogo",
        "luogo di lavoro", "codice istat", "municipality", "place"),
    _date("opened_on", "data di pubblicazione", "data", "pubblicata il", "aperta il",
          "opened on", "published on"),
    _date("expires_on", "scadenza", "data di scadenza", "valida fino al", "expires on", "deadline"),
    _date("mission_from", "inizio missione", "data inizio", "dal", "mission from", "starts on"),
    _date("mission_until", "fine missione", "data fine", "al", "mission until", "ends on"),
    _whole("answer_hours", "ore per rispondere", "answer hours", low=1, high=720),
)  # fmt: skip

_OUTCOMES: Sequence[Field] = (
    _OWN_ID,
    _of("person_id", ValueKind.IDENTIFIER, "id persona", "persona", "codice persona", "person",
        "person id", required=True),
    Field(name="kind", headings=("esito", "tipo di esito", "tipo", "outcome", "kind"),
          kind=ValueKind.CHOICE, choices=_OUTCOME_WORDS, is_required=True),
    _date("happened_on", "data", "giorno", "data esito", "day", "date", "happened on",
          required=True, past=True),
    _line("vacancy", "offerta", "id offerta", "codice offerta", "vacancy", "vacancy id",
          longest=100),
    _line("external_id", "codice", "id", "numero", "external id", "reference", longest=100),
    _text("note", "note", "annotazioni", "notes", longest=2_000),
)  # fmt: skip

_FIELDS = {
    FileKind.PERSONS: _PERSONS,
    FileKind.VACANCIES: _VACANCIES,
    FileKind.OUTCOMES: _OUTCOMES,
}


def fields_of(kind: FileKind) -> Sequence[Field]:
    """The fields that a file of a kind may have."""
    return _FIELDS[kind]
