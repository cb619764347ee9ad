"""The one readable chain: bytes -> text -> mentions -> profile -> features -> score -> reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from matching.documents import Document, WorkerPool
from matching.domain import (
    DocumentErrorCode,
    DocumentKind,
    Extraction,
    Match,
    ModelStamp,
    OccupationHeld,
    Profile,
    Shortlist,
    SkillAsked,
    SkillHeld,
    State,
    Vacancy,
)
from matching.errors import DocumentError, SettingsError
from matching.explanation import Explainer, row
from matching.extraction import Extractor, Index, load_or_build, place_names
from matching.features import FeatureSpace, feature_space, pair_features
from matching.models import BaselineRanker, Ranker
from matching.profiles import profile_from, vacancy_from
from matching.settings import Settings
from matching.taxonomy import Taxonomy, load_lexicon
from matching.territory import Territory, load_territory
from matching.wording import Wording, load_wording

BASELINE = ModelStamp(name="baseline")
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Service:
    """What every command and route calls. Made once by :func:`build`."""

    taxonomy: Taxonomy = field(repr=False)
    territory: Territory = field(repr=False)
    extractor: Extractor = field(repr=False)
    space: FeatureSpace = field(repr=False)
    wording: Wording = field(repr=False)
    ranker: Ranker
    model: ModelStamp
    readers: WorkerPool = field(repr=False)

    def read_document(self, data: bytes, name: str) -> Document:
        """Text of a file, parsed in a limited child process.

        Raises
        ------
        DocumentError
            With a code of the closed list.
        """
        return self.readers.read(data, name)

    def extract(self, text: str, *, kind: DocumentKind, as_of: date) -> Extraction:
        """Everything that is read in one text.

        Raises
        ------
        DocumentError
            ``no_text`` for blank text, ``unsupported_language``.
        """
        if not text.strip():
            raise DocumentError(
                DocumentErrorCode.NO_TEXT, "the text is blank: there is nothing to read."
            )
        return self.extractor.extract(text, kind=kind, as_of=as_of)

    def person(
        self, person_id: str, text: str, *, as_of: date, comune: str | None = None
    ) -> Profile:
        """The profile in a CV text; ``comune`` is an ISTAT code."""
        found = self.extract(text, kind=DocumentKind.CV, as_of=as_of)
        return profile_from(person_id, found, comune=comune)

    def vacancy(
        self,
        vacancy_id: str,
        text: str,
        *,
        as_of: date,
        title: str = "",
        comune: str | None = None,
    ) -> Vacancy:
        """The vacancy in a text; ``comune`` is an ISTAT code. The title is read with the text."""
        whole = f"{title}\n\n{text}" if title and not text.startswith(title) else text
        found = self.extract(whole, kind=DocumentKind.VACANCY, as_of=as_of)
        return vacancy_from(vacancy_id, title, found, self.taxonomy, comune=comune)

    def scores(self, vacancies: Sequence[Vacancy], profiles: Sequence[Profile]) -> pd.DataFrame:
        """Score, interval and state of every pair.

        Returns
        -------
        pandas.DataFrame
            Columns ``vacancy_id person_id score lower upper state``; vacancies in the given
            order, within each the best first, pairs that cannot be judged last, equal scores by
            person. A pair that cannot be judged has the no-information score, 0 and 1.
        """
        features = pair_features(vacancies, profiles, self.space)
        return self._scored(features, vacancies, profiles)

    def shortlist(
        self,
        vacancy: Vacancy,
        profiles: Sequence[Profile],
        *,
        as_of: date,
        explained: int | None = None,
    ) -> Shortlist:
        """The whole pool for one vacancy, best first; the first ``explained`` with reasons.

        Nobody is left out. Equal scores share a rank.
        """
        features = pair_features([vacancy], profiles, self.space)
        scored = self._scored(features, [vacancy], profiles)
        contributions = self.ranker.contributions(features)
        swings = self.ranker.swings(features)
        explainer = Explainer(self.space, self.wording)
        by_id = {profile.id: profile for profile in profiles}
        ranks = _shared_ranks(scored)
        matches: list[Match] = []
        for position, record in enumerate(scored.to_dict("records")):
            profile = by_id[str(record["person_id"])]
            match = Match(
                vacancy_id=vacancy.id,
                person_id=profile.id,
                rank=ranks[position],
                score=float(record["score"]),
                lower=float(record["lower"]),
                upper=float(record["upper"]),
                state=State(record["state"]),
            )
            if explained is None or position < explained:
                key = (vacancy.id, profile.id)
                match = _explained(
                    match,
                    explainer,
                    vacancy,
                    profile,
                    row(features, key),
                    row(contributions, key),
                    row(swings, key),
                    self.ranker.stakes(),
                )
            matches.append(match)
        return Shortlist(vacancy=vacancy, as_of=as_of, model=self.model, matches=tuple(matches))

    def _scored(
        self, features: pd.DataFrame, vacancies: Sequence[Vacancy], profiles: Sequence[Profile]
    ) -> pd.DataFrame:
        lower, upper = self.ranker.predict_interval(features)
        score = self.ranker.predict(features)
        enough = np.outer(
            [self._says_enough(vacancy.skills, vacancy.occupations) for vacancy in vacancies],
            [self._says_enough(profile.skills, profile.occupations) for profile in profiles],
        ).reshape(-1)
        frame = pd.DataFrame(
            {
                "score": np.where(enough, score, self.ranker.no_information()).round(_DECIMALS),
                "lower": np.where(enough, lower, 0.0).round(_DECIMALS),
                "upper": np.where(enough, upper, 1.0).round(_DECIMALS),
                "state": np.where(enough, str(State.OK), str(State.NOT_ENOUGH_DATA)),
            },
            index=features.index,
        ).reset_index()
        order = {vacancy.id: number for number, vacancy in enumerate(vacancies)}
        return (
            frame.assign(order=frame["vacancy_id"].map(order), judged=enough)
            .sort_values(
                ["order", "judged", "score", "person_id"],
                ascending=[True, False, False, True],
                kind="stable",
            )
            .drop(columns=["order", "judged"])
            .reset_index(drop=True)
        )

    def _says_enough(
        self, skills: Iterable[SkillHeld | SkillAsked], occupations: Sequence[OccupationHeld]
    ) -> bool:
        """Whether there is a job or a skill of some trade to go by."""
        counted = self.space.skills.numbers
        return bool(occupations) or any(skill.uri in counted for skill in skills)


def build(settings: Settings) -> Service:
    """Wire the chain from the settings: the only place where parts meet.

    Raises
    ------
    DataError
        Naming the file and entry of the lexicon, territory or wording that is not valid.
    SettingsError
        When nothing can be kept under ``settings.home``.
    """
    taxonomy = load_lexicon(settings.lexicon_dir or settings.data_dir / "lexicon")
    territory = load_territory(_territory_folder(settings))
    index = _kept_index(taxonomy, settings.home)
    extractor = Extractor(taxonomy, index, place_names(territory))
    space = feature_space(taxonomy, territory, extractor.concept_words)
    return Service(
        taxonomy=taxonomy,
        territory=territory,
        extractor=extractor,
        space=space,
        wording=load_wording(settings.data_dir / "wording", settings.language),
        ranker=BaselineRanker().fit(pair_features([], [], space)),
        model=BASELINE,
        readers=WorkerPool(),
    )


def _kept_index(taxonomy: Taxonomy, home: Path) -> Index:
    try:
        return load_or_build(taxonomy, home / "cache")
    except OSError as error:
        raise SettingsError(
            f"VALORIAMO_HOME={str(home)!r}: nothing can be kept there ({error.strerror}). Name a "
            "folder that may be written."
        ) from error


def _territory_folder(settings: Settings) -> Path:
    """The folder of the territory named in the settings; without a name, the only one there is."""
    folder = settings.data_dir / "territories"
    if settings.territory is not None:
        return folder / settings.territory
    found = sorted(path for path in folder.glob("*") if (path / "territory.toml").is_file())
    if len(found) != 1:
        names = ", ".join(path.name for path in found) or "none"
        raise SettingsError(
            f"VALORIAMO_TERRITORY is not set, and {folder} holds {len(found)} territories "
            f"({names}); set it to the code of one."
        )
    return found[0]


def _shared_ranks(scored: pd.DataFrame) -> list[int]:
    judged = scored["state"] == str(State.OK)
    ranks = scored["score"].where(judged, -1.0).rank(method="min", ascending=False)
    return [int(rank) for rank in ranks]


def _explained(
    match: Match,
    explainer: Explainer,
    vacancy: Vacancy,
    profile: Profile,
    features: Mapping[str, float],
    contributions: Mapping[str, float],
    swings: Mapping[str, float],
    stakes: Mapping[str, float],
) -> Match:
    return Match(
        vacancy_id=match.vacancy_id,
        person_id=match.person_id,
        rank=match.rank,
        score=match.score,
        lower=match.lower,
        upper=match.upper,
        state=match.state,
        reasons=(
            explainer.reasons(vacancy, profile, features, contributions)
            if match.state is State.OK
            else ()
        ),
        missing=explainer.missing(vacancy, profile, features),
        questions=explainer.questions(vacancy, profile, swings, stakes),
    )
