"""Changes of files and vacancies with what ends by them: nobody is proposed from a closed file.

Whatever changes a file or a vacancy for somebody goes through here, so that no proposal outlives
what it is about.
"""

from typing import Any

from matching.domain import Vacancy
from matching.hub.charge import charged
from matching.hub.people import OPEN, Contacts, change_person, row_of
from matching.hub.vacancies import OPEN as VACANCY_OPEN
from matching.hub.vacancies import change_vacancy
from matching.hub.withdrawals import Cause, withdraw_all, withdraw_for
from matching.store import Work


def change_file(
    work: Work,
    person_id: str,
    *,
    version: int,
    contacts: Contacts | None = None,
    **values: Any,
) -> int:
    """Change a file as :func:`matching.hub.people.change_person` does; its new version.

    Where it is closed, restricted or becomes protected, what is proposed from it is taken back.

    Raises
    ------
    UnknownError, StaleError, ConflictError
        As that does.
    InputError, ConflictError
        Where a protected file would have nobody in charge; see :func:`matching.hub.charge.charged`.
    """
    values = {**charged(work, row_of(work, person_id), values)}
    now = change_person(work, person_id, version=version, contacts=contacts, **values)
    if values.get("state", OPEN) != OPEN:
        withdraw_all(work, person_id, Cause.FILE_CLOSED)
    elif values.get("is_protected"):
        withdraw_all(work, person_id, Cause.FILE_PROTECTED)
    return now


def change_offer(
    work: Work,
    vacancy_id: str,
    *,
    version: int,
    text: str | None = None,
    vacancy: Vacancy | None = None,
    lexicon: str | None = None,
    **values: Any,
) -> int:
    """Change a vacancy as :func:`matching.hub.vacancies.change_vacancy` does; its new version.

    Where it is closed or withdrawn, what is proposed for it and not answered is taken back.

    Raises
    ------
    UnknownError, StaleError
        As that does.
    """
    now = change_vacancy(
        work, vacancy_id, version=version, text=text, vacancy=vacancy, lexicon=lexicon, **values
    )
    if values.get("state", VACANCY_OPEN) != VACANCY_OPEN:
        withdraw_for(work, vacancy_id)
    return now
