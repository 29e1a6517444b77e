"""Builders of tiny random models with the real config and tokenizer classes, saved as a hub snapshot's files are.

`tiny_model("marian")` is a folder with config.json, generation_config.json, tokenizer files and model.safetensors, made once a
process. What the models write is nonsense, but always the same nonsense.
"""

from __future__ import annotations

import json
import shutil
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

FAMILIES = ("marian", "nllb", "m2m100", "mbart50")
SUMMARIZERS = ("mt5", "crosssum", "arabart")
CAUSAL = ("gemma", "qwen")
COMMIT = "0123456789abcdef0123456789abcdef01234567"

CORPUS = [
    "افتتح المتحف الوطني أبوابه أمام الزوار صباح اليوم بعد أعمال ترميم استمرت ثلاث سنوات.",
    "قال الوزير إن الحكومة ستخفض الأسعار، وإن النتائج ستظهر خلال 12 شهرا؛ لكن الخبراء يشككون في ذلك.",
    "فاز المنتخب بهدفين مقابل هدف واحد في مباراة جمعته بضيفه مساء الأحد!",
    "ظهر البحث في مجلة علمية عام 2024 وشارك فيه 37 عالما من خمسة بلدان؟ نعم: ذلك ما حدث.",
    "The national museum opened its doors to visitors this morning after three years of restoration.",
    "The minister said that prices would fall by 3.5% within 12 months, but experts doubt it.",
    "Quick brown foxes jump over the lazy dog; zebras & xylophones (JKVWXYZ) >> 0123456789 << !?",
]
_SIZES = {"d_model": 32, "encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 4, "decoder_attention_heads": 4}
_WIDTHS = {"encoder_ffn_dim": 64, "decoder_ffn_dim": 64, "init_std": 0.6}
_kept = TemporaryDirectory(prefix="mujaz-tiny-")


@lru_cache
def tiny_model(family: str) -> Path:
    """The folder of a tiny model of one family."""
    import torch

    torch.set_num_threads(1)  # for models this small more threads only wait for each other
    folder = Path(_kept.name) / f"tiny-{family}"
    makers = {
        "marian": _marian, "nllb": _nllb, "m2m100": _m2m100, "mbart50": _mbart50, "gemma": _gemma, "qwen": _qwen,
        "mt5": _mt5, "crosssum": _crosssum, "arabart": _arabart,
    }  # fmt: skip
    makers[family](folder)
    return folder


def as_snapshot(folder: Path, cache: Path, repo: str, commit: str = COMMIT) -> Path:
    """Copy a model folder to where the Hugging Face cache keeps `repo` at `commit`, as its main; returns the snapshot's folder."""
    home = cache / f"models--{repo.replace('/', '--')}"
    snapshot = home / "snapshots" / commit
    shutil.copytree(folder, snapshot)
    (home / "refs").mkdir(exist_ok=True)
    (home / "refs" / "main").write_text(commit)
    return snapshot


def _marian(folder: Path) -> None:
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder.mkdir(parents=True)
    pieces = _sentencepiece(folder / "source.spm")
    shutil.copy(folder / "source.spm", folder / "target.spm")
    vocabulary = {token: index for index, token in enumerate(["</s>", "<unk>", *pieces, ">>eng<<", "<pad>"])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    MarianTokenizer(
        str(folder / "source.spm"), str(folder / "target.spm"), str(folder / "vocab.json"), source_lang="ar", target_lang="en"
    ).save_pretrained(folder)
    pad = vocabulary["<pad>"]
    config = MarianConfig(
        vocab_size=len(vocabulary), pad_token_id=pad, decoder_start_token_id=pad, eos_token_id=0, forced_eos_token_id=None,
        max_position_embeddings=256, **_SIZES, **_WIDTHS,
    )  # fmt: skip
    _save(MarianMTModel, config, folder, bad_words_ids=[[pad]])


def _nllb(folder: Path) -> None:
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    characters = sorted(set("".join(CORPUS)) - {" "})
    vocabulary = {token: index for index, token in enumerate(["<s>", "<pad>", "</s>", "<unk>", "▁", *characters])}
    tokenizer = NllbTokenizer(vocab=vocabulary, merges=[])
    tokenizer.save_pretrained(folder)
    config = M2M100Config(vocab_size=len(tokenizer), max_position_embeddings=256, **_SIZES, **_WIDTHS)
    languages = [token for token in tokenizer.get_vocab() if len(token) == 8 and token[3] == "_"]
    _save(M2M100ForConditionalGeneration, config, folder, suppress_tokens=_others(tokenizer, languages, "eng_Latn"))


def _m2m100(folder: Path) -> None:
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer

    folder.mkdir(parents=True)
    pieces = _sentencepiece(folder / "sentencepiece.bpe.model")
    vocabulary = {token: index for index, token in enumerate(["<s>", "<pad>", "</s>", "<unk>", *pieces])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    tokenizer = M2M100Tokenizer(str(folder / "vocab.json"), str(folder / "sentencepiece.bpe.model"))
    tokenizer.save_pretrained(folder)
    size = max(tokenizer.lang_code_to_id.values()) + 1 + tokenizer.num_madeup_words
    config = M2M100Config(vocab_size=size, max_position_embeddings=256, **_SIZES, **_WIDTHS)
    never = _others(tokenizer, list(tokenizer.lang_token_to_id), "__en__") + list(range(size - tokenizer.num_madeup_words, size))
    _save(M2M100ForConditionalGeneration, config, folder, suppress_tokens=never)


def _mbart50(folder: Path) -> None:
    from transformers import MBart50Tokenizer, MBartConfig, MBartForConditionalGeneration

    characters = sorted(set("".join(CORPUS)) - {" "})
    vocabulary = [("<unk>", 0.0), ("<s>", 0.0), ("</s>", 0.0), ("▁", -2.0), *((character, -3.0) for character in characters)]
    tokenizer = MBart50Tokenizer(vocab=vocabulary)
    tokenizer.save_pretrained(folder)
    config = MBartConfig(
        vocab_size=len(tokenizer), decoder_start_token_id=2, forced_eos_token_id=None, scale_embedding=True,
        max_position_embeddings=256, **_SIZES, **_WIDTHS,
    )  # fmt: skip
    languages = list(tokenizer.lang_code_to_id)
    _save(MBartForConditionalGeneration, config, folder, suppress_tokens=_others(tokenizer, languages, "en_XX"))


LANGUAGE_TOKENS = {"arabic": "▁<extra_id_95>", "english": "▁<extra_id_69>"}
"""As in csebuetnlp/CrossSum, seq2seq/debug/extra_tokens_langid_map.json."""
_MT5_SIZES = {"d_model": 32, "d_kv": 8, "d_ff": 64, "num_layers": 2, "num_heads": 4}


def _mt5(folder: Path, **config: object) -> None:
    """mT5 with the files of the summarizers on the hub: spiece.model without tokenizer.json, and an output layer of its own."""
    from transformers import MT5Config, MT5ForConditionalGeneration

    folder.mkdir(parents=True)
    size = _mt5_pieces(folder / "spiece.model")
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "T5Tokenizer", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>", "extra_ids": 0})
    )
    config = MT5Config(vocab_size=size, **_MT5_SIZES, **config)
    sentinels = list(range(size - len(LANGUAGE_TOKENS), size))
    _save(MT5ForConditionalGeneration, config, folder, suppress_tokens=[0, *sentinels])


def _crosssum(folder: Path) -> None:
    """The same with tokens for languages, where the config of the CrossSum models has them."""
    ids = {language: [place, token] for place, (language, token) in enumerate(LANGUAGE_TOKENS.items())}
    _mt5(folder, task_specific_params={"langid_map": ids})


def _arabart(folder: Path) -> None:
    """MBart's layers and BARThez's tokenizer, for one language."""
    from transformers import BarthezTokenizer, MBartConfig, MBartForConditionalGeneration

    characters = sorted(set("".join(CORPUS)) - {" "})
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    vocabulary = [*((token, 0.0) for token in special), ("▁", -2.0), *((character, -3.0) for character in characters), ("<mask>", 0.0)]
    tokenizer = BarthezTokenizer(vocab=vocabulary)
    tokenizer.save_pretrained(folder)
    config = MBartConfig(
        vocab_size=len(tokenizer), decoder_start_token_id=2, forced_eos_token_id=2, scale_embedding=True,
        max_position_embeddings=256, **_SIZES, **_WIDTHS,
    )  # fmt: skip
    _save(MBartForConditionalGeneration, config, folder, suppress_tokens=[0, 1, len(tokenizer) - 1])


def _mt5_pieces(path: Path) -> int:
    """A vocabulary as mT5's: `<pad>`, `</s>`, `<unk>`, the pieces of CORPUS, then sentinels as plain pieces; returns its size."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    with path.open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(CORPUS), model_writer=file, vocab_size=180, hard_vocab_limit=False, character_coverage=1.0,
            minloglevel=2, pad_id=0, eos_id=1, unk_id=2, bos_id=-1,
        )  # fmt: skip
    model = sentencepiece_model_pb2.ModelProto.FromString(path.read_bytes())
    for token in LANGUAGE_TOKENS.values():
        model.pieces.add(piece=token, score=0.0)
    path.write_bytes(model.SerializeToString())
    return len(model.pieces)


_GEMMA_CHAT = (
    "{{ bos_token }}{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for message in messages %}{{ '<start_of_turn>' + ('model' if message.role == 'assistant' else message.role) + '\n' }}"
    "{{ message.content | trim + '<end_of_turn>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<start_of_turn>model\n' }}{% endif %}"
)
_QWEN_CHAT = (
    "{% for message in messages %}{{ '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}"
    "{% if enable_thinking is false %}{{ '<think>\n\n</think>\n\n' }}{% endif %}{% endif %}"
)
_CAUSAL_SIZES = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2}
_CAUSAL_WIDTHS = {"intermediate_size": 64, "initializer_range": 0.6, "max_position_embeddings": 1024}


def _gemma(folder: Path) -> None:
    """Gemma 3: a tokenizer by characters with bytes for the rest, turns between `<start_of_turn>` and `<end_of_turn>`."""
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig, GemmaTokenizer

    special = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "<start_of_turn>", "<end_of_turn>"]
    characters = sorted(set("".join(CORPUS)) - {" "})
    entries = [*special, *(f"<0x{byte:02X}>" for byte in range(256)), "\n", "▁", *characters]
    tokenizer = GemmaTokenizer(
        vocab={token: index for index, token in enumerate(entries)}, merges=[], additional_special_tokens=special[5:], add_bos_token=True
    )
    tokenizer.chat_template = _GEMMA_CHAT
    tokenizer.save_pretrained(folder)
    config = Gemma3TextConfig(
        vocab_size=len(tokenizer), pad_token_id=0, eos_token_id=1, bos_token_id=2, sliding_window=64, head_dim=8,
        **_CAUSAL_SIZES, **_CAUSAL_WIDTHS,
    )  # fmt: skip
    _save_causal(Gemma3ForCausalLM, config, folder, tokenizer, ends=["<eos>", "<end_of_turn>"])


def _qwen(folder: Path) -> None:
    """Qwen 3: a tokenizer by bytes with a few merges, turns between `<|im_start|>` and `<|im_end|>`, `<think>` no special token."""
    from tokenizers import AddedToken
    from transformers import Qwen2Tokenizer, Qwen3Config, Qwen3ForCausalLM

    tokenizer = Qwen2Tokenizer().train_new_from_iterator(CORPUS, 400)
    tokenizer.add_special_tokens({"additional_special_tokens": ["<|im_start|>", "<|im_end|>"], "eos_token": "<|im_end|>"})
    tokenizer.add_tokens([AddedToken("<think>", special=False), AddedToken("</think>", special=False)])
    tokenizer.chat_template = _QWEN_CHAT
    tokenizer.save_pretrained(folder)
    config = Qwen3Config(  # with the real width of a head, which transformers does not read from GGUF files
        vocab_size=len(tokenizer), eos_token_id=tokenizer.eos_token_id, tie_word_embeddings=True, head_dim=128,
        **_CAUSAL_SIZES, **_CAUSAL_WIDTHS,
    )  # fmt: skip
    _save_causal(Qwen3ForCausalLM, config, folder, tokenizer, ends=["<|im_end|>", "<|endoftext|>"])


def _sentencepiece(path: Path) -> list[str]:
    """Train a small unigram model on CORPUS; returns its pieces without the special ones."""
    import sentencepiece

    with path.open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(CORPUS), model_writer=file, vocab_size=180, hard_vocab_limit=False, character_coverage=1.0,
            minloglevel=2,
        )  # fmt: skip
    model = sentencepiece.SentencePieceProcessor(model_file=str(path))
    return [piece for piece in map(model.id_to_piece, range(len(model))) if piece not in ("<unk>", "<s>", "</s>")]


def _others(tokenizer: object, languages: list[str], target: str) -> list[int]:
    """Ids of all language codes but the target's: a random model would write them in the middle of its text."""
    return [tokenizer.convert_tokens_to_ids(code) for code in languages if code != target]


def _save(kind: type, config: object, folder: Path, **generation: object) -> None:
    """A model with seeded random weights. It may not repeat itself, and the length penalty makes it stop."""
    import torch
    from transformers import GenerationConfig

    torch.manual_seed(0)
    model = kind(config).eval()
    if config.model_type == "mt5":  # its output layer is not the embeddings, though transformers' config says so
        model.lm_head = torch.nn.Linear(config.d_model, config.vocab_size, bias=False)
    model.generation_config = GenerationConfig(
        num_beams=2, max_length=200, no_repeat_ngram_size=2, exponential_decay_length_penalty=(6, 2.0),
        pad_token_id=config.pad_token_id, eos_token_id=config.eos_token_id, decoder_start_token_id=config.decoder_start_token_id,
        **generation,
    )  # fmt: skip
    model.save_pretrained(folder)


def _save_causal(kind: type, config: object, folder: Path, tokenizer: object, *, ends: list[str]) -> None:
    """A causal model with seeded random weights and what chat models' generation_config.json has: several ends, sampling."""
    import torch
    from transformers import GenerationConfig

    torch.manual_seed(0)
    model = kind(config).eval()
    others = [index for index, token in tokenizer.added_tokens_decoder.items() if token.content not in ends]
    others += [index for token, index in tokenizer.get_vocab().items() if token.startswith("<0x")]
    model.generation_config = GenerationConfig(
        do_sample=True, temperature=0.7, top_k=20, top_p=0.8, no_repeat_ngram_size=2, exponential_decay_length_penalty=(6, 1.5),
        pad_token_id=tokenizer.pad_token_id, eos_token_id=tokenizer.convert_tokens_to_ids(ends), suppress_tokens=others,
    )  # fmt: skip
    model.save_pretrained(folder)
