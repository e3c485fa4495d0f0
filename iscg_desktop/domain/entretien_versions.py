"""What an amended entretien said before: kept as JSON, given back exactly, compared with what came after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from iscg_desktop.domain.entretien import Entretien, OrientationFaite, PersonneDraft, PersonnePresente
from iscg_desktop.domain.personne import Profil

_TEXTS = ("elements_transmissibles", "notes_de_travail")
_PLAIN = ("duree", "mode", "issue", "lieu", "unite_id", "partenaire_id", "problematique_principale", *_TEXTS)
_LISTS = ("problematiques", "demandes", "reponses")
_FACTS = tuple(item.name for item in fields(Profil))
_QUIET = ("age_source", "reprises")

COUNTED = ("date", "mode", "issue", "unite_id", "problematique_principale", *_LISTS)
"""What a bilan may count of an entretien itself: it stands still once the quarter is arrêté."""

_ORIENTATION = ("date", "personne_id", "type", "partenaire_id", "accord", "motif")

CONTENT = ("date", "heure", *_PLAIN, *_LISTS)
"""What an entretien says, its persons apart; names of ``Entretien`` and of ``EntretienDraft``."""


@dataclass(frozen=True, slots=True)
class Version:
    """What an entretien said until it was amended.

    Attributes:
        remplacee_le: UTC moment of the correction that replaced it.
    """

    numero: int
    remplacee_le: dt.datetime
    entretien: Entretien


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed.

    Attributes:
        champ: Name of the fact; ``ajoutee`` or ``retiree`` for a whole line, and after ``orientation_`` what
            was changed of an orientation, or a whole ``OrientationFaite`` added or withdrawn.
        personne: Name of the person it is about, or "".
    """

    champ: str
    avant: object
    apres: object
    personne: str = ""


def encode(entretien: Entretien) -> dict[str, Any]:
    """The content of an entretien, as JSON holds it; no name, which belongs to the person."""
    kept: dict[str, Any] = {name: getattr(entretien, name) for name in _PLAIN}
    kept |= {name: list(getattr(entretien, name)) for name in _LISTS}
    kept["date"] = entretien.date.isoformat()
    kept["heure"] = entretien.heure.strftime("%H:%M") if entretien.heure else None
    kept["personnes"] = [_encode_line(line) for line in entretien.personnes]
    kept["orientations"] = [
        {"id": each.id, **{name: getattr(each, name) for name in _ORIENTATION}, "date": each.date.isoformat()}
        for each in entretien.orientations
    ]
    return kept


def decode(kept: Mapping[str, Any], now: Entretien, names: Mapping[int, str]) -> Entretien:
    """The entretien that ``encode`` was given.

    Args:
        kept: What ``encode`` made.
        now: The same entretien as it is.
        names: Names of the persons by id.
    """
    values = {name: kept[name] for name in _PLAIN} | {name: tuple(kept[name]) for name in _LISTS}
    return Entretien(
        id=now.id,
        dossier_id=now.dossier_id,
        date=dt.date.fromisoformat(kept["date"]),
        heure=dt.time.fromisoformat(kept["heure"]) if kept["heure"] else None,
        personnes=tuple(_decode_line(line, names) for line in kept["personnes"]),
        orientations=tuple(
            OrientationFaite(
                **{**each, "date": dt.date.fromisoformat(each["date"])},
                nom=names.get(each["personne_id"], ""),
            )
            for each in kept["orientations"]
        ),
        **values,
    )


def differences(before: Entretien, after: Entretien) -> tuple[Difference, ...]:
    """What changed from one version to the next, in the order of the form."""
    found = [
        Difference(name, getattr(before, name), getattr(after, name))
        for name in CONTENT
        if getattr(before, name) != getattr(after, name) and name not in _TEXTS
    ]
    lines = {line.personne_id: line for line in before.personnes}
    for line in after.personnes:
        old = lines.pop(line.personne_id, None)
        if old is None:
            found.append(Difference("ajoutee", None, line.nom, line.nom))
        else:
            found += _line_differences(old, line)
    found += [Difference("retiree", line.nom, None, line.nom) for line in lines.values()]
    found += [
        Difference(name, getattr(before, name), getattr(after, name))
        for name in _TEXTS
        if getattr(before, name) != getattr(after, name)
    ]
    return tuple(found + _orientation_differences(before.orientations, after.orientations))


def _orientation_differences(
    before: tuple[OrientationFaite, ...], after: tuple[OrientationFaite, ...]
) -> list[Difference]:
    found: list[Difference] = []
    gone = {each.id: each for each in before}
    for each in after:
        old = gone.pop(each.id, None)
        if old is None:
            found.append(Difference("orientation_ajoutee", None, each, each.nom))
            continue
        found += [
            Difference(f"orientation_{name}", getattr(old, shown), getattr(each, shown), each.nom)
            for name in _ORIENTATION
            if getattr(old, name) != getattr(each, name)
            for shown in ("nom" if name == "personne_id" else name,)
        ]
    return found + [Difference("orientation_retiree", each, None, each.nom) for each in gone.values()]


def _line_differences(old: PersonnePresente, new: PersonnePresente) -> list[Difference]:
    pairs: list[tuple[str, object, object]] = [
        ("participation", participation(old), participation(new)),
        ("accord", old.accord, new.accord),
    ]
    pairs += [(name, getattr(old.profil, name), getattr(new.profil, name)) for name in _FACTS]
    return [
        Difference(name, before, after, new.nom)
        for name, before, after in pairs
        if before != after and name not in _QUIET
    ]


def participation(line: PersonnePresente | PersonneDraft) -> str:
    """« presente », « accueillie » (without being met) or « mentionnee »."""
    if line.presente:
        return "presente"
    return "accueillie" if line.accueillie else "mentionnee"


def _encode_line(line: PersonnePresente) -> dict[str, Any]:
    return {
        "personne_id": line.personne_id,
        "presente": line.presente,
        "accueillie": line.accueillie,
        "accord": line.accord,
        "reprises": {name: day.isoformat() for name, day in line.reprises},
        "profil": {name: _listed(getattr(line.profil, name)) for name in _FACTS},
    }


def _decode_line(kept: Mapping[str, Any], names: Mapping[int, str]) -> PersonnePresente:
    facts: dict[str, Any] = {
        name: tuple(v) if isinstance(v, list) else v for name, v in kept["profil"].items()
    }
    return PersonnePresente(
        personne_id=kept["personne_id"],
        nom=names.get(kept["personne_id"], ""),
        presente=kept["presente"],
        accueillie=kept["accueillie"],
        accord=kept["accord"],
        profil=Profil(**facts),
        reprises=tuple((name, dt.date.fromisoformat(day)) for name, day in kept["reprises"].items()),
    )


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
