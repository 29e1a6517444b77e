"""Encoders (BERT and its kin) for the neural metrics: found on this machine, named in signatures, run in batches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eval.metrics.measures import version_of
from translate.errors import ModelUnavailable
from translate.model_folder import commit_of
from translate.runtime.batching import in_order, token_batches
from translate.runtime.device import choose_device, is_out_of_memory
from translate.runtime.loading import LoadedModel, load_encoder
from translate.store import encoder_folder

if TYPE_CHECKING:
    import torch

_BATCH_TOKENS: Final = 4096
_OFFSET_POSITIONS: Final = ("roberta", "xlm-roberta", "xlm-roberta-xl", "camembert")


@dataclass(frozen=True, slots=True, eq=False)
class Encoder:
    """A loaded encoder.

    Attributes:
        name: what it was asked for as.
        folder: where it lies.
        longest: the tokens that it takes, special ones included.
        loaded: its weights and tokenizer, in float32 so that scores do not depend on what a device computes in by itself.
    """

    name: str
    folder: Path
    longest: int
    loaded: LoadedModel

    def tokens(self, text: str) -> list[int]:
        """A text's token ids with the special ones around them, however many there are. The text is stripped."""
        return list(self.loaded.tokenizer(text.strip(), truncation=False, verbose=False)["input_ids"])

    def states(self, sequences: Sequence[Sequence[int]]) -> list[torch.Tensor]:
        """The states of the last layer that the encoder was loaded with.

        Args:
            sequences: token ids; what is beyond `longest` is cut off before the last token, which ends a text.

        Returns:
            For each sequence (its tokens, width), float32, on the CPU.

        Raises:
            ModelUnavailable: there is not enough memory.
        """
        import torch

        fitting = [[*ids[: self.longest - 1], ids[-1]] if len(ids) > self.longest else list(ids) for ids in sequences]
        found: list[tuple[int, torch.Tensor]] = []
        for batch in token_batches([len(ids) for ids in fitting], budget=_BATCH_TOKENS):
            with torch.inference_mode():
                try:
                    states = self._run([fitting[index] for index in batch])
                except RuntimeError as error:
                    if not is_out_of_memory(error):
                        raise
                    raise ModelUnavailable("there is not enough memory to score with it", where=self.name) from error
            found += [(index, row[: len(fitting[index])].cpu()) for index, row in zip(batch, states, strict=True)]
        return in_order(found, count=len(fitting))

    def _run(self, batch: Sequence[Sequence[int]]) -> Any:
        import torch
        from torch.nn.utils.rnn import pad_sequence

        padding = self.loaded.tokenizer.pad_token_id
        rows = [torch.tensor(ids) for ids in batch]
        ids = pad_sequence(rows, batch_first=True, padding_value=padding).to(self.loaded.choice.device)
        mask = pad_sequence([torch.ones_like(row) for row in rows], batch_first=True).to(self.loaded.choice.device)
        return self.loaded.model(input_ids=ids, attention_mask=mask).last_hidden_state

    def signature(self) -> str:
        """Model, revision and library versions, as a part of a metric's signature."""
        versions = "|".join(f"{package}:{version_of(package)}" for package in ("transformers", "torch", "mujaz"))
        return f"model:{model_signature(self.name, self.folder)}|dtype:float32|{versions}"

    def too_long(self, lengths: Iterable[int]) -> tuple[str, ...]:
        """The warning when some texts, by their lengths in tokens, are longer than the model takes; nothing otherwise."""
        lengths = list(lengths)
        cut = sum(length > self.longest for length in lengths)
        if not cut:
            return ()
        return (f"{cut} of {len(lengths)} texts are longer than the {self.longest} tokens that {self.name} takes; their ends do not count",)


@lru_cache(maxsize=2)
def load(name: str, *, layers: int | None = None, pooler: bool = False) -> Encoder:
    """Load an encoder; the last two are kept, as several systems are measured one after the other.

    Args:
        name: a folder, or a hub repository in the Hugging Face cache.
        layers: keep so many of its layers; None for all.
        pooler: whether its pooler is needed.

    Raises:
        ModelUnavailable: it is not on this machine, damaged, or lacks the layer.
        MissingExtra: torch or transformers is not installed.
    """
    folder = encoder_folder(name)
    loaded = load_encoder(folder, choose_device("auto", "float32"), name=name, layers=layers, pooler=pooler)
    config = loaded.model.config
    # RoBERTa's first positions are the padding's: 514 of them are 512 tokens.
    offset = config.pad_token_id + 1 if config.model_type in _OFFSET_POSITIONS else 0
    longest = min(loaded.tokenizer.model_max_length, config.max_position_embeddings - offset)
    return Encoder(name, folder, longest, loaded)


@lru_cache
def model_signature(name: str, folder: Path) -> str:
    """`REPO@COMMIT`; for a folder that is not in the hub cache, its own name and the start of its weights' SHA-256."""
    if commit := commit_of(folder):
        return f"{name}@{commit[:12]}"
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.safetensors"), *folder.glob("checkpoints/*.ckpt")]):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"{folder.resolve().name}@sha256-{digest.hexdigest()[:12]}"
