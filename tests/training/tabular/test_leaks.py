from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import rankdata

from matching.errors import InputError
from tests.training.tabular.tables import people, suspected
from training.tabular.alone import area, folded_auc
from training.tabular.evidence import Why
from training.tabular.hints import last_day_named, says_afterwards
from training.tabular.outcome import LabelTask, SpellTask
from training.tabular.reading import read_table


def found(frame: pd.DataFrame, **options: str) -> list[tuple[str, Why, bool]]:
    return [(one.column, one.why, one.sure) for one in suspected(frame, **options).values()]


def test_inputs_that_are_known_at_intake_are_not_suspected() -> None:
    assert found(people()) == []


def test_a_copy_of_the_outcome_in_other_words_is_found() -> None:
    frame = people()
    frame["stato"] = np.where(frame["esito"] == 1, "in carico", "concluso")
    assert found(frame) == [("stato", Why.COPY, True)]


def test_a_number_that_gives_the_outcome_away_beyond_a_threshold_is_found() -> None:
    frame = people()
    rng = np.random.default_rng(1)
    frame["giorni"] = np.where(frame["esito"] == 1, 300, 0) + rng.uniform(0, 320, len(frame))
    ((column, why, sure),) = found(frame)
    assert (column, why, sure) == ("giorni", Why.PREDICTS, True)


def test_a_blank_that_settles_the_outcome_is_found() -> None:
    frame = people(1200)
    contract = np.random.default_rng(2).choice(["a termine", "stabile", "stage"], len(frame))
    hired = (frame["esito"] == 0) & (np.arange(len(frame)) % 3 > 0)
    frame["contratto"] = np.where(hired, contract, "")
    suspect = suspected(frame)["contratto"]
    assert (suspect.why, suspect.sure) == (Why.DECIDES, True)


def test_a_text_that_is_written_only_for_one_outcome_is_found_by_its_blanks() -> None:
    frame = people(1200)
    frame["note"] = [
        f"assunto il giorno {n} dalla ditta" if bad == 0 else ""
        for n, bad in enumerate(frame.esito)
    ]
    assert [one[0] for one in found(frame)] == ["note"]


def test_flags_that_together_are_the_outcome_are_found() -> None:
    frame = people(600)
    lost = np.random.default_rng(3).random(len(frame)) < 0.15
    frame["disoccupato_3"] = ((frame["esito"] == 1) & ~lost).astype(int)
    frame["inattivo_3"] = ((frame["esito"] == 1) & lost).astype(int)
    assert {(one, sure) for one, _, sure in found(frame)} == {
        ("disoccupato_3", True),
        ("inattivo_3", True),
    }


def test_a_strong_input_is_not_dropped() -> None:
    """A rule that doubles the duration from 50 on: AUC .75 alone, as benefits have made it."""
    rng = np.random.default_rng(4)
    age = rng.uniform(46, 54, 4000).round(2)
    bad = rng.random(4000) < np.where(age < 50, 0.06, 0.53)
    assert found(pd.DataFrame({"anni": age, "esito": bad.astype(int)})) == []


def test_a_date_after_intake_is_found_against_a_column_or_a_day() -> None:
    frame = people(100)
    start = pd.Timestamp(2024, 1, 1) + pd.to_timedelta(np.arange(100), unit="D")
    frame["colloquio"] = start.strftime("%d/%m/%Y")
    frame["nato"] = (start - pd.Timedelta(days=9000)).strftime("%Y-%m-%d")
    frame["corso"] = (start + pd.Timedelta(days=3)).strftime("%Y-%m-%d")
    assert found(frame, intake="colloquio") == [("corso", Why.AFTER_INTAKE, True)]
    by_day = suspected(frame, intake="2024-03-01")
    assert {*by_day} == {"colloquio", "corso"}
    assert by_day["corso"].measure == pytest.approx(0.43, abs=0.02)


def test_an_intake_that_is_neither_a_column_nor_a_date_is_refused() -> None:
    with pytest.raises(InputError, match="--intake: 'ieri' is neither"):
        suspected(people(), intake="ieri")
    with pytest.raises(InputError, match="the column 'mestiere' holds no dates but category"):
        suspected(people(), intake="mestiere")


def test_a_month_in_the_name_is_held_against_intake() -> None:
    frame = people(200).assign(**{"Jun.95": "a", "Jul.95": "b", "reddito 1996": range(200)})
    frame.loc[::3, ["Jun.95", "Jul.95"]] = "c"
    assert found(frame, intake="1995-07-01") == [
        ("Jul.95", Why.NAMED_AFTER, True),
        ("reddito 1996", Why.NAMED_AFTER, False),
    ]
    assert found(frame) == []


def test_a_later_wave_is_asked_about_and_flags_of_one_question_are_not() -> None:
    frame = people()
    rng = np.random.default_rng(5)
    frame["umore1"], frame["umore2"] = rng.normal(size=(2, len(frame))).round(2)
    level = rng.integers(0, 3, len(frame))
    for number in range(3):
        frame[f"titolo{number}"] = (level == number).astype(int)
    assert found(frame) == [("umore2", Why.LATER_WAVE, False)]


def test_a_name_for_the_end_is_asked_about() -> None:
    frame = people()
    frame["motivo uscita"] = np.random.default_rng(6).choice(["a", "b"], len(frame))
    assert found(frame) == [("motivo uscita", Why.NAMED_OUTCOME, False)]
    assert says_afterwards("follow-up")
    assert not says_afterwards("weekend")


def test_of_spells_what_says_who_ended_is_found_and_a_cohort_is_only_asked_about() -> None:
    rng = np.random.default_rng(7)
    cohort = rng.integers(2015, 2025, 2000)
    length = rng.geometric(0.15, 2000)
    seen = np.minimum(length, (2025 - cohort) * 4)
    ended = (length <= seen).astype(int)
    frame = pd.DataFrame({"ev": ended, "trimestri": seen, "anno": cohort})
    frame["chiuso"] = np.where(ended == 1, "chiusa", "aperta")
    task = SpellTask(event="ev", duration="trimestri", horizons=(4.0,))
    by_column = suspected(frame, task)
    assert by_column["chiuso"].why is Why.COPY
    assert [name for name, one in by_column.items() if one.sure] == ["chiuso"]


def test_the_folded_area_is_the_one_of_ranks() -> None:
    rng = np.random.default_rng(8)
    score, bad = rng.integers(0, 6, 300).astype(float), rng.random(300) < 0.4
    ranks = rankdata(score)
    wanted = (ranks[bad].sum() - bad.sum() * (bad.sum() + 1) / 2) / (bad.sum() * (~bad).sum())
    assert area(score, bad.astype(float), (~bad).astype(float)) == pytest.approx(wanted)


def test_the_folded_area_of_noise_in_many_groups_is_not_above_chance() -> None:
    rng = np.random.default_rng(9)
    assert folded_auc(rng.integers(0, 200, 1000), rng.random(1000) < 0.3) < 0.6


def test_months_and_years_in_names_are_read_in_both_languages() -> None:
    said = {name: last_day_named(name) for name in ("Feb.96", "stato dic 2023", "mar", "uemp12m")}
    assert [None if one is None else str(one[0]) for one in said.values()] == [
        "1996-02-29", "2023-12-31", None, None,
    ]  # fmt: skip


REAL: Sequence[tuple[str, LabelTask, set[str], set[str]]] = (
    (
        "risk-sicily-twa/sicily_twa.csv",
        LabelTask(column="out3", positive="0"),
        {"unemp3", "nofl3", "hour3", "wage3"},
        {"wage2"},
    ),
    # What was asked after the workshop is only related to the outcome: the name gives away one.
    ("risk-jobs2/jobs2.csv", LabelTask(column="work1", positive="psyump"), set(), {"depress2"}),
    (
        "risk-austria-ubduration/austria_ubduration.csv",
        LabelTask(column="ltu_52w"),
        {"duration_weeks"},
        set(),
    ),
    (
        "risk-ess10-no-ch/ess10_no_ch_unemployed3m.csv",
        LabelTask(column="uemp12m", positive="1"),
        set(),
        set(),
    ),
)


@pytest.mark.shared_data
@pytest.mark.parametrize(("path", "task", "sure", "asked"), REAL, ids=[one[0] for one in REAL])
def test_in_real_tables_the_leaks_are_found_and_no_input_that_may_be_used(
    shared: Path, path: str, task: LabelTask, sure: set[str], asked: set[str]
) -> None:
    frame = read_table(shared / "data" / path).frame
    by_column = suspected(frame, task)
    assert {name for name, one in by_column.items() if one.sure} == sure
    assert {name for name, one in by_column.items() if not one.sure} == asked


@pytest.mark.shared_data
def test_in_the_pennsylvania_table_both_durations_are_found(shared: Path) -> None:
    frame = pd.read_csv(shared / "data/risk-pennsylvania-bonus/penn_jae.csv")
    frame["esito"] = (frame["inuidur1"] >= 26).astype(int)
    assert {*suspected(frame)} == {"inuidur1", "inuidur2"}


@pytest.mark.shared_data
def test_in_the_displaced_workers_table_all_reasons_of_the_end_are_pointed_at(shared: Path) -> None:
    frame = pd.read_csv(shared / "data/risk-usa-unempdur/UnempDur.csv")
    frame["ended"] = 1 - frame["censor4"]
    task = SpellTask(event="ended", duration="spell", horizons=(6.0, 13.0, 19.0))
    by_column = suspected(frame, task)
    assert {*by_column} == {"censor1", "censor2", "censor3", "censor4"}
    assert [name for name, one in by_column.items() if one.sure] == ["censor4"]


@pytest.mark.shared_data
def test_in_the_northern_ireland_table_the_months_after_intake_are_found(shared: Path) -> None:
    frame = pd.read_csv(shared / "data/risk-mvad-northern-ireland/mvad.csv")
    months = frame.columns[14:]
    jobless = frame[months] == "joblessness"
    frame["esito"] = (jobless[months[-48:]].sum(axis=1) >= 12).astype(int)
    frame["before"] = jobless[months[:24]].sum(axis=1)
    assert {*suspected(frame, intake="1995-07-01")} == {*months[-48:]}
    # Without the day of intake no single month tells enough.
    assert suspected(frame) == {}
