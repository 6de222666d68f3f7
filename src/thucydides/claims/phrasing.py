"""The turns of phrase that this room's rules listen for, out of ``phrasing.tsv``."""

from __future__ import annotations

from pathlib import Path

from thucydides.lexicon import Phrasing

_TABLE = Phrasing(Path(__file__).with_name("phrasing.tsv"))
phrase_of, wordlist = _TABLE.pattern, _TABLE.words
