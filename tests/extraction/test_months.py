"""Months of experience by job and in all, on whole CVs worked out by hand."""

from datetime import date

import pytest

from matching.domain import DocumentKind, Extraction
from matching.extraction import Extractor

TODAY = date(2026, 11, 22)


def read(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract(text, kind=DocumentKind.CV, as_of=TODAY)


def by_job(extractor: Extractor, text: str) -> dict[str, int | None]:
    """Months by label, mentions of a job added up."""
    found: dict[str, int | None] = {}
    for job in read(extractor, text).occupations:
        if job.wanted:
            continue
        before = found.get(job.label)
        found[job.label] = before if job.months is None else (before or 0) + job.months
    return found


@pytest.mark.parametrize(
    "text",
    [
        "ESPERIENZE\n2011-2016 Muratore, Edilcasa",
        "ESPERIENZE\nMuratore presso Edilcasa, 2011-2016",
        "ESPERIENZE\n2011-2016\tMuratore\tEdilcasa",
        "ESPERIENZE\n2011-2016\nMuratore\nEdilcasa",
        "ESPERIENZE\n2011-2016\nEdilcasa, Lecco\nMuratore",
        "ESPERIENZE\nMuratore\n2011-2016",
        "ESPERIENZE\nMuratore\nEdilcasa, Lecco\n2011-2016",
        "ESPERIENZE\nEdilcasa, Lecco | 2011-2016\nMuratore",
        "Esperienze: muratore dal 2011 al 2016.",
        "Ho lavorato come muratore dal 2011 al 2016 presso Edilcasa.",
        "Dal 2011 al 2016 sono stato muratore.",
        "ESPERIENZE LAVORATIVE\n\n2011-2016\n\nMuratore\n\nEdilcasa",
        "muratore per 5 anni",
        "Muratore (5 anni)",
        "Muratore con esperienza quinquennale",
        "Date: 2011-2016\nLavoro o posizione ricoperti: Muratore\nDatore di lavoro: Edilcasa",
        "MURATORE DAL 2011 AL 2016 PRESSO EDILCASA",
        "DAL 2011 AL 2016 MURATORE PRESSO EDILCASA",
    ],
)
def test_a_job_takes_its_date_wherever_it_stands(extractor: Extractor, text: str) -> None:
    assert by_job(extractor, text) == {"muratore": 60}


_DATE_ABOVE = """ESPERIENZE
2001-2003
Muratore
2004-2010
Magazziniere
2011-2012
Barista"""
_DATE_BELOW = """ESPERIENZE
Muratore
Edilcasa, 2001-2003
Magazziniere
Logistica Bianchi, 2004-2010
Barista
Bar Sport, 2011-2012"""
_PARAGRAPHS = """Esperienze lavorative

Muratore
Edilcasa | 2001-2003
Costruzione di muri.

Magazziniere
Logistica Bianchi | 2004-2010

Barista
Bar Sport | 2011-2012"""
_ONE_LINE = "Esperienze: 2001-2003 muratore, 2004-2010 magazziniere, 2011-2012 barista"
_ONE_LINE_AFTER = "Esperienze: muratore 2001-2003, magazziniere 2004-2010, barista 2011-2012"
_PROSE = (
    "Dal 2001 al 2003 ho lavorato come muratore. Poi magazziniere dal 2004 al 2010. "
    "Dal 2011 al 2012 sono stata barista."
)


@pytest.mark.parametrize(
    "text", [_DATE_ABOVE, _DATE_BELOW, _PARAGRAPHS, _ONE_LINE, _ONE_LINE_AFTER, _PROSE]
)
def test_several_jobs_keep_their_own_dates(extractor: Extractor, text: str) -> None:
    assert by_job(extractor, text) == {"muratore": 24, "magazziniere": 72, "barista": 12}


def test_a_job_named_twice_in_an_entry_counts_once(extractor: Extractor) -> None:
    text = "ESPERIENZE\n2011-2016 Magazziniere\nmagazziniere addetto al carico, sempre magazziniere"
    found = read(extractor, text)
    assert [job.months for job in found.occupations if job.label == "magazziniere"][0] == 60
    assert by_job(extractor, text)["magazziniere"] == 60


def test_overlapping_jobs_of_one_trade_count_once(extractor: Extractor) -> None:
    text = "ESPERIENZE\n2010-2014 cameriera, Bar Sport\n2012-2016 cameriera, Bar Centrale"
    assert by_job(extractor, text) == {"cameriere": 72}
    assert read(extractor, text).facts.experience_months == 72


def test_a_trade_taken_up_again_adds_up(extractor: Extractor) -> None:
    text = "ESPERIENZE\n2010-2012 cuoco\n2013-2014 barista\n2015-2016 cuoco"
    assert by_job(extractor, text) == {"cuoco": 36, "barista": 12}


def test_a_statement_on_the_career_is_not_added_to_its_dates(extractor: Extractor) -> None:
    text = "Magazziniere con più di dieci anni di esperienza.\n\nESPERIENZE\n2019-2024 Magazziniere"
    assert by_job(extractor, text) == {"magazziniere": 120}


def test_a_statement_shorter_than_the_dates_adds_nothing(extractor: Extractor) -> None:
    text = "Magazziniere con tre anni di esperienza.\n\nESPERIENZE\n2019-2024 Magazziniere"
    assert by_job(extractor, text) == {"magazziniere": 60}


def test_dates_and_their_length_in_brackets_count_once(extractor: Extractor) -> None:
    assert by_job(extractor, "ESPERIENZE\nmuratore dal 2011 al 2016 (5 anni)") == {"muratore": 60}


def test_two_periods_of_one_job_add_up(extractor: Extractor) -> None:
    text = (
        "ESPERIENZE\nda ottobre 2025 a dicembre 2025 e poi da aprile 2026 a luglio 2026: "
        "addetta al picking"
    )
    assert by_job(extractor, text) == {"addetto al picking": 7}


def test_jobs_after_one_date_share_it_across_commas(extractor: Extractor) -> None:
    text = "ESPERIENZE\n2011-2016 muratore, imbianchino"
    assert by_job(extractor, text) == {"muratore": 60, "imbianchino": 60}


def test_jobs_of_one_entry_share_its_dates(extractor: Extractor) -> None:
    assert by_job(extractor, "ESPERIENZE\n2011-2016 muratore e imbianchino") == {
        "muratore": 60,
        "imbianchino": 60,
    }


def test_seasons_count_four_months_each(extractor: Extractor) -> None:
    assert by_job(extractor, "ESPERIENZE\nEstati 2019, 2020 e 2021: bagnino") == {"bagnino": 12}
    assert by_job(extractor, "ESPERIENZE\ncameriera stagionale, 3 stagioni") == {"cameriere": 12}


def test_a_running_job_counts_up_to_the_day_of_reading(extractor: Extractor) -> None:
    assert by_job(extractor, "ESPERIENZE\nda gennaio 2026: cuoco") == {"cuoco": 11}
    assert by_job(extractor, "Lavoro come saldatore da 15 anni.") == {"saldatore": 180}


def test_the_first_line_is_a_job_without_months(extractor: Extractor) -> None:
    text = "Elettricista\n\nESPERIENZE\n2015-2018 magazziniere"
    assert by_job(extractor, text) == {"elettricista": None, "magazziniere": 36}


def test_a_letter_is_read_like_a_list(extractor: Extractor) -> None:
    text = (
        "Gentile Direttore, mi chiamo Samuele Bertarelli e ho 44 anni. Per diciotto anni ho "
        "lavorato come saldatore presso la ditta Metalvaro di Civate, fino alla chiusura nel 2023. "
        "Prima, dal 1998 al 2005, ero muratore."
    )
    assert by_job(extractor, text) == {"saldatore": 216, "muratore": 84}


def test_clauses_of_one_sentence_keep_their_own_times(extractor: Extractor) -> None:
    text = (
        "lavoro come colf da 6 anni in due famiglie, prima 3 stagioni cameriera ai piani in hotel "
        "a Bellano\ndal 2010 al 2013 in Marocco insegnante"
    )
    assert by_job(extractor, text) == {
        "collaboratore domestico": 72,
        "cameriere ai piani": 12,
        "insegnante": 36,
    }


def test_months_in_brackets_are_more_exact_than_years(extractor: Extractor) -> None:
    text = "ESPERIENZE\n2019/2020 – Barista presso Bar Centrale (6 mesi)"
    assert by_job(extractor, text) == {"barista": 6}


def test_a_job_under_volunteering_counts_without_months(extractor: Extractor) -> None:
    text = "ESPERIENZE\n2019-2021 lavapiatti\n\nVOLONTARIATO\nCuoco alla sagra, dal 2015"
    assert by_job(extractor, text) == {"lavapiatti": 24, "cuoco": None}


def test_school_years_are_no_work(extractor: Extractor) -> None:
    text = (
        "ESPERIENZE\n2015-2018 saldatore\n\nISTRUZIONE\n2010-2015 Diploma di perito meccanico, "
        "ITIS\n2009 Corso di saldatore"
    )
    assert by_job(extractor, text) == {"saldatore": 36}
    assert read(extractor, text).facts.experience_months == 36


@pytest.mark.parametrize(
    "line",
    [
        "2018-2021 disoccupata",
        "Disoccupato dal 2019",
        "luglio 2024 - oggi in NASpI",
        "2018-2021 maternità / casa",
        "Cassa integrazione da gennaio 2019, poi mobilità",
        "Servizio militare dal 10/91 al 09/92",
        "Vivo a Lecco dal 2005",
        "In Italia dal 2004",
        "Residente a Merate da 10 anni",
        "Patente B dal 2003",
        "Patentino del muletto conseguito nel 2019",
        "Volontaria della Croce Rossa dal 2012",
        "Nata a Lecco il 3 aprile 1980",
        "Iscritto al collocamento dal 01/2020",
        "Sposata dal 2001",
    ],
)
def test_other_stretches_of_life_are_no_work(extractor: Extractor, line: str) -> None:
    jobs = "ESPERIENZE\n2010-2012 barista, Bar Sport"
    assert read(extractor, f"{jobs}\n{line}").facts.experience_months == 24
    assert read(extractor, f"{line}\n\n{jobs}").facts.experience_months == 24
    assert by_job(extractor, f"{jobs}\n\n{line}") == {"barista": 24}


def test_a_home_on_the_same_line_hides_no_work(extractor: Extractor) -> None:
    text = "MI CHIAMO SAMUELE PIROVANELLI, VIVO A OGGIONO\nHo fatto il muratore 3 anni a Lecco"
    assert by_job(extractor, text) == {"muratore": 36}
    assert by_job(extractor, "Vivo a Oggiono e ho fatto il muratore per 3 anni") == {"muratore": 36}


def test_the_years_of_a_story_are_not_added_up(extractor: Extractor) -> None:
    text = (
        "Nel 2011 ho aperto una panetteria, chiusa nel 2019. Da allora lavoro come muratore. "
        "Nel 2024 sono stato operato."
    )
    assert by_job(extractor, text) == {"muratore": None}


def test_a_maternity_cover_is_work(extractor: Extractor) -> None:
    text = "ESPERIENZE\n2018-2019 impiegata, sostituzione maternità"
    assert read(extractor, text).facts.experience_months == 12


def test_a_cv_without_dates_has_unknown_experience(extractor: Extractor) -> None:
    assert read(extractor, "Ho fatto il muratore e il barista.").facts.experience_months is None


def test_a_cv_without_headers_is_read_whole(extractor: Extractor) -> None:
    text = "Rossi Ada\n\n2010-2012 Bar Sport, Lecco\n2013-2015 cuoca alla mensa di Merate"
    assert read(extractor, text).facts.experience_months == 48


def test_dates_beside_a_header_are_no_job(extractor: Extractor) -> None:
    text = "ESPERIENZE LAVORATIVE (dal 1998)\n2010-2012 barista"
    assert read(extractor, text).facts.experience_months == 24


def test_unpaid_care_counts_where_it_stands_among_the_jobs(extractor: Extractor) -> None:
    among = "ESPERIENZE\n1996-2009 stiratrice\ndal 01/2010 al 12/2019 assisto mia madre invalida"
    apart = (
        "ESPERIENZE\n1996-2009 stiratrice\n\nVOLONTARIATO\ndal 01/2010 al 12/2019 lavoro in mensa"
    )
    assert read(extractor, among).facts.experience_months == 156 + 120
    assert read(extractor, apart).facts.experience_months == 156


def test_a_year_earlier_everything_is_a_year_shorter(extractor: Extractor) -> None:
    text = "ESPERIENZE\ndal 01/2020 ad oggi: cuoca"
    now = extractor.extract(text, kind=DocumentKind.CV, as_of=date(2026, 12, 1))
    then = extractor.extract(text, kind=DocumentKind.CV, as_of=date(2025, 12, 1))
    assert now.occupations[0].months == 84
    assert then.occupations[0].months == 72


def test_two_items_of_a_list_keep_their_dates_and_rows_of_a_form_share_them(
    extractor: Extractor,
) -> None:
    items = (
        "ESPERIENZE\n* Estero 1998-2010: laboratorio di confezione, macchina rettilinea, taglio\n"
        "* Babysitter qualche sera"
    )
    assert by_job(extractor, items) == {"babysitter": None}
    form = "ESPERIENZE\n- Date (da – a)\t11/2001 – 12/2008\n- Mansione\tCommessa banco gastronomia"
    assert by_job(extractor, form) == {"salumiere": 86}
