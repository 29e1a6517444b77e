"""Checkpoints: weights, optimizer, schedule and random numbers as accelerate saves them, and where the run stands; whole or absent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval.finetune.folder import FinetuneFolder
from eval.finetune.state import State
from translate.errors import InputError

_STATE = "state.json"


def save_checkpoint(accelerator: Any, folder: FinetuneFolder, state: State) -> None:
    """Write a checkpoint and then remove the one before it. All processes call it.

    Raises:
        OutputError: it cannot be written; the one before stays.
    """
    target = folder.checkpoints / f"step-{state.step:08d}"
    if not accelerator.is_main_process:
        accelerator.wait_for_everyone()  # the folder is there
        accelerator.save_state(str(target.with_name(f".{target.name}.part")))
        accelerator.wait_for_everyone()
        return
    with folder.replacing(target) as partial:
        accelerator.wait_for_everyone()
        accelerator.save_state(str(partial))
        accelerator.wait_for_everyone()  # each process has written its random numbers
        (partial / _STATE).write_text(json.dumps(state.to_json()), encoding="utf-8")
    folder.keep_only(target)


def load_checkpoint(accelerator: Any, checkpoint: Path) -> State:
    """Put weights, optimizer, schedule and random numbers back; returns where the run stands.

    Raises:
        InputError: it is damaged, or was made with another number of processes.
    """
    try:
        state = State.from_json(json.loads((checkpoint / _STATE).read_text(encoding="utf-8")))
        processes = len(list(checkpoint.glob("random_states_*.pkl")))
        if processes != accelerator.num_processes:
            hint = f"go on with as many, or start anew in another folder; here are {accelerator.num_processes}"
            raise InputError(f"was made by {processes} processes", where=str(checkpoint), hint=hint)
        accelerator.load_state(str(checkpoint))
    except InputError:
        raise
    except Exception as error:  # torch, safetensors and pickle each have their own for a damaged file
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise InputError(f"cannot be read ({reason})", where=str(checkpoint), hint="start anew in another folder") from error
    return state
