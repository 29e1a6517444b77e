"""Which summarizer and which order of work a configuration means, from what it names and from what is on this machine."""

from __future__ import annotations

from dataclasses import dataclass

from summarize.config import PipelineConfig, Strategy
from summarize.summarizers import EXTRACTIVE, find_spec, installed, reads_english, writes
from summarize.written import Target
from translate import store
from translate.errors import ConfigError, ModelUnavailable
from translate.registry import by_preference
from translate.spec import ModelSpec


@dataclass(frozen=True, slots=True)
class Choice:
    """What a configuration comes to: the strategy, and the model that writes (None: the extractive summarizer) with its language."""

    strategy: Strategy
    spec: ModelSpec | None = None
    language: Target = "ar"


def choose(config: PipelineConfig) -> Choice:
    """Settle strategy and summarizer.

    - `--strategy auto` is `direct` for a model that writes English about Arabic, else `summarize-translate`.
    - `--summarizer auto` is the best model that is installed for the strategy, `extractive` where there is none. Without a translator,
      and with English alone wanted, it is a model that writes English, if one is installed.
    - `--strategy direct` without a summarizer means the best one that is installed.

    Raises:
        ConfigError: strategy, summarizer and language do not go together.
        ModelUnavailable: no such model, or none installed for the strategy `direct`.
    """
    name = config.summarizer
    if config.strategy == "direct" and "summarizer" not in config.model_fields_set:
        name = "auto"
    if name == "auto":
        return _best_installed(config)
    spec = None if name == EXTRACTIVE else find_spec(name)
    strategy = config.strategy
    if strategy == "auto":
        strategy = "direct" if spec and writes(spec) == ("en",) else "summarize-translate"
    return _checked(Choice(strategy, spec, "ar" if strategy == "summarize-translate" else "en"), config)


def _best_installed(config: PipelineConfig) -> Choice:
    english = installed("en")
    strategy = config.strategy
    if strategy == "auto":
        strategy = "direct" if config.to == "en" and english and not _translator_here(config) else "summarize-translate"
    if strategy == "direct":
        if not english:
            first = by_preference("crosslingual")[0]
            hint = f"mujaz models pull {first.name} ({store.size_and_licence(first)}), or another strategy"
            what = "the strategy direct needs a summarizer that writes English about Arabic, and none is on this machine"
            raise ModelUnavailable(what, hint=hint)
        return _checked(Choice(strategy, english[0], "en"), config)
    if strategy == "translate-summarize":
        return Choice(strategy, next((spec for spec in (*installed("ar"), *english) if reads_english(spec)), None), "en")
    return Choice(strategy, next(iter(installed("ar")), None))


def _translator_here(config: PipelineConfig) -> bool:
    from translate.translator import installed_translators

    return config.translator != "auto" or bool(installed_translators())


def _checked(choice: Choice, config: PipelineConfig) -> Choice:
    """The choice, if the summarizer can do what the strategy needs."""
    spec, strategy = choice.spec, choice.strategy
    if strategy == "direct":
        if config.to == "ar":
            raise ConfigError("the strategy direct writes English", hint="use --to en, or the strategy summarize-translate")
        if spec is None or "en" not in writes(spec):
            named = "extractive" if spec is None else spec.name
            hint = f"use {', '.join(each.name for each in by_preference('crosslingual'))}, or another strategy"
            raise ConfigError("the strategy direct needs a summarizer that writes English about Arabic", where=named, hint=hint)
    if strategy == "summarize-translate" and spec and "ar" not in writes(spec):
        raise ConfigError("writes English, so there is nothing to translate", where=spec.name, hint="use --strategy direct --to en")
    if strategy == "translate-summarize" and spec and not reads_english(spec):
        raise ConfigError("cannot summarize English", where=spec.name, hint="use another summarizer, or the strategy summarize-translate")
    return choice
