"""What linkers are measured and trained with, from the settings; and ``train`` their weights."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.linking.paraphrase_files import PARAPHRASES, load_paraphrases
from matching.service import RankerChoice, build
from matching.settings import read_settings, taxonomy_folder
from matching.taxonomy import load_lexicon
from matching.taxonomy.esco import is_imported, open_imported
from training.benchmarks.italian_extraction_set import read_boilerplate
from training.benchmarks.phrase_training import LEARNED_FROM, train_phrase_linker
from training.benchmarks.resources import Resources
from training.benchmarks.skill_linking_run import train_sentence_linker


def linking_resources() -> Resources:
    """The lexicon, the imported taxonomy where the home has one, and the shipped weights."""
    settings = read_settings()
    folder = taxonomy_folder(settings)
    return Resources(
        lexicon=load_lexicon(settings.lexicon_dir or settings.data_dir / "lexicon"),
        imported=open_imported(folder) if is_imported(folder) else None,
        linking_dir=settings.data_dir / "linking",
    )


def sentence_linker(
    data: Annotated[
        Path, typer.Option(help="Folder with *_validation_annotations.csv and the list of labels.")
    ],
    out: Annotated[
        Path | None, typer.Option(help="Where to write the weights; without it, the data folder.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Learn to link sentences to skills from a set's validation sentences.

    Example: valoriamo train sentence-linker --data ../shared/data/bench-esco-skills-en
    """
    resources = linking_resources()
    with waiting("Reading sentences and learning"):
        card = train_sentence_linker(resources, data, out or resources.linking_dir)
    if as_json:
        typer.echo(json_line(card))
        return
    reached = card["cross_fitted"]
    typer.echo(
        f"Learned from {sum(card['sentences'].values())} sentences with {card['taxonomy']}; on "
        f"sentences not learned from: RP@5 {reached['rp@5']:.3f}, MRR {reached['mrr']:.3f}. "
        f"Written: {card['written']}"
    )


def phrase_linker(
    data: Annotated[
        list[Path] | None,
        typer.Option(help="Folder of annotated documents; may be repeated [the project's own]."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where to write the weights; without it, the data folder.")
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="Read the documents as of this day, YYYY-MM-DD [today].",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Learn how sure a skill or a job is that an Italian text names, or tells without naming it.

    The test half of the project's own set is never learned from.

    Example: valoriamo train phrase-linker
    """
    settings = read_settings()
    own = settings.data_dir / "gold" / "extraction"
    folders = data or [own / name for name in LEARNED_FROM]
    day = as_of.date() if as_of else date.today()
    with waiting("Reading documents and learning"):
        extractor = build(settings, ranker=RankerChoice.BASELINE, with_linker=False).extractor
        card = train_phrase_linker(
            extractor,
            folders,
            out or settings.data_dir / "linking",
            as_of=day,
            silent=read_boilerplate(settings.data_dir / "gold" / "boilerplate"),
            paraphrases=load_paraphrases(settings.data_dir / "linking" / PARAPHRASES),
        )
    if as_json:
        typer.echo(json_line(card))
        return
    for name, learned in card.items():
        typer.echo(f"{name}: {learned['right']} of {learned['rows']} rows right")
        for row in learned["reliability"]:
            typer.echo(
                f"  {row['proposals']:>5} with confidence {row['confidence']:.2f}: "
                f"{row['right']:.2f} right"
            )
