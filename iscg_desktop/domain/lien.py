"""What two persons are to each other, and on which side of a dossier one stands."""

from __future__ import annotations

_REVERSE = {"enfant": "parent", "parent": "enfant"}


def reverse(lien: str) -> str:
    """The same link from the other side: whoever is the parent of one has that one for a child."""
    return _REVERSE.get(lien, lien)


_VICTIME = frozenset({"victime", "voie_victimisation", "famille_victime"})
_MIS_EN_CAUSE = frozenset({"mis_en_cause", "famille_mis_en_cause"})


def statuts_opposes(one: str, other: str) -> bool:
    """Whether one statut is on the side of the victime and the other on that of the mis en cause.

    Both happen to one person of a dossier; it is rare enough to be asked twice.
    """
    return any(
        one in first and other in second
        for first, second in ((_VICTIME, _MIS_EN_CAUSE), (_MIS_EN_CAUSE, _VICTIME))
    )
