"""What the licence of a fine-tuned model can be: never freer than its base's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eval.finetune.data import FileFacts
from translate.errors import ConfigError
from translate.spec import ModelSpec

_NON_COMMERCIAL = re.compile(r"(?:^|[^a-z])nc(?:[^a-z]|$)|non-?\s?commercial", re.IGNORECASE)
_SHARE_ALIKE = re.compile(r"(?:^|[^a-z])(?:sa|a?gpl)(?:[^a-z]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ResultLicence:
    """The licence of the result, whether it allows commercial use (None: not known), and why, a sentence each."""

    licence: str | None
    commercial_use: bool | None
    reasons: tuple[str, ...]


def licence_of_result(base: ModelSpec, data: Sequence[FileFacts], wanted: str | None) -> ResultLicence:
    """Settle on the licence.

    Args:
        base: its licence goes over to the result, unless another one is wanted.
        data: training files. Non-commercial ones make the result non-commercial.
        wanted: the licence that the YAML file names.

    Raises:
        ConfigError: a licence for commercial use is wanted, and the base has none.
    """
    base_nc = base.commercial_use is False or is_non_commercial(base.licence)
    if wanted and base_nc and not is_non_commercial(wanted):
        what = f"licence: {wanted} cannot be, since the base {base.name} is licensed {base.licence}, which forbids commercial use"
        raise ConfigError(what, where="card", hint="name a non-commercial licence, or leave it out")
    data_nc = [file for file in data if is_non_commercial(file.licence)]
    unknown = [file.name for file in data if not file.licence]
    reasons = [f"The base {base.name} is licensed {base.licence or 'under terms that mujaz does not know'}."]
    reasons += [f"The training data {file.name} is licensed {file.licence}, which forbids commercial use." for file in data_nc]
    reasons += [f"The licence of the training data {', '.join(unknown)} is not stated."] if unknown else []
    shared = [file for file in data if file.licence and _SHARE_ALIKE.search(file.licence)]
    reasons += [f"{file.name} is licensed {file.licence}: whether that reaches a model trained on it is disputed." for file in shared]
    if base_nc or data_nc:
        commercial: bool | None = False
    else:
        commercial = None if unknown or base.commercial_use is None else True
    return ResultLicence(wanted or base.licence, commercial, tuple(reasons))


def is_non_commercial(licence: str | None) -> bool:
    """Whether a licence's name says that commercial use is forbidden.

    >>> is_non_commercial("CC-BY-NC-4.0"), is_non_commercial("CC-BY-4.0"), is_non_commercial(None)
    (True, False, False)
    """
    return bool(licence and _NON_COMMERCIAL.search(licence))
