"""Usual first names and their diminutives, as ``resources/prenoms`` gives them."""

from __future__ import annotations

from functools import cache

from iscg_desktop.domain.noms import words
from iscg_desktop.domain.prenoms import Prenoms
from iscg_desktop.paths import resources


@cache
def shipped_prenoms() -> Prenoms:
    """First names and what they are called by, read once."""
    called: dict[str, set[str]] = {}
    usual = set()
    text = (resources() / "prenoms" / "prenoms.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, _, short = line.partition("\t")
        prenom = "".join(words(name))
        usual.add(prenom)
        for diminutif in short.split():
            called.setdefault(prenom, set()).add(diminutif)
            called.setdefault(diminutif, set()).add(prenom)
    return Prenoms(frozenset(usual), {name: frozenset(others) for name, others in called.items()})
