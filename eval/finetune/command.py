"""`mujaz finetune`: a YAML file in, a model folder out."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("config", metavar="CONFIG.yaml", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="DIR", type=click.Path(path_type=Path), help="The folder of the result.  [default: CONFIG's output]"
)
@click.option("--resume", is_flag=True, help="Go on with a run that was interrupted; starts one where there is none.")
def finetune(config: Path, output: Path | None, resume: bool) -> None:
    """Fine-tune a model on your own pairs.

    CONFIG.yaml names the base, the data and how to train; configs/finetune has one for each family, and marian-tico.yaml there explains
    every key. DIR becomes a model folder for --translator or --summarizer, with a model card. Ctrl-C saves, --resume goes on, to
    the same result.

    Several GPUs: accelerate launch "$(which mujaz)" finetune CONFIG.yaml
    """
    from eval.finetune.recipes import recipe_for

    recipe = recipe_for(config)
    if recipe is None:
        from eval.finetune.train import finetune as run

        recipe = run
    recipe(config, output=output, resume=resume)
