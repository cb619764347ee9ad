"""A hire that is planned: the contract and the employer, and nobody who would be hired."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.accompaniment.rules import Ask, Condition, Truth
from matching.accompaniment.rules.truth import Tell, of_answer, of_flag
from matching.domain import Answer, Contract


class EmployerKind(StrEnum):
    """Who hires."""

    COMPANY = "company"
    SOCIAL_COOP_B = "social_coop_b"
    NON_PROFIT = "non_profit"
    HOUSEHOLD = "household"
    PUBLIC = "public"


class Underrepresented(StrEnum):
    """Which sex a sector or profession lacks by the ministry's yearly list, if any."""

    WOMEN = "women"
    MEN = "men"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hire:
    """A vacancy as the law on incentives asks about it. None means not known.

    ``net_growth`` says whether the jobs of the employer grow by it, ``on_siisl`` whether it is
    published on the national platform SIISL.
    """

    vacancy_id: str
    contract: Contract | None = None
    full_time: bool | None = None
    starts_on: date | None = None
    employer: EmployerKind | None = None
    net_growth: Answer | None = None
    on_siisl: Answer | None = None
    underrepresented: Underrepresented | None = None


def of_hire(hire: Hire) -> Tell:
    """What a hire says of a condition; of any person nothing is known here."""

    def tell(condition: Condition) -> Truth:
        match condition.ask:
            case Ask.CONTRACT:
                return _among(hire.contract, condition)
            case Ask.EMPLOYER:
                return _among(hire.employer, condition)
            case Ask.UNDERREPRESENTED:
                return _among(hire.underrepresented, condition)
            case Ask.FULL_TIME:
                return of_flag(hire.full_time)
            case Ask.NET_GROWTH:
                return of_answer(hire.net_growth)
            case Ask.ON_SIISL:
                return of_answer(hire.on_siisl)
            case _:
                return Truth.UNKNOWN

    return tell


def _among(value: StrEnum | None, condition: Condition) -> Truth:
    return of_flag(None if value is None else value.value in condition.values)
