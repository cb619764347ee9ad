"""What is said of a vacancy that L. 68/1999 reserves: nobody is ranked for it here.

The hub refers to the targeted placement of the province, which is a public service; whether a
person is entitled to it is hers to say there, and is nowhere recorded here.
"""

from collections.abc import Iterable

from matching.domain import Vacancy
from matching.territory import Territory
from matching.wording import Wording


def is_reserved(vacancy: Vacancy) -> bool:
    """Whether a vacancy is reserved by L. 68/1999."""
    fact = vacancy.facts.reserved
    return fact is not None and fact.value is True


def open_to_all(vacancies: Iterable[Vacancy]) -> tuple[Vacancy, ...]:
    """Those that are not reserved, in their order: the ones that people are ranked for."""
    return tuple(vacancy for vacancy in vacancies if not is_reserved(vacancy))


def referral(territory: Territory, wording: Wording) -> str:
    """How to go on with a vacancy that is reserved: the office of the territory, and what to do."""
    office = territory.targeted_placement
    if office.site is None:
        place = wording.say("reserved.office", office=office.office, province=office.province)
    else:
        place = wording.say(
            "reserved.office_site",
            office=office.office,
            province=office.province,
            site=office.site,
        )
    return " ".join((wording.say("reserved.not_ranked"), place, wording.say("reserved.what_to_do")))
