"""What she may change in a list: labels, order, values of her own, what is offered; never what is counted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from iscg_desktop.domain.nomenclature import NON_RENSEIGNE, Nomenclature, Valeur
from iscg_desktop.errors import InvalidInput, Problem

LONGEST_LABEL = 80
_OWN = "perso_"  # no shipped code begins so

FIXED = frozenset(
    {
        "accord", "accord_contact", "base_partage", "canal_fiche", "connu_services_sociaux", "employeur",
        "etat_saisine", "issue", "regime", "tranche_age", "type_fiche", "urgence",
    }
)  # fmt: skip
"""Lists of which rules read every code: relabelled and put in order, nothing more."""

_NOT_EXTENDED = FIXED | {"diplome", "force", "sexe"}
_READ_BY_RULES = {
    "diplome": {"assistant_service_social", "autre"},
    "lieu": {"unite", "autre"},
    "mode": {"conjoint", "avec_tiers"},
    "reponse": {"orientation"},
    "ressources": {"sans_ressources"},
    "sexe": {"femme", "homme"},
    "statut": {"victime", "mis_en_cause", "famille_mis_en_cause"},
    "suite": {"accompagnement_engage", "en_attente", "sans_retour"},
    "type_partenaire": {"service_social_secteur", "protection_enfance", "crip", "aucune"},
    "vulnerabilite": {"personne_agee", "personne_handicapee"},
}


def is_read_by_rules(liste: str, code: str) -> bool:
    """Whether the program itself relies on a code: it stays offered, and none may count under it."""
    return code == NON_RENSEIGNE or liste in FIXED or code in _READ_BY_RULES.get(liste, ())


def takes_additions(liste: str) -> bool:
    """Whether values of hers may be added to a list."""
    return liste not in _NOT_EXTENDED


def counting_codes(liste: Nomenclature) -> tuple[Valeur, ...]:
    """Shipped values under which a value of hers may count."""
    return tuple(
        v for v in liste.valeurs if v.compte_sous is None and not is_read_by_rules(liste.code, v.code)
    )


def relabelled(liste: Nomenclature, code: str, libelle: str) -> Valeur:
    """A value with another label.

    Raises:
        InvalidInput: ``libelle_vide``, ``libelle_trop_long``, ``libelle_en_double``.
    """
    return replace(liste.valeur(code), libelle=_label(liste, libelle, but=code))


def added(liste: Nomenclature, libelle: str, compte_sous: str | None) -> Valeur:
    """A value of hers, in the family of the shipped one under which it counts.

    Raises:
        InvalidInput: As ``relabelled``; ``liste_fixe``, ``compte_sous_manquant``, ``compte_sous_regle``.
    """
    problems = []
    if not takes_additions(liste.code):
        problems.append(Problem("libelle", "liste_fixe"))
    try:
        words = _label(liste, libelle)
    except InvalidInput as error:
        problems += error.problems
    shipped = next((v for v in liste.valeurs if v.code == compte_sous and v.compte_sous is None), None)
    if shipped is None:
        problems.append(Problem("compte_sous", "compte_sous_manquant"))
    elif is_read_by_rules(liste.code, shipped.code):
        problems.append(Problem("compte_sous", "compte_sous_regle"))
    if problems or shipped is None:
        raise InvalidInput(tuple(problems))
    return Valeur(_code(liste, words), words, shipped.famille, compte_sous=shipped.code)


def offered(liste: Nomenclature, code: str, *, active: bool) -> Valeur:
    """A value offered again, or no more; what was recorded with it stays readable.

    Raises:
        InvalidInput: ``valeur_de_regle``, ``derniere_valeur``.
    """
    valeur = liste.valeur(code)
    if not active:
        others = [v for v in liste.valeurs if v.active and v.code not in (code, NON_RENSEIGNE)]
        if is_read_by_rules(liste.code, code):
            raise InvalidInput((Problem("active", "valeur_de_regle"),))
        if not others:
            raise InvalidInput((Problem("active", "derniere_valeur"),))
    return replace(valeur, active=active)


def reordered(liste: Nomenclature, code: str, step: int) -> tuple[str, ...]:
    """Codes of the list with one moved by so many places, as far as there are places."""
    codes = [valeur.code for valeur in liste.valeurs]
    place = codes.index(code)
    codes.insert(max(0, min(place + step, len(codes) - 1)), codes.pop(place))
    return tuple(codes)


def with_original_labels(liste: Nomenclature, shipped: Nomenclature) -> tuple[Valeur, ...]:
    """The values with their labels and their order of origin; hers keep theirs, after the one they count under.

    Raises:
        InvalidInput: ``libelle_d_origine_pris``, naming the label of hers that stands in the way.
    """
    own = [valeur for valeur in liste.valeurs if valeur.compte_sous is not None]
    originals = {_folded(valeur.libelle) for valeur in shipped.valeurs}
    taken = next((valeur for valeur in own if _folded(valeur.libelle) in originals), None)
    if taken is not None:
        raise InvalidInput((Problem("libelle", "libelle_d_origine_pris", {"libelle": taken.libelle}),))
    found: list[Valeur] = []
    for origin in shipped.valeurs:
        if origin.code in liste:
            found.append(replace(liste.valeur(origin.code), libelle=origin.libelle))
        found += [valeur for valeur in own if valeur.compte_sous == origin.code]
    return numbered(found)


def numbered(valeurs: Iterable[Valeur]) -> tuple[Valeur, ...]:
    """The values, ranked in the order they come."""
    return tuple(replace(valeur, ordre=rank) for rank, valeur in enumerate(valeurs))


def as_counted(liste: Nomenclature, shipped: Nomenclature) -> Nomenclature:
    """The list as bilans print it: shipped labels and order, with the values of hers that count under them."""
    own = tuple(valeur for valeur in liste.valeurs if valeur.compte_sous is not None)
    return replace(shipped, valeurs=shipped.valeurs + own)


def _label(liste: Nomenclature, libelle: str, *, but: str = "") -> str:
    words = " ".join(libelle.split())
    if not any(letter.isalnum() for letter in words):
        raise InvalidInput((Problem("libelle", "libelle_vide"),))
    if len(words) > LONGEST_LABEL:
        raise InvalidInput((Problem("libelle", "libelle_trop_long", {"maximum": LONGEST_LABEL}),))
    if any(_folded(v.libelle) == _folded(words) for v in liste.valeurs if v.code != but):
        raise InvalidInput((Problem("libelle", "libelle_en_double"),))
    return words


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'").split())


def _code(liste: Nomenclature, words: str) -> str:
    """A code that no value of the list has, made of the words of the label."""
    base = _OWN + (re.sub(r"[^a-z0-9]+", "_", _folded(words)).strip("_")[:40] or "valeur")
    code, rank = base, 2
    while code in liste:
        code, rank = f"{base}_{rank}", rank + 1
    return code
