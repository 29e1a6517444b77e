"""One call from a text or a file to its summary."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from summarize.config import PipelineConfig
from summarize.loaders import article_from_text, read_articles
from summarize.pipeline import Pipeline, build_pipeline
from summarize.result import Summary
from translate.errors import InputError
from translate.settings import validated


def summarize(source: str | Path, *, title: str | None = None, download: bool = False, **options: Any) -> Summary:
    """Summarize one Arabic article: the same result as `mujaz summarize` gives.

    Args:
        source: the article's text, or the path of a text, HTML or JSONL file as a `pathlib.Path`.
        title: the headline, when it does not stand in the text itself.
        download: whether models that are not on this machine may be downloaded.
        **options: the keys of `PipelineConfig`: `to`, `sentences`, `style`, `summarizer`, `translator`, `strategy`, `device` and others.

    Returns:
        The summary; `.arabic` and `.english` are its text, `.sentences` has the source spans, `.to_json()` the JSON contract.

    Raises:
        InputError: the text is empty or not Arabic, or the file holds no article or more than one.
        ConfigError: an option that does not exist or has an unusable value.
        ModelUnavailable: English was asked for and the translator is not on this machine.

    Example:
        >>> summary = summarize("افتتح المتحف أبوابه. وزار المتحف ألف شخص في يومه الأول.", to="ar", sentences=1)
        >>> summary.arabic
        'وزار المتحف ألف شخص في يومه الأول.'
        >>> summary.sentences[0].sources
        (Span(start=21, end=55, article=None),)
    """
    pipeline = _pipeline(validated(options, PipelineConfig), download)
    if isinstance(source, str):
        if "\n" not in source and len(source) < 500 and Path(source).suffix and Path(source).exists():
            raise InputError("is a file's name, not a text", where=source, hint=f"use summarize(pathlib.Path({source!r}))")
        return pipeline(article_from_text(source, title=title))
    articles = list(read_articles([str(source)]))
    if len(articles) != 1:
        raise InputError(f"holds {len(articles)} articles", where=str(source), hint="use build_pipeline().run(read_articles([…])) for many")
    if isinstance(articles[0], InputError):
        raise articles[0]
    return pipeline(articles[0])


@lru_cache(maxsize=4)
def _pipeline(config: PipelineConfig, download: bool) -> Pipeline:
    """Pipelines are kept, so that a second call does not load the models again."""
    return build_pipeline(config, download=download)
