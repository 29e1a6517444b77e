"""mT5 fine-tuned for summaries: no prefix, whitespace collapsed; the target's first token is the pad token, or names its language."""

from __future__ import annotations

from collections.abc import Sequence

from translate.errors import ConfigError
from translate.families.base import Family


class T5(Family):
    """mT5_multilingual_XLSum and the CrossSum models.

    The decoder starts with the pad token. CrossSum's starts with the token of the language wanted instead, which is then
    `languages.target`: one of the sentinels that mT5 does not use otherwise, e.g. `▁<extra_id_69>` for English (the model's
    config.json has them all under task_specific_params.langid_map). Others leave a plain language code there.
    """

    def set_languages(self) -> None:
        """Find the token that the decoder starts with."""
        if self.languages.target.startswith("▁"):
            self.decoder_start_id = self.language_id(self.languages.target)
        else:
            self.decoder_start_id = self.tokenizer.pad_token_id
        if self.decoder_start_id is None or self.encode(["."])[0][-1] != self.tokenizer.eos_token_id:
            hint = "try another version of transformers"
            raise ConfigError("its tokenizer has no pad token, or does not end texts with the end token", where=self.name, hint=hint)

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """As the base class, with each run of whitespace, line breaks too, as one space: so were the texts it was trained on."""
        return super().encode([" ".join(text.split()) for text in texts])
