"""Patterns of what is no language and stays as it is in any text: addresses, and the places that a template engine fills in."""

from __future__ import annotations

from typing import Final

URL: Final = r"""(?:https?://|www\.)[^\s<>"'«»،؛؟]*[^\s<>"'«»،؛؟.,;:!?)\]]"""
EMAIL: Final = r"[A-Za-z0-9_.+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+"
TEMPLATE: Final = r"\{\{.{1,200}?\}\}|\{%.{1,200}?%\}"
