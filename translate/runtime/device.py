"""Where a model runs and in which precision, with the reason, so that nothing is chosen behind the user's back."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from translate.errors import ConfigError, MissingExtra

if TYPE_CHECKING:
    import torch

DTYPES = ("float32", "bfloat16", "float16")


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """A device ("cpu", "cuda:0", "mps"), a precision (one of DTYPES), and why these two.

    `several`: the device was left open and there are more GPUs, so that a model too large for one may go on over the others.
    """

    device: str
    dtype: str
    reason: str
    several: bool = False

    @property
    def torch_dtype(self) -> torch.dtype:
        """The precision as torch names it."""
        import torch

        dtype = getattr(torch, self.dtype)
        assert isinstance(dtype, torch.dtype)
        return dtype


def choose_device(device: str = "auto", dtype: str = "auto") -> DeviceChoice:
    """Settle on a device and a precision.

    Args:
        device: "auto" (the first CUDA GPU, else the CPU), "cpu", "cuda", "cuda:N" or "mps". What is named is used or refused.
        dtype: one of DTYPES, or "auto": bfloat16 where the device computes in it natively, else float16 on a GPU and
            float32 on a CPU.

    Raises:
        ConfigError: an unknown name, or a device that this machine does not have.
        MissingExtra: torch is not installed.
    """
    if dtype not in ("auto", *DTYPES):
        raise ConfigError(f"unknown dtype {dtype!r}", hint=f"use auto, {', '.join(DTYPES)}")
    if not find_spec("torch"):
        raise MissingExtra("translation models", "models")
    name, why = _device(device)
    several = device == "auto" and _gpus() > 1
    if dtype != "auto":
        return DeviceChoice(name, dtype, f"{why}; {dtype} was asked for", several)
    chosen, because = _dtype(name)
    return DeviceChoice(name, chosen, f"{why}; {chosen}, {because}", several)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that a GPU's or the machine's memory is used up. All of torch's and CTranslate2's say it alike."""
    if isinstance(error, MemoryError):
        return True
    return isinstance(error, RuntimeError) and ("out of memory" in str(error) or "can't allocate memory" in str(error))


def _device(wanted: str) -> tuple[str, str]:
    import torch

    if wanted == "auto":
        return ("cuda:0", "a CUDA GPU is there") if torch.cuda.is_available() else ("cpu", "no CUDA GPU is there")
    kind, _, number = wanted.partition(":")
    why = f"{wanted} was asked for"
    if wanted == "cpu":
        return "cpu", why
    if wanted == "mps":
        if not torch.backends.mps.is_available():
            raise ConfigError("the device mps is not available on this machine", hint="use cpu or auto")
        return "mps", why
    if kind != "cuda" or (wanted != "cuda" and not number.isdecimal()):
        raise ConfigError(f"unknown device {wanted!r}", hint="use auto, cpu, cuda, cuda:N or mps")
    count = _gpus()
    if int(number or 0) >= count:
        raise ConfigError(f"the device {wanted} is not available: torch sees {count or 'no'} CUDA GPU(s)", hint="use cpu or auto")
    return f"cuda:{number or 0}", why


def _gpus() -> int:
    import torch

    return torch.cuda.device_count() if torch.cuda.is_available() else 0


def _dtype(device: str) -> tuple[str, str]:
    import torch

    if device == "cpu":
        if _cpu_has_bfloat16():
            return "bfloat16", "which this CPU computes natively"
        return "float32", "since this CPU does not compute in bfloat16 natively"
    if device == "mps":
        return "float16", "the usual precision on mps"
    # Not is_bf16_supported(): it says yes to emulation on older cards, which is slow.
    major, _ = torch.cuda.get_device_capability(device)
    return ("bfloat16", "which this GPU computes natively") if major >= 8 else ("float16", "since this GPU has no native bfloat16")


def _cpu_has_bfloat16() -> bool:
    """Whether bfloat16 pays off on this CPU.

    Beam search with a model of opus-mt's size, 16 sentences of 40 tokens, 2 cores of a Sapphire Rapids Xeon, torch 2.13;
    seconds in float32 and bfloat16, oneDNN held to each instruction set by ONEDNN_MAX_CPU_ISA: AMX 1.9 and 0.95,
    AVX512_BF16 1.9 and 1.8 (transformer-big: 4.1 and 2.4), AVX-512 without either 1.9 and 3.6, AVX2 1.9 and 6.3.
    """
    import torch

    report = getattr(torch.cpu, "get_capabilities", None)
    if report is not None:
        capabilities = report()
        return bool(capabilities.get("amx_bf16") or capabilities.get("avx512_bf16"))
    native = getattr(torch.cpu, "_is_avx512_bf16_supported", None)  # before torch 2.10; every CPU with AMX has this too
    return bool(native and native())
