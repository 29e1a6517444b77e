"""Models in .gguf files: the same weights, tokens and prompt as the folder that they were made from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tiny_models import CORPUS, tiny_model

from translate.errors import MissingExtra, ModelUnavailable
from translate.registry import load_spec
from translate.runtime.causal import open_causal
from translate.runtime.device import DeviceChoice
from translate.runtime.loading import load_causal
from translate.store import locate
from translate.translator import load_translator

ARABIC = CORPUS[:4]
CPU = DeviceChoice("cpu", "float32", "for tests")


@pytest.fixture(scope="module")
def gguf_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny Qwen as llama.cpp's converter would write it, in half precision."""
    return write_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf")


def write_gguf(path: Path) -> Path:
    gguf = pytest.importorskip("gguf")
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    folder = tiny_model("qwen")
    model, tokenizer = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32), AutoTokenizer.from_pretrained(folder)
    config, backend = model.config, json.loads((folder / "tokenizer.json").read_text())
    writer = gguf.GGUFWriter(path, "qwen3")
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(config.head_dim)
    writer.add_value_length(config.head_dim)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    added = tokenizer.added_tokens_decoder
    writer.add_token_list([tokenizer.convert_ids_to_tokens(index) for index in range(len(tokenizer))])
    types = [gguf.TokenType.CONTROL if index in added else gguf.TokenType.NORMAL for index in range(len(tokenizer))]
    writer.add_token_types(types)
    writer.add_token_merges([" ".join(merge) for merge in backend["model"]["merges"]])
    writer.add_eos_token_id(tokenizer.eos_token_id)
    writer.add_pad_token_id(tokenizer.pad_token_id)
    writer.add_chat_template(tokenizer.chat_template)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.QWEN3, config.num_hidden_layers)
    for name, weight in model.state_dict().items():
        if name != "lm_head.weight":  # the embeddings again
            writer.add_tensor(names.get_name(name, try_suffixes=(".weight",)), weight.numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_a_gguf_file_is_a_translator_like_the_folder_it_was_made_from(gguf_file: Path) -> None:
    known = load_spec(str(gguf_file))
    assert (known.family, known.name, locate(known)) == ("causal", "tiny.gguf", gguf_file)
    folder = tiny_model("qwen")
    ours, reference = open_causal(known, gguf_file, CPU), open_causal(load_spec(str(folder)), folder, CPU)
    assert ours.family.encode(ARABIC) == reference.family.encode(ARABIC)
    import torch

    theirs = reference.generator._model.state_dict()
    for name, weight in ours.generator._model.state_dict().items():
        assert torch.allclose(weight, theirs[name], atol=1e-6), name


def test_a_gguf_file_needs_its_extra(gguf_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.runtime.loading.find_spec", lambda package: package != "gguf")
    with pytest.raises(MissingExtra, match=r"mujaz\[gguf\]"):
        load_causal(gguf_file, CPU, name="m")


def test_a_gguf_file_is_unpacked_for_packed_weights_would_fetch_kernels_from_the_hub(
    gguf_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import transformers

    real, given = transformers.AutoModelForCausalLM.from_pretrained, {}

    def spy(*places: Any, **options: Any) -> Any:
        given.update(options)
        return real(*places, **options)

    monkeypatch.setattr(transformers.AutoModelForCausalLM, "from_pretrained", spy)
    load_causal(gguf_file, CPU, name="m")
    assert given["quantization_config"].dequantize and given["local_files_only"] and not given["trust_remote_code"]


def test_a_damaged_gguf_file_is_one_line(gguf_file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(gguf_file.read_bytes()[:3000])
    with pytest.raises(ModelUnavailable, match="cannot be loaded") as caught:
        load_causal(broken, CPU, name="m")
    assert "\n" not in str(caught.value)


def test_a_gguf_file_is_named_like_a_folder_and_says_nothing(gguf_file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    translator = load_translator(str(gguf_file), device="cpu", dtype="float32")
    assert translator.translate(ARABIC[:1])[0].text
    assert translator.ref.name == "tiny.gguf"
    captured = capfd.readouterr()
    assert captured.out + captured.err == ""
