from collections.abc import Callable
from datetime import date

import pytest

from matching.domain import DocumentKind
from matching.extraction import Index
from matching.extraction.entries import periods_by_job
from matching.extraction.mentions import Reading, occupation_mentions, read
from matching.extraction.periods import periods
from matching.extraction.segments import segments
from matching.normalisation import plain
from matching.taxonomy import Taxonomy

TODAY = date(2026, 11, 22)
Pair = Callable[[str], dict[str, list[int]]]


@pytest.fixture
def pair(index: Index, taxonomy: Taxonomy) -> Pair:
    """Months of the periods of each job, by the words of the job."""

    def everywhere(reading: Reading, first: int, last: int) -> bool:
        return True

    def paired(text: str) -> dict[str, list[int]]:
        words = plain(text)
        parts = segments(text, DocumentKind.CV)
        reading = read(text, words, DocumentKind.CV, parts, index)
        jobs = occupation_mentions(reading, index, taxonomy, everywhere)
        found = periods_by_job(jobs, reading, periods(words, TODAY))
        return {
            text[job.start : job.end]: [period.months for period in found[job.start]]
            for job in jobs
            if job.start in found
        }

    return paired


def test_a_date_goes_to_the_jobs_after_it_up_to_the_next_date(pair: Pair) -> None:
    text = "- 2001-2003 muratore e imbianchino 2004-2010 barista"
    assert pair(text) == {"muratore": [24], "imbianchino": [24], "barista": [72]}


def test_a_job_first_takes_the_dates_after_it(pair: Pair) -> None:
    text = "- muratore 2001-2003 imbianchino 2004-2010"
    assert pair(text) == {"muratore": [24], "imbianchino": [72]}


def test_a_job_without_a_date_of_its_own_gets_none(pair: Pair) -> None:
    assert pair("- muratore 2001-2003, poi imbianchino") == {"muratore": [24]}


def test_dates_beat_a_duration_and_a_duration_beats_a_lone_year(pair: Pair) -> None:
    assert pair("- muratore dal 2001 al 2003 (2 anni)") == {"muratore": [24]}
    assert pair("- muratore per tre anni, chiuso l'anno 2004") == {"muratore": [36]}


def test_a_date_line_serves_the_job_below_it(pair: Pair) -> None:
    assert pair("2001-2003\nmuratore\n2004-2010\nbarista") == {"muratore": [24], "barista": [72]}


def test_a_date_line_serves_the_job_above_it(pair: Pair) -> None:
    assert pair("muratore\n2001-2003\nbarista\n2004-2010") == {"muratore": [24], "barista": [72]}


def test_no_date_is_borrowed_across_a_header(pair: Pair) -> None:
    assert pair("2001-2003\nCOMPETENZE\nbarista") == {}


def test_no_date_is_borrowed_across_another_job(pair: Pair) -> None:
    assert pair("2001-2003\nmuratore\nbarista") == {"muratore": [24]}


def test_the_date_of_the_job_above_is_not_borrowed_in_a_list(pair: Pair) -> None:
    text = "muratore\n2001-2003\nbarista\n2004-2010\ncuoco"
    assert pair(text) == {"muratore": [24], "barista": [72]}


def test_no_date_is_borrowed_from_far_away(pair: Pair) -> None:
    assert pair("2001-2003\nEdilcasa\nLecco\nvia Roma\nCantieri vari\nmuratore") == {}


def test_jobs_without_any_date_have_none(pair: Pair) -> None:
    assert pair("muratore\nbarista") == {}
