import csv
import io
import json
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from matching.accompaniment.effects import load_effects
from matching.accompaniment.impact import By, Impact, Records, files, impact
from matching.accompaniment.impact.suppression import LEAST
from matching.domain import Measure, Need
from matching.domain.outcomes import (
    HORIZONS,
    AccountRecord,
    OutcomeKind,
    OwnAccount,
    UnfilledVacancy,
    UnmetNeed,
)
from matching.settings import shipped_data
from matching.territory import Per, Period, Target, TargetKind
from tests.accompaniment.impact.paths import AS_OF, a_job, a_path, an_outcome, many, records
from tests.factories import HILL, VALLEY, a_territory

PRIOR = load_effects(shipped_data() / "measures")
TARGETS = tuple(
    Target(
        kind=kind,
        number=90,
        period=Period.MONTHS,
        months=36,
        per=Per.TERRITORY,
        services=(),
        source="prova",
        assumed=False,
        reason="",
    )
    for kind in (TargetKind.PEOPLE_ACCOMPANIED, TargetKind.JOB_OPPORTUNITIES)
)
TERRITORY = replace(a_territory(), targets=TARGETS)


def a_hub(*more: Any) -> Records:
    """Forty people of a hill and five of a valley, half of whom found work."""
    hill = list(many(40, Measure.COURSE, start="hill", municipality=HILL, household_id=None))
    valley = list(many(5, Measure.FOOD, start="valley", municipality=VALLEY))
    others = list(many(12, start="other"))
    rows: list[Any] = [*hill, *valley, *others]
    for number, path in enumerate((*hill, *others)):
        if number % 2:
            rows.append(a_job(f"j{number}", path.id))
        else:
            rows.append(an_outcome(path.id, came=False))
    return records(*rows, *more)


def made(held: Records) -> Impact:
    return impact(held, TERRITORY, PRIOR, as_of=AS_OF)


def exported(held: Records) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(files(made(held), language="it")["tables.json"])
    return document


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def test_people_households_and_opportunities_are_counted_apart_for_the_hub() -> None:
    twice = a_path("again", Measure.FOOD, person_id="hill000", household_id="n1")
    found = made(a_hub(twice, a_job("more", "again")))
    whole = found.counted[0]
    assert whole.by is By.ALL
    assert (len(whole.people), whole.paths, len(whole.households)) == (45, 46, 1)
    assert (whole.jobs, len(whole.with_job)) == (21, 21)


def test_work_is_shown_with_baseline_and_comparison_and_not_by_measure() -> None:
    found = made(a_hub())
    row = next(one for one in found.outcomes if one.kind is OutcomeKind.WORK and one.months == 12)
    assert (len(row.split.yes), len(row.split.no), len(row.split.unknown)) == (20, 20, 5)
    assert len(row.before.unknown) == 45
    assert (len(row.compared.yes), len(row.compared.no)) == (6, 6)
    assert {one.by for one in found.outcomes} == set(By)
    assert "measure" not in {str(by) for by in By}


def test_no_number_about_fewer_than_ten_leaves_the_hub() -> None:
    document = exported(a_hub())
    counts = {"people", "households", "interrupted", "jobs", "followed", "yes", "no", "unknown"}
    counts |= {f"{a}_{b}" for a in ("before", "compared") for b in ("followed", "yes", "no")}
    rows = [
        row
        for part in ("people", "outcomes", "accounts", "unmet_needs")
        for row in document["tables"][part]
    ]
    shown = [row[name] for row in rows for name in counts & set(row) if row[name] is not None]
    assert len(shown) > 10
    assert all(count == 0 or count >= LEAST for count in shown)


def test_the_five_of_the_valley_cannot_be_had_by_subtracting() -> None:
    rows = {
        (row["by"], row["value"]): row["people"] for row in exported(a_hub())["tables"]["people"]
    }
    assert rows["all", ""] == 45
    by_group = [rows[key] for key in rows if key[0] == "group"]
    assert by_group.count(45) == 1


def test_a_share_is_hidden_with_what_it_is_made_of_and_the_row_says_so() -> None:
    document = exported(a_hub())
    row = next(
        one
        for one in document["tables"]["outcomes"]
        if (one["outcome"], one["months"], one["by"]) == ("work", 12, "all")
    )
    assert row["yes"] == 20
    assert row["unknown"] is None
    assert row["share"] is None
    assert "unknown" in row["hidden"]
    assert document["hidden"]["outcomes"] >= len(row["hidden"])


def test_a_target_with_few_is_told_by_its_state_alone() -> None:
    held = records(*many(12, Measure.COURSE), a_job("j1", "x000"))
    rows = {row["target"]: row for row in exported(held)["tables"]["targets"]}
    assert rows["people_accompanied"]["done"] == 12
    assert rows["job_opportunities"]["done"] is None
    assert rows["job_opportunities"]["upper"] is None
    assert rows["job_opportunities"]["state"] == "early"


def test_no_identifier_and_no_words_of_anybody_leave_the_hub() -> None:
    told = AccountRecord(
        path_id="hill001",
        month=6,
        told_on=date(2025, 8, 1),
        answer=OwnAccount.BETTER,
        text="parole sue",
    )
    for content in files(made(a_hub(told)), language="it").values():
        for words in (b"hill0", b"valley0", b"parole"):
            assert words not in content


def test_the_need_of_a_place_with_few_counts_only_in_what_is_around_it() -> None:
    wanting = [
        UnmetNeed(person_id=f"hill{n:03d}", on=AS_OF, municipality=HILL, need=Need.MOBILITY)
        for n in range(15)
    ]
    wanting += [
        UnmetNeed(person_id=f"valley{n:03d}", on=AS_OF, municipality=VALLEY, need=Need.CARE)
        for n in range(3)
    ]
    rows = exported(a_hub(*wanting))["tables"]["unmet_needs"]
    shown = {(row["need"], row["level"], row["place"]): row["people"] for row in rows}
    assert shown["mobility", "municipality", HILL] == 15
    assert shown["care", "territory", ""] is None
    assert not [key for key in shown if key[0] == "care" and key[1] != "territory"]


def test_a_cell_that_a_spreadsheet_would_compute_is_harmless() -> None:
    wanting = [
        UnmetNeed(person_id=f"hill{n:03d}", on=AS_OF, municipality=HILL, skill="=HYPERLINK(1)")
        for n in range(15)
    ]
    vacancy = UnfilledVacancy(vacancy_id="v1", on=AS_OF, municipality=HILL, occupation="+7223")
    made_files = files(made(a_hub(*wanting, vacancy)), language="it")
    assert {row["skill"] for row in table(made_files["unmet_needs.csv"])} == {"'=HYPERLINK(1)"}
    assert table(made_files["unfilled_vacancies.csv"])[0]["occupation"] == "'+7223"


def test_the_csv_says_what_the_json_says() -> None:
    made_files = files(made(a_hub()), language="it")
    document = json.loads(made_files["tables.json"])
    for name, rows in document["tables"].items():
        assert (f"{name}.csv" in made_files) == bool(rows)
        if rows:
            assert len(table(made_files[f"{name}.csv"])) == len(rows)


def test_effects_leave_with_grade_source_and_what_is_from_here() -> None:
    rows = exported(a_hub())["tables"]["effects"]
    keys = {(row["measure"], row["group"], row["months"]) for row in rows}
    assert keys >= set(product(["course"], ["others", "long_term"], HORIZONS))
    for row in rows:
        assert row["source"]
        assert row["grade"] in "ABCD"
        assert row["lower"] <= row["mean"] <= row["upper"]
        assert (row["state"] == "not_enough_data") == (row["own_share"] == 0)


def test_nobody_at_all_is_a_report_without_rows() -> None:
    found = made(Records())
    assert found.outcomes == ()
    assert found.counted[0].people == frozenset()
    assert exported(Records())["tables"]["outcomes"] == []


@pytest.mark.parametrize("answer", OwnAccount)
def test_the_own_account_is_counted_as_it_was_told_last(answer: OwnAccount) -> None:
    earlier = OwnAccount.WORSE if answer is OwnAccount.BETTER else OwnAccount.BETTER
    accounts = [
        AccountRecord(path_id="hill001", month=6, told_on=date(2025, 8, day), answer=one)
        for day, one in ((1, earlier), (2, answer), (3, None))
    ]
    told = made(a_hub(*accounts)).accounts[0]
    assert told.answers[answer] == {"hill001"}
    assert "hill001" not in told.unknown
