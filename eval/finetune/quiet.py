"""Keeps the bars, advice and warnings of the libraries off stderr: what matters is checked and said by mujaz."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from translate.errors import MissingExtra

_LOGGERS = ("accelerate", "transformers", "torch")


@contextmanager
def quietly() -> Iterator[None]:
    """Inside, accelerate, datasets, torch and transformers say nothing below an error. Raises MissingExtra where they are not installed."""
    try:
        import datasets
        from transformers.utils import logging as transformers
    except ImportError as error:
        raise MissingExtra("fine-tuning", "finetune") from error
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    bars = (transformers.is_progress_bar_enabled(), datasets.are_progress_bars_disabled())
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    transformers.disable_progress_bar()
    datasets.disable_progress_bars()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
        if bars[0]:
            transformers.enable_progress_bar()
        if not bars[1]:
            datasets.enable_progress_bars()
