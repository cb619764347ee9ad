"""How ``benchmark skill-linking`` and ``train sentence-linker`` run on a set of sentences."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.errors import InputError
from matching.linking.skill_features import COLUMNS
from matching.linking.skill_forms import SkillForms
from matching.linking.skill_search import SkillSearch
from matching.linking.skills import SENTENCE_WEIGHTS, SkillLinker
from matching.linking.weights import load_weights, save_weights
from training.benchmarks.experiment import SentenceRun, read_sentence_run, write_results
from training.benchmarks.linking_console import print_linking
from training.benchmarks.resources import Resources
from training.benchmarks.skill_linking import (
    TEST,
    TREES,
    VALIDATION,
    cross_fitted,
    learnt_from,
    questions,
    skill_linking,
    validation_metrics,
)
from training.benchmarks.skill_linking_set import (
    Sentence,
    SentenceSet,
    entries_of,
    read_sentences,
)


def run_skill_linking(resources: Resources, run: SentenceRun) -> Mapping[str, Any]:
    """Measure the shipped linker on the test sentences of a set; nothing is learned from them.

    Raises
    ------
    InputError
        When the set cannot be read, or has no test sentences.
    DataError, ModelError
        When the shipped weights cannot be used.
    """
    given = read_sentences(run.data)
    given.of_split(TEST)
    weights = load_weights(resources.linking_dir, SENTENCE_WEIGHTS, COLUMNS)
    linker = SkillLinker(_search(resources, given), weights)
    report = skill_linking(
        lambda sentence: [skill.uri for skill in linker.rank(sentence)],
        given,
        TEST,
        draws=run.draws,
        seed=run.seed,
    )
    return report | {"taxonomy": resources.used, "weights": weights.card["sha256"]}


def train_sentence_linker(resources: Resources, data: Path, out: Path) -> Mapping[str, Any]:
    """Learn the sentence linker from the *validation* sentences of a set, and write it.

    Sentences that the set's test splits repeat are left out. What the trees reach on validation
    sentences that they did not learn from is returned and written on the card.

    Raises
    ------
    InputError
        When the set cannot be read or has no validation sentences of its own.
    """
    given = read_sentences(data)
    kept, repeated = _validation(given)
    search = _search(resources, given)
    asked = questions(search, [sentence for rows in kept.values() for sentence in rows])
    reached = validation_metrics(cross_fitted(asked), kept)
    card = {
        "what": "orders skills of a taxonomy for an English sentence; not calibrated",
        "learned_from": "validation sentences of a published set of annotated vacancies, "
        "by part; the test sentences were not read but to leave repeated ones out",
        "sentences": {part: len(rows) for part, rows in kept.items()},
        "left_out_as_repeated_in_test": repeated,
        "files": {name: sha for name, sha in given.files.items() if "_test_" not in name},
        "trees": {name: getattr(TREES, name) for name in TREES.__dataclass_fields__},
        "taxonomy": resources.used,
        "cross_fitted": reached,
    }
    reranker = learnt_from(asked)
    save_weights(out, SENTENCE_WEIGHTS, reranker, calibration=None, card=card)
    return {"written": str(out / f"{SENTENCE_WEIGHTS}.txt"), **card}


def _validation(given: SentenceSet) -> tuple[dict[str, tuple[Sentence, ...]], int]:
    parts = given.of_split(VALIDATION)
    held_out = {row.text for rows in given.parts_named(TEST).values() for row in rows}
    new = {part: tuple(r for r in rows if r.text not in held_out) for part, rows in parts.items()}
    kept = {part: rows for part, rows in new.items() if rows}
    if not kept:
        raise InputError("The test half repeats every validation sentence: nothing is left.")
    return kept, sum(map(len, parts.values())) - sum(map(len, kept.values()))


def _search(resources: Resources, given: SentenceSet) -> SkillSearch:
    entries = entries_of(given.labels, resources.skills(given.language))
    return SkillSearch.of(SkillForms.of(entries, given.language))


def run_skills(
    resources: Callable[[], Resources], *, data: Path | None, record: Path | None, as_json: bool
) -> None:
    """Measure, record if asked, and print.

    Raises
    ------
    typer.BadParameter
        Without a set.
    """
    if record is not None:
        run = read_sentence_run(record, "skill-linking")
        run = run if data is None else replace(run, data=data)
    elif data is not None:
        run = SentenceRun(data=data)
    else:
        raise typer.BadParameter(
            "skill-linking needs a set of annotated sentences: give its folder.",
            param_hint="--data",
        )
    with waiting("Ranking skills for sentences"):
        report = run_skill_linking(resources(), run)
    if record is not None:
        typer.echo(f"results written to {write_results(record, report)}", err=True)
    if as_json:
        typer.echo(json_line(report))
    else:
        print_linking(Console(), report)
