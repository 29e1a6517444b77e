"""Causal language models (Gemma, Qwen, Llama and the like): the source goes into a prompt, where it can only be data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from translate.errors import ConfigError
from translate.families.base import Family
from translate.runtime.prompts import TRANSLATE, messages, one_line, plain, without_markup
from translate.spec import Languages, Prompt

_PLACE = "\ue000\ue001"  # stands for the source while the prompt is laid out; private characters, so no prompt has them


class Causal(Family):
    """A tokenizer and a prompt. The prompt is turned into tokens once, and only the source is encoded each time, with the
    special tokens switched off: a source that spells `<end_of_turn>` does not end its turn.

    Args:
        tokenizer: the model's tokenizer.
        languages: not used, the prompt names the languages.
        name: the model's name, for errors.
        prompt: what is asked.

    Raises:
        ConfigError: the tokenizer has no chat template, or the template does not take this prompt.
    """

    def __init__(self, tokenizer: Any, languages: Languages, *, name: str, prompt: Prompt = TRANSLATE) -> None:
        self.prompt = prompt
        super().__init__(tokenizer, languages, name=name)

    def set_languages(self) -> None:
        """Lay out the prompt, and find which tokens a source must not contain."""
        before, after = self._around()
        head = before.rstrip(" ")
        self._lead = before[len(head) :]  # tokens begin with the space before a word, so it is encoded with the source
        self._before = self.tokenizer(head, add_special_tokens=not self.prompt.chat, return_attention_mask=False)["input_ids"]
        if not self.prompt.chat and self._before[-1:] == [self.tokenizer.eos_token_id]:
            self._before = self._before[:-1]  # added by tokenizers that end every text
        self._after = self.tokenizer(after, add_special_tokens=False, return_attention_mask=False)["input_ids"]
        self._control = self._control_tokens(before + after)

    @property
    def overhead(self) -> int:
        """Tokens of the prompt without the source."""
        return len(self._before) + len(self._after)

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of the prompt with each text in it, on one line; nothing is truncated."""
        if not texts:
            return []
        sources = self._plain_ids([self._lead + one_line(text) for text in texts])
        return [[*self._before, *source, *self._after] for source in sources]

    def encode_targets(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each answer on one line, with what ends a turn (or a text); nothing is truncated."""
        if not texts:
            return []
        lead = "" if self.prompt.chat else " "  # as in the prompt's examples
        ending = self._ending()
        return [[*ids, *ending] for ids in self._plain_ids([lead + one_line(text) for text in texts])]

    def _ending(self) -> list[int]:
        """The tokens with which the chat template ends an answer, up to the first one that means something; else the end token."""
        eos = [self.tokenizer.eos_token_id]
        if not self.prompt.chat:
            return eos
        request = [asdict(message) for message in messages(self.prompt, ".")]
        text = self.tokenizer.apply_chat_template(
            [*request, {"role": "assistant", "content": _PLACE}], tokenize=False, enable_thinking=False
        )
        after = self.tokenizer(text.partition(_PLACE)[2], add_special_tokens=False, return_attention_mask=False)["input_ids"]
        end = next((place for place, token in enumerate(after) if token in self._control), None)
        return eos if end is None else list(after[: end + 1])

    def _plain_ids(self, texts: Sequence[str]) -> list[list[int]]:
        options = {"add_special_tokens": False, "split_special_tokens": True, "truncation": False, "return_attention_mask": False}
        encoded: list[list[int]] = self.tokenizer(list(texts), verbose=False, **options)["input_ids"]
        for place, ids in enumerate(encoded):
            if not self._control.keys().isdisjoint(ids):  # a tokenizer that does not switch them off, or has such tokens otherwise
                broken = without_markup(texts[place], [*self._control.values()])
                encoded[place] = self.tokenizer(broken, verbose=False, **options)["input_ids"]
                assert self._control.keys().isdisjoint(encoded[place]), "a special token out of a source"
        return encoded

    def _around(self) -> tuple[str, str]:
        """The prompt before and after the source."""
        if not self.prompt.chat:
            before, _, after = plain(self.prompt, _PLACE).partition(_PLACE)
            return before, after
        if not self.tokenizer.chat_template:
            hint = "name a model that was trained for chat, or write a YAML file with a prompt and chat: false in it"
            raise ConfigError("its tokenizer has no chat template", where=self.name, hint=hint)
        turns = [asdict(message) for message in messages(self.prompt, _PLACE)]
        try:
            # enable_thinking: templates of models that may think aloud first (Qwen3) know it, the others do not look at it.
            text: str = self.tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True, enable_thinking=False)
        except Exception as error:  # jinja2's errors, or whatever the template's own code runs into
            hint = "some templates take no system turn: put all into user"
            raise ConfigError(f"its chat template does not take the prompt ({error})", where=self.name, hint=hint) from error
        before, found, after = text.partition(_PLACE)
        if not found or _PLACE in after:
            raise ConfigError("its chat template changes what the user says", where=self.name, hint="use a prompt with chat: false")
        return before, after

    def _control_tokens(self, prompt: str) -> dict[int, str]:
        """Tokens that mean something to the model where they stand: the special ones, and all others that the prompt uses as such."""
        special = set(self.tokenizer.all_special_ids)
        ends = {self.tokenizer.eos_token_id, self.tokenizer.bos_token_id, self.tokenizer.pad_token_id}
        special -= {self.tokenizer.unk_token_id} - ends  # a rare character is not a mark
        added = {index: token.content for index, token in self.tokenizer.added_tokens_decoder.items()}
        used = {index for index, content in added.items() if content.strip() and content in prompt}
        return {index: added[index] for index in special | used if index in added}
