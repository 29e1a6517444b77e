"""How much memory a long document takes: `python -m translate.bench.growth ENGINE SENTENCES…`, e.g. `ct2 250 2000`.

Prints the peak of one process for each number of sentences: it should be the same. The model is that of the benchmark.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from translate.bench.model import Scale
from translate.bench.ways import peak
from translate.engines import open_engine
from translate.errors import MujazError
from translate.registry import load_spec
from translate.spec import Generation, Limits
from translate.translator import ModelTranslator
from translate.types import ModelRef

_NEW_TOKENS = 20


def _measure(folder: Path, engine: str, sentences: int) -> None:
    """Translate one document of so many different sentences, and print the most memory that this process had."""
    spec = load_spec(str(folder))
    short = Limits(max_source_tokens=spec.limits.max_source_tokens, max_target_tokens=_NEW_TOKENS)
    spec = spec.model_copy(update={"limits": short, "generation": Generation(num_beams=1)})
    opened = open_engine(spec, folder, engine=engine, device="cpu").engine
    translator = ModelTranslator(spec, ref=ModelRef("bench", None, None, None), engine=opened, check=lambda source, target: ())
    document = " ".join(f"قال الوزير {number} إن الحكومة ستخفض أسعار الوقود خلال الأشهر المقبلة." for number in range(sentences))
    (translation,) = translator.translate([document])
    assert translation.text, "nothing was written"
    print(json.dumps({"sentences": sentences, "peak_mb": round(peak() / 1e6)}), flush=True)  # noqa: T201


def main(engine: str, *numbers: str) -> None:
    """A process for each number, so that none finds what another left; also to prepare: a child's peak begins with its parent's size."""
    with TemporaryDirectory(prefix="mujaz-growth-") as scratch:
        folder = str(Path(scratch) / "model")
        _run("translate.bench.ways", "prepare", folder, json.dumps(asdict(Scale())))
        for sentences in numbers:
            _run("translate.bench.growth", "--one", folder, engine, sentences)


def _run(module: str, *arguments: str) -> None:
    if subprocess.run([sys.executable, "-m", module, *arguments], check=False).returncode:
        raise MujazError("the measurement broke off", where=module)


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        _measure(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    else:
        main(*sys.argv[1:])
