import tomllib

import pytest

from matching.errors import TerritoryError
from matching.territory import LostAs, Policy
from matching.territory.priorities import read_policy
from matching.territory.reading import Table
from tests.territory.policies import POLICY


def read(text: str) -> Policy:
    return read_policy(Table("policy.toml", tomllib.loads(text)))


def test_the_whole_policy_is_read() -> None:
    policy = read(POLICY)
    assert not policy.risk.age
    assert (policy.outcome.work_days, policy.outcome.lost) == (30, LostAs.INACTIVE)
    assert (policy.reach.suitable, policy.reach.most_minutes) == (0.25, 60)
    assert (policy.priority.closely, policy.priority.rising) == (25, 0.1)


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        ("age = false", 'age = "no"', r"\[risk\]: age = 'no' is not valid; write true or false"),
        ("age = false", "", "'age' is missing"),
        ("work_days = 30", "work_days = 0", "work_days = 0"),
        ('lost = "inactive"', 'lost = "work"', "lost = 'work' is not valid; write one of"),
        ("rising = 0.1", "rising = 10", "rising = 10.0 is not valid; write a share"),
        ("rising = 0.1", "rising = 0", "rising = 0 is not valid"),
        ("suitable = 0.25", "suitable = 1.5", "suitable = 1.5 is not valid; write a share"),
        ("near_minutes = 20", "near_minutes = 90", "near_minutes = 90 is more than most_minutes"),
        ("closely = 25", "closely = 25\nalmost = 3", "unknown key 'almost'"),
        ("[risk]", "sex = true\n[risk]", "unknown key 'sex'"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_by_its_key(line: str, instead: str, said: str) -> None:
    assert line in POLICY
    with pytest.raises(TerritoryError, match=said):
        read(POLICY.replace(line, instead, 1))
