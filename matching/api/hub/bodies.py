"""Bodies that come in more than one form, as the OpenAPI document shows them."""

from typing import Any

from matching.api.hub.examples import JOB_POSTINGS, NEW_VACANCY
from matching.api.hub.vacancies import NewVacancyRequest

JOB_POSTING = "application/ld+json"
_REFERENCE = "#/components/schemas/{model}"


def vacancy_bodies() -> dict[str, Any]:
    """The two forms in which a vacancy may be sent."""
    fields = NewVacancyRequest.model_json_schema()["properties"]
    said = {
        **fields["text"],
        "pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$",
        "description": "A text, or HTML.",
    }
    posting = {
        "type": "object",
        "description": "A JobPosting of schema.org; what is not named here is not read.",
        "required": ["title", "description"],
        "properties": {
            "title": fields["title"],
            "description": said,
            "datePosted": fields["opened_on"],
            "validThrough": fields["expires_on"],
        },
    }
    own = {"$ref": _REFERENCE.format(model=NewVacancyRequest.__name__)}
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": own, "examples": dict(NEW_VACANCY)},
                JOB_POSTING: {"schema": posting, "examples": dict(JOB_POSTINGS)},
            },
        }
    }
