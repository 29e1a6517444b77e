"""What every family of translation models has in common: text to ids, ids to text, and a check of the language codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from translate.errors import ConfigError
from translate.spec import Languages


class Family:
    """A tokenizer set up for one pair of languages.

    Args:
        tokenizer: the model's tokenizer.
        languages: source and target, in the codes of this family.
        name: the model's name, for errors.

    Raises:
        ConfigError: the tokenizer does not know one of the codes, or does not use it.
    """

    forced_bos_id: int | None = None
    """The token that every target must begin with, None where there is no such rule."""
    decoder_start_id: int | None = None
    """What the decoder starts with, before the target; None: as the model's config says."""

    def __init__(self, tokenizer: Any, languages: Languages, *, name: str) -> None:
        self.tokenizer = tokenizer
        self.languages = languages
        self.name = name
        self.set_languages()

    def set_languages(self) -> None:
        """Tell the tokenizer the source language and find the token that the target is forced to begin with."""
        source = self.language_id(self.languages.source)
        self.forced_bos_id = self.language_id(self.languages.target)
        self.tokenizer.src_lang = self.languages.source
        if source not in self.encode(["."])[0]:
            raise ConfigError(
                "its tokenizer does not mark the source language", where=self.name, hint="try another version of transformers"
            )

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text with the special tokens that this family wants; nothing is truncated."""
        if not texts:
            return []
        encoded = self.tokenizer(list(texts), truncation=False, return_attention_mask=False, verbose=False)
        return [list(ids) for ids in encoded["input_ids"]]

    def encode_targets(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each target as the model is to write it, from its first token (a language code, in some families) to the end
        token; nothing is truncated."""
        if not texts:
            return []
        if self.forced_bos_id is not None:
            self.tokenizer.tgt_lang = self.languages.target
        encoded = self.tokenizer(text_target=list(texts), truncation=False, return_attention_mask=False, verbose=False)
        targets = [list(ids) for ids in encoded["input_ids"]]
        if self.forced_bos_id is not None and any(ids[0] != self.forced_bos_id for ids in targets):
            hint = "try another version of transformers"
            raise ConfigError("its tokenizer does not mark the target language", where=self.name, hint=hint)
        return targets

    def decode(self, ids: Sequence[int]) -> str:
        """The text of a hypothesis, without special tokens."""
        kept = [token for token in ids if token != self.forced_bos_id]
        text: str = self.tokenizer.decode(kept, skip_special_tokens=True)
        return text.strip()

    def language_id(self, code: str) -> int:
        """The id of a language code that is a token by itself.

        Raises:
            ConfigError: it is not in the vocabulary.
        """
        known = self.tokenizer.convert_tokens_to_ids(code)
        if known is None or known == self.tokenizer.unk_token_id:
            raise ConfigError(f"its tokenizer has no language code {code!r}", where=self.name, hint="see languages in its YAML file")
        return int(known)
