"""Consolidation: bilan files of several intervenants and periods added up for an employer; no coffre is opened."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from iscg_desktop.errors import InvalidInput, Problem, UserError
from iscg_desktop.exports import bilan_json, consolidation_json, consolidation_xlsx
from iscg_desktop.exports.consolidation_file import ConsolidationFile, Source, consolidate
from iscg_desktop.files import write_atomic

__all__ = ["ConsolidationFile", "consolider", "ecrire", "noms"]

# What a reader says of one file, and what is said of it among others.
_REFUSALS = {
    "bilan_illisible": "consolidation_illisible",
    "bilan_autre_format": "consolidation_autre_format",
    "bilan_plus_recent": "consolidation_plus_recent",
    "bilan_modifie": "consolidation_modifie",
}
_LARGEST = 64 * 1024 * 1024


def consolider(
    fichiers: Sequence[Path], progress: Callable[[int, int], None] | None = None
) -> ConsolidationFile:
    """Read bilan files and add them up.

    Args:
        fichiers: JSON files of bilans, in any order.
        progress: Told how many files are read, and how many there are.

    Raises:
        InvalidInput: With every file that is refused, by name: unreadable, of another format, newer, changed,
            given twice, contradicting or overlapping another, of another menu.
        UserError: ``consolidation_vide``, ``consolidation_tableaux``.
    """
    if not fichiers:
        raise UserError("consolidation_vide")
    read: list[tuple[str, Source]] = []
    problems: list[Problem] = []
    for rank, (path, nom) in enumerate(zip(fichiers, noms(fichiers), strict=True), start=1):
        try:
            read.append((nom, _read(path)))
        except UserError as error:
            problems.append(_problem(_REFUSALS.get(error.code, "consolidation_absent"), nom))
        if progress is not None:
            progress(rank, len(fichiers))
    problems += [*_repeated(read), *_overlapping(read), *_other_menus(read)]
    if problems:
        raise InvalidInput(tuple(problems))
    return consolidate(source for _, source in read)


def ecrire(consolidation: ConsolidationFile, sortie: Path, fichiers: Iterable[Path] = ()) -> None:
    """Write the result, as a workbook or as JSON by the name of the file.

    Args:
        consolidation: The result.
        sortie: Ends in ``.xlsx`` or ``.json``.
        fichiers: What was read: never written over.

    Raises:
        UserError: ``consolidation_sortie``, ``consolidation_sortie_lue``; the disk's refusals.
    """
    renders = {".json": consolidation_json.render, ".xlsx": consolidation_xlsx.render}
    render = renders.get(sortie.suffix.lower())
    if render is None:
        raise UserError("consolidation_sortie", fichier=sortie.name)
    if any(sortie.resolve() == path.resolve() for path in fichiers):
        raise UserError("consolidation_sortie_lue", fichier=sortie.name)
    write_atomic(sortie, render(consolidation))


def noms(fichiers: Sequence[Path]) -> tuple[str, ...]:
    """How each file is called in what is said of it: by its name, and by as many folders as tell it from the others.

    Colleagues all hand over a « bilan-2026-T3.json »: each lies in a folder of its own.
    """
    return tuple(_told_apart(path, set(fichiers) - {path}) for path in fichiers)


def _told_apart(path: Path, others: set[Path]) -> str:
    for depth in range(1, len(path.parts)):
        if not any(other.parts[-depth:] == path.parts[-depth:] for other in others):
            return "/".join(path.parts[-depth:])
    return str(path)


def _read(path: Path) -> Source:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST)
    except OSError:
        raise UserError("consolidation_absent", fichier=path.name) from None
    return Source(bilan_json.read(data), hashlib.sha256(data).hexdigest())


def _problem(code: str, name: str, other: str = "") -> Problem:
    return Problem("fichiers", code, {"fichier": name, "autre": other} if other else {"fichier": name})


def _repeated(read: Sequence[tuple[str, Source]]) -> list[Problem]:
    """One file given twice, or two of one coffre that tell one period differently."""
    seen: dict[tuple[str, str], tuple[str, Source]] = {}
    problems = []
    for name, source in read:
        identity = (source.bilan.coffre, source.bilan.periode.code)
        before = seen.setdefault(identity, (name, source))
        if before[1] is not source:
            problems.append(_problem(_repetition(before[1], source), name, before[0]))
    return problems


def _repetition(one: Source, other: Source) -> str:
    """How two bilans of one coffre and one period repeat each other."""
    if one.sha256 == other.sha256:
        return "consolidation_double"
    same = one.bilan.bilan.figures() == other.bilan.bilan.figures()
    return "consolidation_reemis" if same else "consolidation_contredit"


def _overlapping(read: Sequence[tuple[str, Source]]) -> list[Problem]:
    """Periods of one intervenant that share days: a quarter and its half-year, or two coffres of one person."""
    owners: dict[object, list[tuple[str, Source]]] = {}
    for name, source in read:
        emetteur = source.bilan.emetteur
        for owner in (source.bilan.coffre, (emetteur.id, emetteur.employeur)):
            owners.setdefault(owner, []).append((name, source))
    found = {}
    for files in owners.values():
        files.sort(key=lambda one: (one[1].bilan.periode.debut, one[1].bilan.periode.fin))
        longest = files[0]
        for before, (name, source) in pairwise(files):
            if before[1].bilan.periode.fin > longest[1].bilan.periode.fin:
                longest = before
            one, other = longest[1].bilan, source.bilan
            repeated = (one.coffre, one.periode.code) == (other.coffre, other.periode.code)
            if other.periode.debut <= one.periode.fin and not repeated:
                found[name] = _problem("consolidation_chevauche", name, longest[0])
    return list(found.values())


def _other_menus(read: Sequence[tuple[str, Source]]) -> list[Problem]:
    menus = {source.bilan.menu for _, source in read}
    return [
        _problem("consolidation_menu", name)
        for name, source in read
        if len(menus) > 1 and source.bilan.menu != max(menus)
    ]
