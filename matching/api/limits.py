"""How much one request may ask for; whatever goes over is refused, never cut short."""

from datetime import date

MAX_PERSONS = 500
"""Persons in one ranking."""

MAX_VACANCIES = 500
"""Vacancies among which one person's matches are found."""

MAX_ASSESSED = 100
"""Persons in one request of risk assessments."""

MAX_IN_CHARGE = 5_000
"""People in charge in one worklist."""

MAX_RECORDS = 50_000
"""Assessments, and events, on record in one worklist."""

MAX_SERVICES = 100
"""Services of the catalogue on one page."""

MAX_REQUESTS = 5_000
"""Steps in one proposal of the fund."""

MAX_LINES = 100
"""Lines of money in one proposal of the fund."""

MAX_CHARACTERS = 1_000_000
"""Characters of one text, as in a document."""

MAX_NAME = 200
"""Characters of an identifier, a title, the name of a municipality."""

MAX_PLACE_IN_TEXT = 4 * MAX_CHARACTERS
"""Largest position in a text: composing its characters may lengthen it."""

MAX_MONTHS = 100_000
"""Months of experience: periods that overlap are added up by occupation."""

MAX_PROBLEMS = 50
"""Fields that one refusal lists."""

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
"""Days as of which can be computed."""

OLDEST = date(1900, 1, 1)
"""The first day that can be stated, as of a birth; the last is ``LATEST``."""
