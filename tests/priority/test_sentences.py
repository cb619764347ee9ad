import pytest

from matching.domain import Attention, Priority, PriorityBand, Thresholds, WorklistEntry
from matching.priority.sentences import band, rule, rules
from matching.settings import shipped_data
from matching.wording import Wording, load_wording
from tests.priority.test_worklist import POLICY

LIMITS = Thresholds(medium=0.3, high=0.6, people=500, closely=90, lightly=270)


@pytest.fixture(params=["it", "en"])
def wording(request: pytest.FixtureRequest) -> Wording:
    return load_wording(shipped_data() / "wording", request.param)


def entry(*called: Attention) -> WorklistEntry:
    return WorklistEntry(
        person_id="p",
        rules=called,
        priority=None,
        no_work=None,
        days_without_contact=61,
        rose=0.126,
        within_caseload=True,
    )


def test_every_rule_has_a_sentence_with_the_numbers_of_the_person(wording: Wording) -> None:
    said = {one: rule(entry(one), one, POLICY, wording) for one in Attention}
    assert len(set(said.values())) == len(Attention)
    assert "61" in said[Attention.NO_CONTACT]
    assert "13" in said[Attention.RISING]


def test_the_rules_say_what_the_territory_has_set(wording: Wording) -> None:
    text = " ".join(rules(POLICY, wording))
    assert "45" in text
    assert "10" in text


def test_a_band_says_how_far_its_interval_reaches_and_what_can_be_carried(
    wording: Wording,
) -> None:
    low, medium, high = PriorityBand.LOW, PriorityBand.MEDIUM, PriorityBand.HIGH
    sure = band(Priority(band=high, lowest=high, highest=high), LIMITS, wording)
    between = band(Priority(band=medium, lowest=low, highest=high), LIMITS, wording)
    names = [wording.say(f"priority.{one}") for one in (low, medium, high)]
    assert all(name in between for name in names)
    assert between != sure
    assert "90" in sure
    assert "500" in sure
