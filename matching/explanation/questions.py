"""What to ask next: the unknowns whose answers could move the score most."""

from collections.abc import Mapping

from matching.domain import Importance, Question
from matching.explanation.pair import Pair
from matching.explanation.skills import not_shown, weight
from matching.features import BY_NAME, FEATURES


def questions(
    pair: Pair, swings: Mapping[str, float], weights: Mapping[str, float]
) -> list[Question]:
    """Return one question per unknown and per skill not shown, the most telling first.

    ``weights`` says what full coverage of each skill feature is worth, so that a skill that the
    CV does not mention competes with the other unknowns.
    """
    totals: dict[str, float] = {}
    for column in FEATURES:
        key, swing = column.question, swings[column.name]
        if key is None or swing <= 0:
            continue
        if key == BY_NAME["experience_months"].question and swings["experience_proximity"] > 0:
            # How long comes after which: one question while no job is known.
            key = str(BY_NAME["experience_proximity"].question)
        totals[key] = totals.get(key, 0.0) + swing
    found = [
        Question(key=key, text=pair.wording.say(key), swing=round(swing, 4))
        for key, swing in totals.items()
    ]
    found += _about_skills(pair, weights)
    return sorted(found, key=lambda question: (-question.swing, question.key))


def _about_skills(pair: Pair, weights: Mapping[str, float]) -> list[Question]:
    found: list[Question] = []
    for skill in not_shown(pair):
        peers = [
            other
            for other in pair.vacancy.skills
            if other.importance is Importance.ESSENTIAL
            and other.implied == skill.implied
            and other.uri in pair.space.skills.numbers
        ]
        share = weight(pair, skill.uri) / sum(weight(pair, other.uri) for other in peers)
        worth = weights["skills_trade" if skill.implied else "skills_essential"]
        found.append(
            Question(
                key=f"ask.skill:{skill.uri}",
                text=pair.wording.say("ask.skill", label=pair.label(skill.uri)),
                swing=round(worth * share, 4),
            )
        )
    return found
