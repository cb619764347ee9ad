"""When the last job of a CV ended."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import DocumentKind, Fact
from matching.extraction import Extractor
from matching.extraction.last_job import endings
from matching.features import pair_features
from matching.normalisation import plain
from tests.extraction.clock import quickly
from tests.factories import a_profile, a_space, a_vacancy

AS_OF = date(2026, 11, 22)


def ended(extractor: Extractor, text: str, as_of: date = AS_OF) -> object:
    found = extractor.extract(text, kind=DocumentKind.CV, as_of=as_of).facts.last_job_end
    if found is None:
        return None
    assert text[found.start : found.end] == found.evidence
    return found.value


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("dal 2015 ad oggi operaio", "ongoing"),
        ("sett. 2019 - in corso: cameriera", "ongoing"),
        ("da 10 anni lavoro come colf", "ongoing"),
        ("contratto dal 01/02/2026 al 31/01/2027 impiegata", "ongoing"),
        ("03/2025 - 11/2026 impiegata", "2026-11"),
        ("'98-2004 muratore", "2004"),
        ("07/2018-09/2020 commessa", "2020-09"),
        ("gennaio 2022 (3 mesi) barista", "2022-03"),
        ("2010/2014 operaio\n2012/2016 barista", "2016"),
        ("2012/2016 barista\n2010/2014 operaio", "2016"),
        ("ho lavorato come saldatore per 20 anni, fino a marzo 2023", "2023-03"),
        ("ho lavorato in fabbrica dal 1990 fino alla chiusura nel 2012", "2012"),
        ("2010-2018 saldatore\nDisoccupato da marzo 2020", "2020-03"),
        ("2010-2018 saldatore\nDisoccupato da marzo 2018", "2018-03"),
        ("Dal 2018 autista\nIn NASpI da settembre 2026", "2026-09"),
        ("Barista dal 2015 al 2016\nDisoccupata da 2 anni", "2024"),
        ("ho fatto il muratore e il barista", None),
        ("2018-2020 disoccupata", None),
    ],
)
def test_the_end_of_the_last_job_is_as_precise_as_it_is_written(
    extractor: Extractor, line: str, expected: str | None
) -> None:
    assert ended(extractor, f"ESPERIENZE\n{line}") == expected


def test_school_and_other_peoples_work_end_no_job(extractor: Extractor) -> None:
    studies = "ISTRUZIONE\n2015-2020 Liceo\n\nESPERIENZE\nestate 2019 cameriera"
    assert ended(extractor, studies) == "2019"
    husband = "Mio marito è disoccupato dal 2020.\n\nESPERIENZE\n2010-2014 barista"
    assert ended(extractor, husband) == "2014"


def test_a_vacancy_has_no_last_job(extractor: Extractor) -> None:
    text = "Cercasi cuoco. Azienda attiva dal 2010 al 2020"
    facts = extractor.extract(text, kind=DocumentKind.VACANCY, as_of=AS_OF).facts
    assert facts.last_job_end is None


@pytest.mark.parametrize("value", ["2010-03", "2026-10", "ongoing"])
def test_no_match_feature_reads_it(value: str) -> None:
    vacancy, person = a_vacancy(jobs=["cook"], months_required=12), a_profile(jobs={"cook": 60})
    told = replace(
        person,
        facts=replace(
            person.facts, last_job_end=Fact(value=value, evidence=value, start=0, end=len(value))
        ),
    )
    plain_frame, told_frame = (pair_features([vacancy], [one], a_space()) for one in (person, told))
    pd.testing.assert_frame_equal(plain_frame, told_frame)


@given(st.integers(-15, 8))
def test_moving_all_dates_by_whole_years_moves_the_end_alike(
    extractor: Extractor, shift: int
) -> None:
    text = "ESPERIENZE\n03/{a} - 09/{b} commessa\n{c}-{d} barista"

    def read(by: int) -> str:
        moved = text.format(a=2012 + by, b=2015 + by, c=2008 + by, d=2010 + by)
        return str(ended(extractor, moved, date(2026 + by, 11, 22)))

    assert read(shift) == f"{2015 + shift}-09"


@pytest.mark.parametrize("unit", ["disoccupata ", "dal 2010 ", "lavoro fino al ", "licenziato "])
def test_long_lines_are_read_in_linear_time(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    with quickly():
        assert all(one.fact.evidence for one in endings(text, plain(text), AS_OF))
