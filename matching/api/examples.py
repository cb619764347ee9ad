"""Requests that the OpenAPI document shows; each can be sent as it stands."""

from types import MappingProxyType
from typing import Any

_KEEPER = (
    "ESPERIENZE LAVORATIVE\n"
    "Magazziniera presso una ditta di ricambi, dal 03/2019 al 02/2023\n"
    "- carico e scarico merci con il muletto, inventario, bolle di accompagnamento\n"
    "Addetta alle pulizie in albergo, stagioni 2016-2018\n"
    "FORMAZIONE\n"
    "Diploma di scuola superiore. Patentino per carrelli elevatori\n"
    "Patente B, automunita. Inglese A2. Disponibile a turni, da subito."
)
_COOK = (
    "Aiuto cuoco dal 2015 al 2022 in una mensa scolastica, 120 coperti: linea primi, ordini, "
    "schede HACCP. Vorrei un posto fisso, part time al mattino."
)
_OFFER = (
    "Per un magazzino di ricambi cerchiamo una persona per carico e scarico merci, picking e "
    "inventario.\nRequisiti: esperienza di almeno un anno, patentino del muletto, patente B.\n"
    "Gradita la conoscenza di un gestionale di magazzino.\n"
    "Offriamo: contratto a tempo indeterminato, full time su due turni."
)
_KITCHEN = (
    "Mensa scolastica cerca aiuto cuoco/a per preparazione dei pasti e pulizia della cucina.\n"
    "Requisiti: HACCP. Offriamo: part time 20 ore al mattino, tempo determinato."
)
_AS_OF = "2026-11-22"
_READ_BEFORE = {
    "kind": "cv",
    "language": "it",
    "skills": [
        {
            "uri": "http://data.europa.eu/esco/skill/28cb374e-6261-4133-8371-f9a5470145da",
            "label": "guida del muletto",
            "evidence": "muletto",
            "start": 40,
            "end": 47,
            "confidence": 0.9,
            "importance": None,
        }
    ],
    "occupations": [
        {
            "uri": "http://data.europa.eu/esco/occupation/bea705fe-06ac-4147-b8e0-6e8ac1208d8f",
            "label": "magazziniere",
            "isco08": "9333",
            "evidence": "Magazziniere",
            "start": 0,
            "end": 12,
            "confidence": 0.9,
            "months": 48,
            "wanted": False,
        }
    ],
    "facts": {
        "licences": [{"value": "B", "evidence": "patente B", "start": 52, "end": 61}],
        "experience_months": 48,
    },
    "words": [{"key": "mulett", "count": 1, "evidence": "muletto"}],
    "model": {"name": "lexicon"},
    "as_of": _AS_OF,
}

Examples = MappingProxyType[str, Any]

EXTRACTION: Examples = MappingProxyType(
    {
        "cv": {"summary": "A CV", "value": {"kind": "cv", "text": _KEEPER, "as_of": _AS_OF}},
        "vacancy": {"summary": "A vacancy", "value": {"kind": "vacancy", "text": _OFFER}},
    }
)
FILE: Examples = MappingProxyType(
    {
        "cv": {
            "summary": "A CV in PDF",
            "value": {"file": "(the bytes of cv.pdf)", "kind": "cv", "as_of": _AS_OF},
        }
    }
)
RANKING: Examples = MappingProxyType(
    {
        "texts": {
            "summary": "Texts; reasons for the first person only",
            "value": {
                "vacancy": {"id": "offerta-1", "title": "Magazziniere/a", "text": _OFFER},
                "persons": [{"id": "p-01", "text": _COOK}, {"id": "p-02", "text": _KEEPER}],
                "as_of": _AS_OF,
                "explain": 1,
            },
        },
        "weights": {
            "summary": "Skills count twice, distance not at all; the first page of one",
            "value": {
                "vacancy": {"id": "offerta-1", "title": "Magazziniere/a", "text": _OFFER},
                "persons": [{"id": "p-01", "text": _COOK}, {"id": "p-02", "text": _KEEPER}],
                "as_of": _AS_OF,
                "weights": {"skills": 2, "reach": 0},
                "first": 0,
                "count": 1,
            },
        },
        "kept": {
            "summary": "A person by what was read in the CV before",
            "value": {
                "vacancy": {"id": "offerta-1", "title": "Magazziniere/a", "text": _OFFER},
                "persons": [{"id": "p-03", "extraction": _READ_BEFORE}],
                "as_of": _AS_OF,
            },
        },
    }
)
MATCHES: Examples = MappingProxyType(
    {
        "texts": {
            "summary": "Two vacancies for a person; the first page of one",
            "value": {
                "person": {"text": _KEEPER},
                "vacancies": [
                    {"id": "offerta-1", "title": "Magazziniere/a", "text": _OFFER},
                    {"id": "offerta-2", "title": "Aiuto cuoco/a", "text": _KITCHEN},
                ],
                "as_of": _AS_OF,
                "first": 0,
                "count": 1,
            },
        },
        "kept": {
            "summary": "The person by what was read in the CV before",
            "value": {
                "person": {"extraction": _READ_BEFORE},
                "vacancies": [{"id": "offerta-1", "title": "Magazziniere/a", "text": _OFFER}],
                "as_of": _AS_OF,
            },
        },
    }
)
PLANS: Examples = MappingProxyType(
    {
        "path": {
            "summary": "A path towards a vacancy and for two needs, with the page to print",
            "value": {
                "person": {"text": _KEEPER},
                "vacancies": [{"id": "offerta-2", "title": "Aiuto cuoco/a", "text": _KITCHEN}],
                "needs": ["food", "care"],
                "budget_eur": 500,
                "paper": "it",
                "as_of": _AS_OF,
            },
        }
    }
)
RISK: Examples = MappingProxyType(
    {
        "two": {
            "summary": "Two situations; what is not known is left out",
            "value": {
                "purpose": "offer_accompaniment",
                "as_of": _AS_OF,
                "persons": [
                    {
                        "person_id": "p-01",
                        "months_since_last_job": 14,
                        "share_worked_5y": 0.4,
                        "jobs_5y": 3,
                        "longest_job_5y": 14,
                        "past_long_spells": 1,
                        "education_level": 4,
                        "italian_level": "B1",
                        "driving_licence": True,
                        "own_vehicle": False,
                        "weekly_hours": 25,
                        "debt_stress": True,
                        "housing_stress": False,
                        "local_demand": 0.7,
                        "own_rating": 2,
                    },
                    {"person_id": "p-02", "months_since_last_job": 2, "driving_licence": False},
                ],
            },
        }
    }
)
WORKLIST: Examples = MappingProxyType(
    {
        "two": {
            "summary": "Two people, one assessed twice, to one of whom something happened",
            "value": {
                "purpose": "offer_accompaniment",
                "as_of": _AS_OF,
                "managers": 3,
                "people": [
                    {"person_id": "p-01", "since": "2026-02-02", "last_contact": "2026-11-10"},
                    {"person_id": "p-02", "since": "2026-09-01"},
                ],
                "assessments": [
                    {
                        "person_id": "p-01",
                        "as_of": "2026-02-02",
                        "no_work": {"value": 0.48, "lower": 0.39, "upper": 0.57},
                        "model": "risk 1",
                    },
                    {
                        "person_id": "p-01",
                        "as_of": "2026-08-03",
                        "no_work": {"value": 0.61, "lower": 0.52, "upper": 0.7},
                        "model": "risk 1",
                        "because": "job_lost",
                    },
                ],
                "events": [{"person_id": "p-01", "on": "2026-10-05", "event": "new_barrier"}],
            },
        }
    }
)
NEEDS: Examples = MappingProxyType(
    {"any": {"summary": "Any need"}, "care": {"summary": "Care of relatives", "value": "care"}}
)
PLACES: Examples = MappingProxyType(
    {
        "any": {"summary": "Anywhere"},
        "name": {"summary": "A municipality, by name or ISTAT code", "value": "097042"},
    }
)
CURSORS: Examples = MappingProxyType(
    {
        "first": {"summary": "The first page"},
        "next": {"summary": "The next_cursor of the page before", "value": "Y29yc28tYXNh"},
    }
)
SERVICES: Examples = MappingProxyType(
    {"slug": {"summary": "By slug", "value": "corso-asa"}},
)
_STEP = {
    "plan_id": "p-01",
    "person": "p-01",
    "urgency": 2.5,
    "need_quartile": 4,
    "asked_on": "2026-11-09",
}
FUND_PROPOSAL: Examples = MappingProxyType(
    {
        "three": {
            "summary": "Care before a course, and a certificate for somebody else; 500 euro",
            "value": {
                "as_of": _AS_OF,
                "budget_cents": 50_000,
                "compared": False,
                "requests": [
                    {
                        **_STEP,
                        "id": "p-01-1",
                        "step": "doposcuola",
                        "measure": "care",
                        "cost_cents": 18_000,
                        "seats_key": "doposcuola",
                        "seats_left": 4,
                    },
                    {
                        **_STEP,
                        "id": "p-01-2",
                        "step": "corso-magazzino",
                        "measure": "course",
                        "cost_cents": 29_000,
                        "benefit": 0.9,
                        "seats_key": "corso-magazzino@2027-01-18",
                        "starts_on": "2027-01-18",
                        "after": ["p-01-1"],
                    },
                    {
                        "id": "p-02-1",
                        "plan_id": "p-02",
                        "step": "patentino",
                        "measure": "certificate",
                        "person": "p-02",
                        "cost_cents": 17_500,
                        "benefit": 0.4,
                        "urgency": 1,
                        "need_quartile": 1,
                        "asked_on": "2026-11-02",
                        "seats_key": "patentino@2026-12-14",
                        "starts_on": "2026-12-14",
                    },
                ],
            },
        }
    }
)
