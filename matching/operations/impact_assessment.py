"""The facts that an impact assessment (GDPR art. 35) needs, as far as the product knows them.

It is no assessment: a hub makes that, and records its number with ``valoriamo approve``.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from matching.hub.page import heading, page, paragraph, points, table
from matching.operations.data_map import (
    Facts,
    header,
    map_rows,
    register_rows,
    retention_table,
    roles_by_act,
)


def assessment_files(facts: Facts) -> Mapping[str, bytes]:
    """The facts as HTML and JSON, by name of file."""
    return {
        "assessment.html": _page(facts).encode(),
        "assessment.json": json.dumps(_document(facts), ensure_ascii=False, indent=1).encode(),
    }


def _document(facts: Facts) -> Mapping[str, Any]:
    texts, policy = facts.texts, facts.policy
    return {
        "as_of": texts.as_of.isoformat(),
        "controller": texts.controller,
        "why_not_consent": texts.why_not_consent,
        "consents": {one.value: text for one, text in texts.consents.items()},
        "purposes": register_rows(facts),
        "retention": {
            one.value: {"months": kept.months, "reason": kept.reason, "source": kept.source}
            for one, kept in [*policy.lanes.items(), *policy.duties.items()]
        },
        "access": roles_by_act(),
        "risks": _risks(facts),
        "columns": len(map_rows(facts)),
    }


def _risks(facts: Facts) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "id": one.id, "what": one.what, "against": one.against,
            "likelihood": one.likelihood, "severity": one.severity, "tests": list(one.tests),
        }
        for one in facts.texts.risks
    ]  # fmt: skip


def _page(facts: Facts) -> str:
    say = facts.wording.say
    parts = [*header(facts), heading(say("privacy.purpose"))]
    parts.append(
        table(
            [say("privacy.purpose"), say("privacy.basis"), say("privacy.people"),
             say("privacy.recipients"), say("privacy.kept")],
            [
                [f"{row['title']}: {row['text']}", row["basis"], row["people"],
                 row["recipients"], row["kept"]]
                for row in register_rows(facts)
            ],
        )
    )  # fmt: skip
    parts += [heading(say("privacy.lane")), retention_table(facts)]
    parts += [heading(say("privacy.risks"))]
    parts.append(
        table(
            [say("privacy.risk"), say("privacy.against"), say("privacy.weight"),
             say("privacy.tests")],
            [
                [one.what, one.against, f"{one.likelihood}, {one.severity}", "; ".join(one.tests)]
                for one in facts.texts.risks
            ],
        )
    )  # fmt: skip
    parts += [heading(say("privacy.access"))]
    parts.append(
        table(
            [say("privacy.act"), say("privacy.roles")],
            [[act, ", ".join(roles)] for act, roles in roles_by_act().items()],
        )
    )
    parts += [heading(say("privacy.measures")), paragraph(say("privacy.measures_text"))]
    parts += [heading(say("privacy.to_decide")), points([say("privacy.to_decide_text")])]
    return page(say("privacy.assessment"), parts, language=facts.texts.language)
