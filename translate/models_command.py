"""`mujaz models`: which models there are, what they cost and allow, and how they get onto this machine."""

from __future__ import annotations

import json

import click

from translate.console import note
from translate.engines import DTYPES
from translate.optimize import optimize
from translate.registry import all_specs, load_spec
from translate.runtime.ct2 import choose_ct2_device
from translate.store import PULL_TIMEOUT, locate, missing, pull, size_and_licence


@click.group()
def models() -> None:
    """List, inspect and download models."""


@models.command("list")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_models(style: str) -> None:
    """List the registry: name, task, size, licence, and whether it is on this machine."""
    specs = all_specs()
    if style == "json":
        rows = [{**spec.model_dump(), "installed": locate(spec) is not None} for spec in specs]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max(len(spec.name) for spec in specs)
    for spec in specs:
        installed = "installed" if locate(spec) else "not here"
        click.echo(f"{spec.name:{width}}  {spec.task:13}  {installed:9}  {size_and_licence(spec)}")


@models.command()
@click.argument("name")
def info(name: str) -> None:
    """Show everything known about a model: NAME, a YAML file or a model folder."""
    spec = load_spec(name)
    installed = "on a server" if spec.endpoint else str(locate(spec) or f"no; mujaz models pull {spec.name}")
    facts = spec.model_dump(exclude_none=True) | {"installed": installed}
    width = max(map(len, facts))
    for key, value in facts.items():
        click.echo(f"{key:{width}}  {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")


@models.command("pull")
@click.argument("name")
@click.option("--timeout", type=click.FloatRange(min=1), default=PULL_TIMEOUT, show_default=True, help="Seconds to wait for an answer.")
def pull_model(name: str, timeout: float) -> None:
    """Download a model into the Hugging Face cache.

    Apart from this only `mujaz summarize --download` and `mujaz translate --download` download anything.
    """
    spec = load_spec(name)
    note(f"{spec.name}: {size_and_licence(spec)}")
    click.echo(pull(spec, timeout=timeout))


@models.command("optimize")
@click.argument("name")
@click.option("--device", default="auto", show_default=True, metavar="NAME", help="Where it is to run: cpu, cuda or auto.")
@click.option("--dtype", type=click.Choice(["auto", *DTYPES]), default="auto", show_default=True, help="int8 on a CPU, float16 on a GPU.")
def optimize_model(name: str, device: str, dtype: str) -> None:
    """Convert a model for CTranslate2, compare it with the original, and print its folder.

    Its first use does the same; this does it beforehand.
    """
    spec = load_spec(name)
    folder = locate(spec)
    if folder is None:
        raise missing(spec)
    click.echo(optimize(spec, folder, choose_ct2_device(device, dtype)))


@models.command()
@click.argument("name")
def path(name: str) -> None:
    """Print the folder that holds a model on this machine."""
    spec = load_spec(name)
    found = locate(spec)
    if found is None:
        raise missing(spec)
    click.echo(found)
