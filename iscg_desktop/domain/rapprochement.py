"""Whether two persons may be one: what is said of it, never decided; two of one home are not one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Nearness = Literal["identique", "usuel", "oreille", "lettre", "autre", "inconnu"]
"""How two names are near: the same, by a diminutive, by ear, by one letter, not at all, or one is missing."""

Naissances = Literal["meme_date", "meme_annee", "inversee", "proche", "autre", "lointaine", "inconnue"]
"""How two births agree; « proche » when one is an estimate or a slip away, « lointaine » past any slip."""

Verdict = Literal["probable", "possible", "foyer", "autre"]
"""A doublon that is likely, one that may be, two persons of one home, or nothing of that."""

Raison = Literal[
    "meme_nom", "nom_oreille", "nom_lettre", "meme_prenom", "prenom_usuel", "prenom_oreille", "prenom_lettre",
    "meme_date", "meme_annee", "date_inversee", "naissance_proche", "autre_naissance", "meme_telephone",
    "meme_adresse", "autre_prenom", "autre_sexe",
]  # fmt: skip
"""What speaks for or against, in the order in which it is said."""

NEAR: frozenset[Nearness] = frozenset({"identique", "usuel", "oreille", "lettre"})
_SURE: frozenset[Nearness] = frozenset({"identique", "usuel"})
_NAME: dict[Nearness, Raison] = {"identique": "meme_nom", "oreille": "nom_oreille", "lettre": "nom_lettre"}
_FIRST_NAME: dict[Nearness, Raison] = {
    "identique": "meme_prenom", "usuel": "prenom_usuel", "oreille": "prenom_oreille", "lettre": "prenom_lettre",
    "autre": "autre_prenom",
}  # fmt: skip
_BIRTH: dict[Naissances, Raison] = {
    "meme_date": "meme_date", "meme_annee": "meme_annee", "inversee": "date_inversee",
    "proche": "naissance_proche", "autre": "autre_naissance",
    "lointaine": "autre_naissance",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparaison:
    """What was found on comparing two persons, part by part.

    Attributes:
        nom: Of all family names, usual or of birth, the nearest two.
        prenom: First names, or nicknames.
        naissance: Births.
        autre_sexe: Both sexes are known and differ.
        telephone: A number in common.
        adresse: The same address.
    """

    nom: Nearness
    prenom: Nearness
    naissance: Naissances
    autre_sexe: bool = False
    telephone: bool = False
    adresse: bool = False

    @property
    def verdict(self) -> Verdict:
        """What may be said of the two.

        Of a couple one shares all but the first name and the sex; of twins all but the first name; a father and
        a son may share all but the birth. None of these is ever a likely doublon.
        """
        home = self.telephone or self.adresse
        if self.autre_sexe or self.prenom == "autre" or self.naissance == "lointaine":
            return "foyer" if home else "autre"
        if self.naissance == "autre":
            return "foyer" if home else ("possible" if self._same_names else "autre")
        if self.prenom == "inconnu":
            return self._nameless(home=home)
        if self.nom in NEAR:
            return "probable" if self._is_likely else "possible"
        if self.naissance in ("meme_date", "inversee") or self.telephone:
            return "possible"  # a name changed by marriage, or by separation
        return "foyer" if home else "autre"

    @property
    def _same_names(self) -> bool:
        return self.nom in _SURE and self.prenom in _SURE

    @property
    def _is_likely(self) -> bool:
        """Near names are enough only with a birth; the same names also without, unless it only comes near."""
        if self.naissance in ("meme_date", "inversee") or self.telephone:
            return True
        if self.naissance == "meme_annee":
            return self.prenom != "lettre"
        return self._same_names

    def _nameless(self, *, home: bool) -> Verdict:
        """Without a first name on one side, only a birth or a number says anything."""
        if self.nom in NEAR and (self.naissance == "meme_date" or self.telephone):
            return "possible"
        return "foyer" if home else "autre"

    @property
    def raisons(self) -> tuple[Raison, ...]:
        """What speaks for or against, in the order in which it is said."""
        said = [_NAME.get(self.nom), _FIRST_NAME.get(self.prenom), _BIRTH.get(self.naissance)]
        found = [raison for raison in said if raison is not None]
        if self.autre_sexe:
            found.append("autre_sexe")
        if self.telephone:
            found.append("meme_telephone")
        if self.adresse:
            found.append("meme_adresse")
        return tuple(found)

    @property
    def points(self) -> int:
        """To order candidates: the likeliest first."""
        weights = {"identique": 40, "usuel": 32, "oreille": 30, "lettre": 22, "inconnu": 0, "autre": -20}
        birth = {
            "meme_date": 60, "inversee": 40, "meme_annee": 25, "proche": 10, "inconnue": 0, "autre": -40,
            "lointaine": -40,
        }  # fmt: skip
        ranks = {"probable": 1000, "possible": 500, "foyer": 200, "autre": 0}
        return (
            ranks[self.verdict] + weights[self.nom] + weights[self.prenom] + birth[self.naissance]
            + 30 * self.telephone + 15 * self.adresse
        )  # fmt: skip
