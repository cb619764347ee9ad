"""The one readable chain: bytes -> text -> mentions -> profile -> features -> score -> reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from matching.accompaniment import Catalogue, plan_for
from matching.documents import Document, Recognition, WorkerPool
from matching.domain import (
    DocumentErrorCode,
    DocumentKind,
    Extraction,
    Match,
    ModelStamp,
    Need,
    Plan,
    Profile,
    RiskAssessment,
    Shortlist,
    Situation,
    State,
    Vacancy,
)
from matching.errors import DocumentError, ModelError
from matching.explanation import Explainer, assess, row
from matching.extraction import Extractor
from matching.features import FeatureSpace, judged, pair_features
from matching.models import BaselineRanker, Ranker
from matching.models.risk import DiscreteHazard
from matching.profiles import main_first, profile_from, vacancy_from
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from matching.wording import Wording

BASELINE = ModelStamp(name="baseline")
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Service:
    """What every command and route calls. Made once by :func:`matching.service.build`.

    ``model`` says which ranker scores, ``risk_model`` which model assesses (None without one);
    ``problems`` are sentences on models that could not serve, to be said to whoever runs this;
    ``ocr`` is whether scans are read by text recognition unless a call says otherwise.
    """

    taxonomy: Taxonomy = field(repr=False)
    territory: Territory = field(repr=False)
    extractor: Extractor = field(repr=False)
    space: FeatureSpace = field(repr=False)
    wording: Wording = field(repr=False)
    ranker: Ranker
    model: ModelStamp
    risk: DiscreteHazard | None
    risk_model: ModelStamp | None
    catalogue: Catalogue | None = field(repr=False)
    problems: tuple[str, ...]
    readers: WorkerPool = field(repr=False)
    ocr: bool = False

    def read_document(self, data: bytes, name: str, *, ocr: bool | None = None) -> Document:
        """Text of a file, parsed in a limited child process.

        ``ocr`` asks for text recognition where the file is a scan; without it, the service's
        own setting counts.

        Raises
        ------
        DocumentError
            With a code of the closed list.
        """
        asked = self.ocr if ocr is None else ocr
        return self.readers.read(data, name, recognition=Recognition() if asked else None)

    def extract(self, text: str, *, kind: DocumentKind, as_of: date) -> Extraction:
        """Everything that is read in one text; its main occupation comes first.

        Raises
        ------
        DocumentError
            ``no_text`` for blank text, ``unsupported_language``.
        """
        if not text.strip():
            raise DocumentError(
                DocumentErrorCode.NO_TEXT, "the text is blank: there is nothing to read."
            )
        found = self.extractor.extract(text, kind=kind, as_of=as_of)
        return main_first(found, self.taxonomy)

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

    def with_baseline(self) -> "Service":
        """The same service with the transparent baseline in place of any learned ranker."""
        return replace(self, ranker=baseline(self.space), model=BASELINE)

    def assess(self, situations: Sequence[Situation], *, as_of: date) -> tuple[RiskAssessment, ...]:
        """The risk of staying without work of each person, used only to add help.

        Raises
        ------
        ModelError
            When no risk model is in service.
        InputError
            For an answer that cannot be.
        """
        if self.risk is None or self.risk_model is None:
            raise ModelError(
                "No risk model is in service. Train one with: valoriamo train risk; then see: "
                "valoriamo models list."
            )
        return assess(
            self.risk, situations, as_of=as_of, stamp=self.risk_model, wording=self.wording
        )

    def plan(
        self,
        profile: Profile,
        vacancies: Sequence[Vacancy],
        pool: Sequence[Profile],
        *,
        needs: Sequence[Need],
        as_of: date,
        budget_eur: int | None = None,
    ) -> Plan:
        """The services that answer what a person lacks for some vacancies, and her needs.

        ``pool`` are the people that she is ranked among. No risk of hers enters it.
        """
        return plan_for(
            profile,
            vacancies,
            pool,
            needs=needs,
            catalogue=self.catalogue,
            space=self.space,
            ranker=self.ranker,
            wording=self.wording,
            as_of=as_of,
            budget_eur=budget_eur,
        )

    def _scored(
        self, features: pd.DataFrame, vacancies: Sequence[Vacancy], profiles: Sequence[Profile]
    ) -> pd.DataFrame:
        lower, upper = self.ranker.predict_interval(features)
        score = self.ranker.predict(features)
        enough = np.outer(
            [judged(vacancy, self.space) for vacancy in vacancies],
            [judged(profile, self.space) for profile in profiles],
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


def baseline(space: FeatureSpace) -> BaselineRanker:
    """The transparent baseline, ready to score."""
    return BaselineRanker().fit(pair_features([], [], space))


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
