"""Arabic→English translators, the model registry, and what Arabic text needs."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from translate.translator import load_translator
    from translate.types import Translation

__all__ = ["Translation", "load_translator"]

# Resolved on first use: `mujaz --help` imports this package and must not pay for the engines.
_HOMES = {"load_translator": "translator", "Translation": "types"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
