"""First names and what people are called by: « Manu » may be Emmanuel, Emmanuelle or Manuel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Prenoms:
    """Usual first names, folded and glued, and the other names under which their bearers go.

    Attributes:
        usual: Names that are known to be names of their own: « Julie » is no slip for « Julia ».
        called: The other names of each, in both directions.
    """

    usual: frozenset[str] = frozenset()
    called: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def others(self, prenom: str) -> frozenset[str]:
        """Names that may mean the same person: « jo » gives « joseph » and « josette »."""
        return self.called.get(prenom, frozenset())
