"""What is said of people in a list, beside their places: fields of their matches."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from matching.accompaniment import Catalogue
from matching.accompaniment.changes import changes
from matching.domain import Profile
from matching.explanation import Explainer, questions_by_trial
from matching.explanation.trials import Trials
from matching.features import COLUMNS, FEATURES, FeatureSpace
from matching.ranking.eligibility import HardRequirements
from matching.ranking.eligibility_sentences import barriers
from matching.service.placing import Array, Flags
from matching.wording import Wording

_NAMES = [column.name for column in FEATURES]


def explained_fields(
    trials: Trials,
    judged: Flags,
    parts: Array,
    requirements: HardRequirements,
    *,
    catalogue: Catalogue | None,
    as_of: date,
) -> list[Mapping[str, Any]]:
    """Barriers, reasons, what is missing, what would change and what to ask, of each person.

    Parameters
    ----------
    trials
        The people, and what they are ranked for.
    judged, parts
        Which of them could be judged, and the parts of their scores by feature.
    requirements
        What the vacancy insists on.
    catalogue, as_of
        The local services, and the day on which one would ask.
    """
    if not trials.people:
        return []
    space, wording = trials.space, trials.wording
    explainer = Explainer(space, wording)
    asking, changing = questions_by_trial(trials), changes(trials, catalogue, as_of=as_of)
    told: list[Mapping[str, Any]] = []
    for number, profile in enumerate(trials.people):
        features = dict(zip(COLUMNS, trials.features[number].tolist(), strict=True))
        effects = dict(zip(_NAMES, parts[number].tolist(), strict=True))
        told.append(
            {
                **barrier_fields(requirements, profile, space, wording),
                "reasons": (
                    explainer.reasons(trials.vacancy, profile, features, effects)
                    if judged[number]
                    else ()
                ),
                "missing": explainer.missing(trials.vacancy, profile, features),
                "changes": changing[number],
                "questions": asking[number],
            }
        )
    return told


def barrier_fields(
    requirements: HardRequirements, profile: Profile, space: FeatureSpace, wording: Wording
) -> Mapping[str, Any]:
    """What a person is not shown to meet of what a vacancy insists on."""
    return {"barriers": barriers(requirements, profile, taxonomy=space.taxonomy, wording=wording)}
