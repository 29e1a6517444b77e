"""What is measured: a Marian model of opus-mt-ar-en's size with random weights, and sentences to translate with it."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Scale:
    """The size of the model and of the work. The defaults are those of Helsinki-NLP/opus-mt-ar-en and of a few news articles.

    Attributes:
        layers: of the encoder, and of the decoder.
        width: of a hidden state; eight heads share it, and the inner layers are four times as wide.
        vocabulary: tokens.
        sentences: how many are translated.
        shortest: tokens of the shortest sentence.
        longest: tokens of the longest one.
        new_tokens: written for each sentence, no more and no fewer.
    """

    layers: int = 6
    width: int = 512
    vocabulary: int = 62_834
    sentences: int = 64
    shortest: int = 12
    longest: int = 60
    new_tokens: int = 40


_WORDS = (
    "قال الوزير إن الحكومة ستخفض أسعار الوقود خلال الأشهر المقبلة بعد ارتفاعها في الأسواق العالمية وأعلنت الشرطة أمس القبض على "
    "ثلاثة أشخاص بتهمة الاحتيال وافتتح المتحف الوطني أبوابه أمام الزوار صباح اليوم بينما وصلت المساعدات إلى القرى المتضررة من "
    "الزلزال وفاز المنتخب بهدفين مقابل هدف واحد ويرى خبراء أن التغير المناخي يهدد زراعة القمح في حوض البحر المتوسط"
).split()


def build_model(folder: Path, scale: Scale) -> None:
    """Write a model's folder: tokenizer, config and weights, the same at every call. It never ends a sentence by itself."""
    import torch
    from transformers import GenerationConfig, MarianConfig, MarianMTModel

    folder.mkdir(parents=True)
    pad = _build_tokenizer(folder, scale.vocabulary)
    torch.manual_seed(0)
    heads = {"encoder_attention_heads": 8, "decoder_attention_heads": 8, "encoder_layers": scale.layers, "decoder_layers": scale.layers}
    config = MarianConfig(
        vocab_size=scale.vocabulary, d_model=scale.width, encoder_ffn_dim=4 * scale.width, decoder_ffn_dim=4 * scale.width, **heads,
        activation_function="swish", scale_embedding=True, max_position_embeddings=512, pad_token_id=pad, decoder_start_token_id=pad,
        eos_token_id=0, forced_eos_token_id=None,
    )  # fmt: skip
    model = MarianMTModel(config).eval()
    model.final_logits_bias[0, 0] = -100.0
    model.generation_config = GenerationConfig(
        num_beams=4, bad_words_ids=[[pad]], renormalize_logits=True, pad_token_id=pad, eos_token_id=0, decoder_start_token_id=pad
    )
    model.save_pretrained(folder)


def sentences(scale: Scale, tokenizer: object) -> list[str]:
    """Sentences of news words, the same at every call, their lengths spread evenly and mixed."""
    pick = random.Random(0)
    spread = (scale.longest - scale.shortest) / max(1, scale.sentences - 1)
    wanted = [scale.shortest + round(index * spread) for index in range(scale.sentences)]
    pick.shuffle(wanted)
    return [_sentence(length, tokenizer, pick) for length in wanted]


def _sentence(length: int, tokenizer: object, pick: random.Random) -> str:
    assert callable(tokenizer)
    text = ""
    while True:
        longer = f"{text} {pick.choice(_WORDS)}".strip()
        if text and len(tokenizer(longer)["input_ids"]) > length:
            return text
        text = longer


def _build_tokenizer(folder: Path, size: int) -> int:
    """A tokenizer with pieces of `_WORDS` and, to fill the vocabulary, names that no text has; returns the padding token's id."""
    import sentencepiece
    from transformers import MarianTokenizer

    with (folder / "source.spm").open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(_WORDS), model_writer=file, vocab_size=200, hard_vocab_limit=False, minloglevel=2
        )
    shutil.copy(folder / "source.spm", folder / "target.spm")
    model = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    pieces = [piece for piece in map(model.id_to_piece, range(len(model))) if piece not in ("<unk>", "<s>", "</s>")]
    names = ["</s>", "<unk>", *pieces]
    names += [f"▁word{index}" for index in range(len(names), size - 1)]
    vocabulary = {name: index for index, name in enumerate([*names, "<pad>"])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    files = [str(folder / name) for name in ("source.spm", "target.spm", "vocab.json")]
    MarianTokenizer(*files, source_lang="ar", target_lang="en").save_pretrained(folder)
    return size - 1
