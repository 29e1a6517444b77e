"""MBart models of one language (AraBART): no language codes; a text stands between the start and the end token."""

from __future__ import annotations

from collections.abc import Sequence

from translate.families.base import Family


class MBart(Family):
    """AraBART and its fine-tunes, which have MBart's layers and BARThez's tokenizer."""

    def set_languages(self) -> None:
        """There is nothing to set."""

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids between the start and the end token; nothing is truncated.

        These two are put there by hand: some versions of the tokenizer do (`</s>` at the end alone, or neither), and a model
        that was trained with both and gets none writes something, only worse.
        """
        if not texts:
            return []
        plain = [" ".join(text.split()) for text in texts]
        encoded = self.tokenizer(plain, add_special_tokens=False, truncation=False, return_attention_mask=False, verbose=False)
        return [[self.tokenizer.bos_token_id, *ids, self.tokenizer.eos_token_id] for ids in encoded["input_ids"]]
