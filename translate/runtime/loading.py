"""The only place that calls `from_pretrained`: a folder on this machine becomes a model that is sure to be what the file says."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from translate.errors import MissingExtra, ModelUnavailable, OutputError
from translate.runtime.device import DeviceChoice, is_out_of_memory

if TYPE_CHECKING:
    import torch

_NEEDED = ("torch", "transformers", "sentencepiece")
_TOKENIZERS = {
    "marian": "MarianTokenizer",
    "nllb": "NllbTokenizer",
    "m2m100": "M2M100Tokenizer",
    "mbart50": "MBart50Tokenizer",
    "t5": "T5Tokenizer",
    "mbart": "BarthezTokenizer",
}
_EMBEDDINGS = ("shared.weight", "embed_tokens.weight", "lm_head.weight")


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in evaluation mode on its device, with its tokenizer."""

    model: Any
    tokenizer: Any
    choice: DeviceChoice


def load_seq2seq(folder: Path, choice: DeviceChoice, *, name: str) -> LoadedModel:
    """Load a sequence-to-sequence model and its tokenizer from a folder: safetensors only, no code from it, no network.

    Args:
        folder: a complete model folder.
        choice: device and precision.
        name: the model's name, for errors.

    Raises:
        ModelUnavailable: a file is damaged, or does not hold all of the model that its config.json describes.
        MissingExtra: torch, transformers or sentencepiece is not installed.
    """
    _require_packages()
    from transformers import AutoModelForSeq2SeqLM

    return _load(AutoModelForSeq2SeqLM, folder, choice, name)


def load_tokenizer(folder: Path, *, family: str, name: str) -> Any:
    """Load the tokenizer of a sequence-to-sequence model alone, and without torch.

    `AutoTokenizer` would import torch, which takes seconds and 190 MB.

    Raises:
        ModelUnavailable: a file is damaged.
        MissingExtra: transformers or sentencepiece is not installed.
    """
    _require_packages("transformers", "sentencepiece")
    import transformers

    with _quietly(), _one_line(name, folder):
        return getattr(transformers, _TOKENIZERS[family]).from_pretrained(folder, trust_remote_code=False, local_files_only=True)


def load_causal(path: Path, choice: DeviceChoice, *, name: str) -> LoadedModel:
    """Load a causal model and its tokenizer in the same way, from a folder or from one .gguf file.

    The weights of a .gguf file are unpacked to `choice`'s precision, so they take several times the room that the file does.
    Where `choice` has several GPUs, a model that does not fit on the first goes on over the next ones.

    Args:
        path: a complete model folder, or a .gguf file.
        choice: device and precision.
        name: the model's name, for errors.

    Raises:
        ModelUnavailable: as `load_seq2seq`, or the GPUs together are too small.
        MissingExtra: torch, transformers or sentencepiece is not installed, or gguf for a .gguf file.
    """
    _require_packages()
    from transformers import AutoModelForCausalLM

    if path.suffix != ".gguf":
        return _load(AutoModelForCausalLM, path, choice, name, spread=choice.several)
    if not find_spec("gguf"):
        raise MissingExtra("GGUF files", "gguf")
    return _load(AutoModelForCausalLM, path.parent, choice, name, spread=choice.several, gguf=path.name)


def _load(kind: Any, folder: Path, choice: DeviceChoice, name: str, *, spread: bool = False, gguf: str | None = None) -> LoadedModel:
    from transformers import AutoTokenizer

    options: dict[str, Any] = {"use_safetensors": True} if gguf is None else {"gguf_file": gguf, **_unpacked()}
    if spread:
        options["device_map"] = "sequential"  # unlike "auto", it leaves a model that fits on the first GPU there
    with _quietly(), _one_line(name, folder):
        tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False, local_files_only=True, gguf_file=gguf)
        model, report = kind.from_pretrained(
            folder,
            trust_remote_code=False,
            local_files_only=True,
            dtype=choice.torch_dtype,
            output_loading_info=True,
            **options,
        )
        _check_complete(report, name)
        if spread:
            _check_places(model, name)
        if gguf is None:
            _check_embeddings(model, folder, name)
        if not spread:
            model = model.to(choice.device)
    return LoadedModel(model.eval(), tokenizer, choice)


def _unpacked() -> dict[str, Any]:
    """Newer versions of transformers can leave GGUF weights packed, for which they fetch compiled kernels from the hub: not here."""
    import transformers

    config = getattr(transformers, "GgufConfig", None)
    return {} if config is None else {"quantization_config": config(dequantize=True)}


def _check_places(model: Any, name: str) -> None:
    """A model spread by accelerate must be on GPUs only: what it puts elsewhere runs, but many times slower."""
    if {parameter.device.type for parameter in model.parameters()} != {"cuda"}:
        hint = "use a smaller model, or a server (family: endpoint)"
        raise ModelUnavailable("does not fit on the GPUs, parts of it would run from the CPU's memory or the disk", where=name, hint=hint)


def convert_to_safetensors(folder: Path, name: str) -> None:
    """Write a folder's pytorch_model.bin once more as safetensors. The .bin is read with `weights_only`, so it runs no code.

    Raises:
        ModelUnavailable: the .bin is damaged, or torch is too old to read it safely (before 2.6, CVE-2025-32434).
        MissingExtra: torch or transformers is not installed.
        OutputError: no room on the disk.
    """
    _require_packages()
    from transformers import AutoModelForSeq2SeqLM

    # Beside the folder, on the same disk, and moved into it whole: an interruption leaves nothing half written there.
    with TemporaryDirectory(prefix=".mujaz-", dir=folder.parent) as scratch, _quietly():
        with _one_line(name, folder):
            model, report = AutoModelForSeq2SeqLM.from_pretrained(
                folder,
                use_safetensors=False,
                weights_only=True,
                trust_remote_code=False,
                local_files_only=True,
                dtype="auto",
                output_loading_info=True,
            )
            _check_complete(report, name)
        try:
            model.save_pretrained(scratch)
        except Exception as error:  # safetensors has no type for a full disk
            raise OutputError(f"the converted weights cannot be written ({_first_line(error)})", where=str(folder)) from error
        # The index last: with it the model counts as complete.
        for file in sorted(Path(scratch).glob("model*.safetensors*"), key=lambda file: file.suffix == ".json"):
            file.replace(folder / file.name)


def load_encoder(folder: Path, choice: DeviceChoice, *, name: str, layers: int | None = None, pooler: bool = False) -> LoadedModel:
    """Load an encoder (BERT, RoBERTa, XLM-R and their kin) and its tokenizer: safetensors only, no code from the folder, no network.

    Args:
        folder: a complete model folder.
        choice: device and precision.
        name: the model's name, for errors.
        layers: keep so many of its layers, from the embeddings on; None for all.
        pooler: whether its pooler is used. The files of many masked language models have none.

    Raises:
        ModelUnavailable: a file is damaged, or does not hold all of the model that its config.json describes, or so many layers.
        MissingExtra: torch or transformers is not installed.
    """
    if not (find_spec("torch") and find_spec("transformers")):
        raise MissingExtra("neural metrics", "models")
    from transformers import AutoConfig, AutoModel, AutoTokenizer

    local = {"trust_remote_code": False, "local_files_only": True}
    with _quietly(), _one_line(name, folder):
        # A word has the same tokens at the start of a text and inside it; other tokenizers do not know the option.
        spaced = {"add_prefix_space": True} if AutoConfig.from_pretrained(folder, **local).model_type == "roberta" else {}
        tokenizer = AutoTokenizer.from_pretrained(folder, **local, **spaced)
        model, report = AutoModel.from_pretrained(folder, use_safetensors=True, dtype=choice.torch_dtype, output_loading_info=True, **local)
        lost = [key for key in report["missing_keys"] if pooler or not key.startswith("pooler.")]
        _check_complete({**report, "missing_keys": lost}, name)
        if layers is not None:
            _cut(model, layers, name)
        model = model.to(choice.device).eval()
    return LoadedModel(model, tokenizer, choice)


def read_tensors(file: Path, keys: Sequence[str], *, name: str) -> list[torch.Tensor]:
    """Tensors by their keys out of one safetensors file, on the CPU; `name` is the model's, for errors.

    Raises:
        ModelUnavailable: the file is not there, damaged, or has no such keys.
    """
    from safetensors import safe_open

    with _one_line(name, file.parent), safe_open(file, framework="pt") as weights:
        return [weights.get_tensor(key) for key in keys]


def _cut(model: Any, layers: int, name: str) -> None:
    stack = getattr(getattr(model, "encoder", None), "layer", None)
    if stack is None:
        raise ModelUnavailable(f"is a {model.config.model_type} model, whose layers mujaz does not know", where=name)
    if not 1 <= layers <= len(stack):
        raise ModelUnavailable(f"has {len(stack)} layers; there is no layer {layers}", where=name)
    model.encoder.layer = stack[:layers]


def _require_packages(*needed: str) -> None:
    if not all(find_spec(package) for package in needed or _NEEDED):
        raise MissingExtra("translation models", "models")


def _check_complete(report: dict[str, Any], name: str) -> None:
    """No weight of the model may have been left as it was made at random."""
    if lost := sorted(report["missing_keys"]):
        raise ModelUnavailable(f"{len(lost)} weights are missing from its file, the first is {lost[0]}", where=name)
    if report["mismatched_keys"]:
        raise ModelUnavailable("weights in its file do not have the sizes that config.json says", where=name)


def _check_embeddings(model: Any, folder: Path, name: str) -> None:
    """The embeddings and the output layer must hold what the file says.

    They are shared between places, and which of them share is guessed from the config: when transformers guessed wrong,
    opus-mt-tc-big loaded without an error and wrote garbage (transformers issues 26216, 45005 and 48154).
    """
    import torch
    from safetensors import safe_open

    loaded = model.state_dict()
    for file in sorted(folder.glob("model*.safetensors")):
        with safe_open(file, framework="pt") as weights:
            for key in loaded.keys() & set(weights.keys()):
                if not key.endswith(_EMBEDDINGS):
                    continue
                stored, rows = weights.get_slice(key), len(loaded[key])
                for part in (slice(0, 64), slice(max(0, rows - 64), rows)):  # the padding row is often the last one
                    if not torch.equal(loaded[key][part].cpu(), stored[part].to(loaded[key].dtype)):
                        raise ModelUnavailable(
                            f"{key} was not loaded as its file has it", where=name, hint="try another version of transformers"
                        )


@contextmanager
def _quietly() -> Iterator[None]:
    """Without transformers' own progress bars, advice and warnings; what matters is checked and said by mujaz."""
    from transformers.utils import logging

    verbosity, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        # The unpacking of GGUF files has a bar of its own, which cannot be switched off.
        with warnings.catch_warnings(), redirect_stderr(StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(verbosity)
        if bars:
            logging.enable_progress_bar()


@contextmanager
def _one_line(name: str, folder: Path) -> Iterator[None]:
    """Whatever a damaged folder makes transformers, tokenizers or safetensors raise, as one line."""
    try:
        yield
    except ModelUnavailable:
        raise
    except Exception as error:
        if is_out_of_memory(error):
            raise ModelUnavailable("there is not enough memory for it", where=name, hint="use a smaller model or another device") from error
        hint = f"its files are in {folder}; if they are damaged, delete the folder and fetch it again"
        raise ModelUnavailable(f"cannot be loaded ({type(error).__name__}: {_first_line(error)})", where=name, hint=hint) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0]
