"""`mujaz finetune` as a function: everything put together, from the YAML file to the finished model folder."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eval.finetune.batches import Batches
from eval.finetune.card import CardFacts, model_card
from eval.finetune.checkpoints import load_checkpoint
from eval.finetune.config import FinetuneConfig, read_finetune_config
from eval.finetune.examples import lengths
from eval.finetune.folder import FinetuneFolder
from eval.finetune.loop import Course
from eval.finetune.outputs import write_model
from eval.finetune.progress import Progress
from eval.finetune.quiet import quietly
from eval.finetune.setup import Base, Prepared, choose_precision, find_base, prepare, read_run
from eval.finetune.state import State
from eval.finetune.update import Updater
from eval.running.machine import machine, versions
from translate.console import note
from translate.errors import ConfigError, MissingExtra
from translate.runtime.device import DeviceChoice

_PACKAGES = ("mujaz", "torch", "transformers", "accelerate", "datasets", "sacrebleu", "rouge_score")


def finetune(path: Path, *, output: Path | None = None, resume: bool = False) -> Path:
    """Fine-tune a model as a YAML file says.

    Args:
        path: the YAML file.
        output: the folder of the result; the YAML file's `output` when None.
        resume: go on with a run that was interrupted, if there is one.

    Returns:
        The model folder.

    Raises:
        ConfigError, InputError, ModelUnavailable, MissingExtra: something in the file, the data or the base is not usable.
        OutputError: the disk is full, or the folder cannot be written; the last checkpoint stays.
        Interrupted: Ctrl-C; the state is saved.
    """
    config = read_finetune_config(path)
    target = output or (Path(config.output) if config.output else None)
    if target is None:
        raise ConfigError("the key 'output' is missing", where=str(path), hint="name the folder of the result there, or with -o")
    folder = FinetuneFolder(target)
    data = read_run(config, path.parent)
    base = find_base(config, data, config.card.name or target.resolve().name)
    choice = choose_precision(config)
    identity = _identity(config, base, data)
    with _accelerator(choice) as accelerator:
        begun = _begin(accelerator, folder, identity, resume=resume)
        ready = prepare(config, base, data, choice)
        if accelerator.is_main_process:
            for line in (*_notes(config, base, choice, accelerator), *data.tally.lines()):
                note(line)
        _train(accelerator, config, base, ready, folder, path=path, resumed=begun)
    return target


def _train(
    accelerator: Any, config: FinetuneConfig, base: Base, ready: Prepared, folder: FinetuneFolder, *, path: Path, resumed: bool
) -> None:
    from accelerate.utils import set_seed
    from torch.optim import AdamW
    from transformers import get_scheduler

    training = config.training
    sources, targets = lengths(ready.train, "source"), lengths(ready.train, "target")
    batches = Batches([sum(pair) for pair in zip(sources, targets, strict=True)], budget=training.batch_tokens, seed=config.seed)
    steps = training.steps or _steps(training.epochs or 1.0, batches, training.accumulate * accelerator.num_processes)
    # Each process its own dropout; the order of the batches is the same in all.
    set_seed(config.seed, device_specific=True)
    raw = ready.loaded.model.train()
    wanted = [parameter for parameter in raw.parameters() if parameter.requires_grad]
    optimizer = AdamW(wanted, lr=training.learning_rate, weight_decay=training.weight_decay)
    model, optimizer = accelerator.prepare(raw, optimizer)
    # Not prepared: accelerate would step it once for each process.
    name = "constant_with_warmup" if training.schedule == "constant" else training.schedule
    schedule = get_scheduler(name, getattr(optimizer, "optimizer", optimizer), training.warmup_steps, steps)
    accelerator.register_for_checkpointing(schedule)
    state = _state(accelerator, folder, resumed=resumed)
    updater = Updater(accelerator, model, optimizer, schedule, table=ready.train, collator=ready.collator, config=training)

    def keep() -> None:
        if accelerator.is_main_process:
            with folder.replacing(folder.best) as partial:
                write_model(accelerator.unwrap_model(model), base.folder, partial, base.result)

    with Progress(steps, done=state.step, silent=not accelerator.is_main_process) as progress:
        course = Course(
            accelerator, config, steps, batches, targets, updater,
            lambda step, check: ready.dev.measure(accelerator, model, ready.loaded, step=step, check=check),
            keep, folder, progress,
        )  # fmt: skip
        state = course.run(state)
    why = f"early stopping: {state.stale} measurements without a better one" if course.is_stale(state) else "all of them"
    accelerator.wait_for_everyone()
    if accelerator.is_main_process:
        card = model_card(_facts(accelerator, config, base, ready, state, path=path, why=why))
        folder.finish(card, keep_checkpoint=training.keep_checkpoint)
        _say_result(base, state, folder)


def _state(accelerator: Any, folder: FinetuneFolder, *, resumed: bool) -> State:
    if accelerator.is_main_process:
        folder.repair()
    accelerator.wait_for_everyone()
    checkpoint = folder.last_checkpoint() if resumed else None
    state = load_checkpoint(accelerator, checkpoint) if checkpoint else State()
    if resumed and accelerator.is_main_process:
        folder.cut_log(state.step if checkpoint else -1)
        note(f"going on after {state.step} updates")
    return state


def _steps(epochs: float, batches: Batches, per_update: int) -> int:
    """Updates of so many epochs. Batches differ a little from epoch to epoch, so a part of one is by the first's count."""
    whole = sum(len(batches.epoch(number)) for number in range(int(epochs)))
    part = (epochs - int(epochs)) * len(batches.epoch(0)) if epochs > int(epochs) else 0.0
    return max(1, math.ceil((whole + part) / per_update))


def _begin(accelerator: Any, folder: FinetuneFolder, identity: dict[str, Any], *, resume: bool) -> bool:
    """As `FinetuneFolder.begin`; with several processes only the first writes."""
    from accelerate.utils import broadcast_object_list

    answer: list[Any] = [None]
    if accelerator.is_main_process:
        try:
            answer = [folder.begin(identity, resume=resume)]
        except Exception as error:
            answer = [error]
    if accelerator.num_processes > 1:
        broadcast_object_list(answer)
    if isinstance(answer[0], Exception):
        raise answer[0]
    return bool(answer[0])


def _identity(config: FinetuneConfig, base: Base, data: Any) -> dict[str, Any]:
    """All that decides what comes out. How long to be patient, and where it goes, may be changed underway."""
    settings = config.model_dump(mode="json", exclude={"output": True, "card": True, "evaluation": {"patience"}})
    files = {file.name: file.sha256 for file in (*data.train_files, *data.dev_files, *data.held_out_files)}
    return {"settings": settings, "revision": base.revision, "files": files}


def _notes(config: FinetuneConfig, base: Base, choice: DeviceChoice, accelerator: Any) -> Iterator[str]:
    processes = f"{accelerator.num_processes} processes, " if accelerator.num_processes > 1 else ""
    yield f"{base.spec.name}: {processes}{accelerator.device}, {choice.dtype}"
    if base.licence.commercial_use is False:
        yield f"{base.result.name} will be licensed {base.licence.licence}: not for commercial use ({' '.join(base.licence.reasons)})"
    if unnamed := [file.path for file in config.data.train if not file.licence]:
        yield f"the licence of {', '.join(unnamed)} is not stated; name it under data.train for the model card"


def _facts(accelerator: Any, config: FinetuneConfig, base: Base, ready: Prepared, state: State, *, path: Path, why: str) -> CardFacts:
    data = ready.data
    device = f"{accelerator.num_processes} × {accelerator.device.type}, {ready.loaded.choice.dtype}"
    settings = config.model_dump(mode="json", exclude_defaults=True, exclude={"output"})
    if Path(config.base).is_absolute() or Path(config.base).exists():
        settings["base"] = base.spec.name  # not where it lies on this machine
    return CardFacts(
        spec=base.result, base=base.spec, base_revision=base.revision, licence=base.licence, train=data.train_files, dev=data.dev_files,
        held_out=data.held_out_files, left_out=ready.tally.lines(), state=state, signature=ready.dev.signature(), metric=ready.dev.metric,
        command=f"mujaz finetune {path.name}", settings=settings, machine=machine(), versions=versions(_PACKAGES), devices=device,
        seconds=state.seconds, why_ended=why, notes=config.card.notes,
    )  # fmt: skip


def _say_result(base: Base, state: State, folder: FinetuneFolder) -> None:
    assert state.best and state.base
    metric, score = next(iter(state.best.scores.items()))
    option = "--translator" if base.result.task == "translation" else "--summarizer"
    if state.best.step == 0:
        note(f"no step was better on dev than the base ({metric} {score:.2f}), whose weights are in {folder.path}")
    else:
        note(f"dev {metric} {state.base.scores[metric]:.2f} → {score:.2f} (after {state.best.step} updates)")
    note(f"{folder.path} is a model folder: mujaz … {option} {folder.path}; its card is README.md")


@contextmanager
def _accelerator(choice: DeviceChoice) -> Iterator[Any]:
    """accelerate's Accelerator, which also knows of `accelerate launch`."""
    try:
        from accelerate import Accelerator
        from accelerate.state import AcceleratorState
    except ImportError as error:
        raise MissingExtra("fine-tuning", "finetune") from error
    # Its state is shared by all accelerators of a process, and would keep another run's precision.
    AcceleratorState._reset_state(reset_partial_state=True)
    try:
        with quietly():
            yield Accelerator(cpu=choice.device == "cpu", mixed_precision="bf16" if choice.dtype == "bfloat16" else "no")
    finally:
        AcceleratorState._reset_state(reset_partial_state=True)
