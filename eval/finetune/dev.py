"""A model measured on dev while it learns: its own translations or summaries scored, made just as they are when it is at work."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from eval.finetune.config import Metric
from eval.finetune.examples import Encoder, prepared
from eval.finetune.pairs import Pair
from eval.finetune.state import Measurement
from eval.finetune.tensors import Collator, summed_loss
from eval.metrics.mt_metrics import mt_scores
from eval.metrics.rouge import rouge_scores
from summarize.causal import clean_summary
from translate.engines import torch_engine
from translate.runtime.batching import token_batches
from translate.runtime.causal import CausalEngine
from translate.runtime.engine import Engine
from translate.runtime.loading import LoadedModel
from translate.spec import Generation, ModelSpec, Task
from translate.translator import ModelTranslator
from translate.types import ModelRef

_TRANSLATION = ("chrf", "bleu", "chrf++")
_ROUGE = ("rouge1", "rouge2", "rougeL")
_LOSS_TOKENS = 2048  # of a batch whose loss is measured


def default_metric(task: Task) -> Metric:
    """What decides which weights are kept, where the YAML file does not say."""
    return "chrf" if task == "translation" else "rougeL"


@dataclass(frozen=True, slots=True)
class DevSet:
    """Held-out pairs and how they are measured.

    Attributes:
        pairs: what is measured on.
        spec: the model's file; its search parameters and limits count, but for the beams.
        metric: what decides.
        beams: of the search.
        table: the pairs encoded, for the loss.
        collator: ids to tensors.
        encoder: text to ids.
    """

    pairs: tuple[Pair, ...]
    spec: ModelSpec
    metric: Metric
    beams: int
    table: Any
    collator: Collator
    encoder: Encoder

    def measure(self, accelerator: Any, model: Any, loaded: LoadedModel, *, step: int, check: Callable[[], None]) -> Measurement:
        """Scores of the model as it is now. Several processes share the work, and all get the same scores.

        Args:
            accelerator: runs the model.
            model: as the accelerator prepared it.
            loaded: the same model by itself.
            step: updates so far.
            check: called after each batch; may raise to end the work.
        """
        with _at_work(loaded):
            loss = self._loss(model, accelerator.device, check)
            mine = self.pairs[accelerator.process_index :: accelerator.num_processes]
            made = [*enumerate(self._outputs(loaded, [pair.source for pair in mine], check))]
        placed = [(place * accelerator.num_processes + accelerator.process_index, text) for place, text in made]
        hypotheses = [text for _, text in sorted(_gathered(placed))]
        assert len(hypotheses) == len(self.pairs), f"{len(hypotheses)} outputs for {len(self.pairs)} inputs"
        return Measurement(step, {measure.key: measure.value for measure in self._measures(hypotheses)}, loss)

    def signature(self) -> str:
        """The settings of the metric that decides, as it stands beside its scores."""
        deciding, *_ = self._measures([pair.target for pair in self.pairs])
        return str(deciding.signature)

    def _measures(self, hypotheses: Sequence[str]) -> list[Any]:
        """The metric that decides first, then the others of its kind; keys are `Metric`s."""
        from dataclasses import replace

        references = [pair.target for pair in self.pairs]
        names = _TRANSLATION if self.metric in _TRANSLATION else _ROUGE
        ordered = [self.metric, *(name for name in names if name != self.metric)]
        if self.metric in _TRANSLATION:
            return mt_scores(references, hypotheses, ordered)
        # Of Arabic in the profile that the project's tables use.
        arabic = self.spec.task == "summarization"
        profile, language = ("normalized", "ar") if arabic else ("unicode", "en")
        measures = {measure.key: measure for measure in rouge_scores(references, hypotheses, [profile], language=language)}
        return [replace(measures[f"rouge.{profile}.{name}"], key=name) for name in ordered]

    def _outputs(self, loaded: LoadedModel, sources: Sequence[str], check: Callable[[], None]) -> list[str]:
        if not sources:
            return []
        generation = self.spec.generation.model_copy(update={"num_beams": self.beams})
        spec = self.spec.model_copy(update={"generation": generation})
        engine = _Checked(_engine(loaded, spec), check)
        if spec.task == "translation":
            translator = ModelTranslator(spec, ref=ModelRef(spec.name), engine=engine)
            return [translation.text for translation in translator.translate(sources)]
        return [output.text for output in engine.run([self.encoder.shortened(prepared(source)) for source in sources])]

    def _loss(self, model: Any, device: Any, check: Callable[[], None]) -> float:
        """The mean loss of a target token, in nats, without smoothing."""
        import torch

        rows = self.table.to_list()
        sizes = [len(row["source"]) + len(row["target"]) for row in rows]
        total = 0.0
        with torch.no_grad():
            for group in token_batches(sizes, budget=_LOSS_TOKENS):
                batch = self.collator([rows[index]["source"] for index in group], [rows[index]["target"] for index in group])
                total += float(summed_loss(model, {key: tensor.to(device) for key, tensor in batch.items()}))
                check()
        return total / sum(len(row["target"]) for row in rows)


def _engine(loaded: LoadedModel, spec: ModelSpec) -> Engine:
    """The engine that the finished model will have at its task."""
    engine = torch_engine(loaded, spec)
    if isinstance(engine, CausalEngine) and spec.task != "translation":
        return CausalEngine(engine.family, engine.generator, clean_summary)
    return engine


class _Checked:
    """An engine that asks after each batch whether to go on."""

    def __init__(self, engine: Engine, check: Callable[[], None]) -> None:
        self._engine, self._check = engine, check

    def fits(self, text: str) -> bool:
        """As the engine."""
        return self._engine.fits(text)

    def run(self, texts: Sequence[str], progress: Any = None, *, generation: Generation | None = None) -> list[Any]:
        """As the engine."""
        return self._engine.run(texts, lambda done, of: self._check(), generation=generation)


@contextmanager
def _at_work(loaded: LoadedModel) -> Iterator[None]:
    """The model without dropout; afterwards it learns on, with the search parameters that it came with."""
    own = copy.deepcopy(loaded.model.generation_config)
    loaded.model.eval()
    try:
        yield
    finally:
        loaded.model.generation_config = own
        loaded.model.train()


def _gathered(items: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The items of all processes."""
    from accelerate.utils import gather_object

    gathered: list[tuple[int, str]] = gather_object(items)
    return gathered
