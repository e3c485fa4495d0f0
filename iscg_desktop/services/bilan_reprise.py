"""Takes back bilan files that were handed over, after the coffre that made them was lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import UserError
from iscg_desktop.exports import bilan_json
from iscg_desktop.exports.bilan_file import BilanFile
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session
from iscg_desktop.services.verification_bilans import read_files, verify


@dataclass(frozen=True, slots=True)
class Remis:
    """A file handed over earlier, read and found right."""

    nom: str
    octets: bytes
    bilan: BilanFile


def lire(paths: Iterable[Path]) -> tuple[Remis, ...]:
    """Read files handed over earlier and verify them, each after the one it names; slow, for a worker.

    Raises:
        UserError: What the verification refuses.
    """
    files = read_files(paths)
    verify(files)
    return tuple(_in_order(files))


def reprendre(session: Session, remis: Iterable[Remis]) -> Changes:
    """Hold files handed over earlier to be arrêtés: same bytes again, nothing more counts in their periods.

    Their exact counts are lost: a half-year or year that holds one of their quarters can no longer be made.

    Raises:
        UserError: ``reprise_autre_intervenant``, ``reprise_predecesseur``, ``reprise_contredit``. Nothing is
            taken then.
    """
    before = session.read.bilans
    known = {row.periode.code: before.exports(row.periode.code)["json"][1] for row in before.arretes()}
    chain = {_sha256(octets) for octets in known.values()}
    taken = []
    for one in remis:
        _refuse(session, one.nom, one.bilan, chain)
        there = known.get(one.bilan.periode.code)
        if there is not None and there != one.octets:
            raise UserError("reprise_contredit", fichier=one.nom, periode=one.bilan.periode.libelle)
        chain.add(_sha256(one.octets))
        if there is None:
            taken.append((one.octets, one.bilan))
    with session.transaction() as tx:
        for octets, bilan in taken:
            periode = parse_period(bilan.periode.code)
            tx.bilans.add(periode, bilan.date_emission, bilan.menu, bilan.bilan.seuil, repris=True)
            tx.bilans.add_export(periode.code, {"json": (f"{bilan.nom}.json", octets)})
            tx.journal.append("import", "bilan", periode.code, session.clock.now())
        tx.commit()
    return changes("bilans")


def _in_order(files: Sequence[tuple[str, bytes]]) -> list[Remis]:
    """Each file after the one it names."""
    left = {_sha256(octets): Remis(name, octets, bilan_json.read(octets)) for name, octets in files}
    found: list[Remis] = []
    while left:
        ready = [sha for sha, one in left.items() if not left.keys() & set(one.bilan.predecesseurs)]
        found += [left.pop(sha) for sha in ready]
    return found


def _refuse(session: Session, name: str, bilan: BilanFile, chain: set[str]) -> None:
    intervenant = session.intervenant
    if intervenant is None or bilan.emetteur.id != intervenant.code:
        raise UserError("reprise_autre_intervenant", fichier=name)
    if not chain.issuperset(bilan.predecesseurs):
        raise UserError("reprise_predecesseur", fichier=name)


def _sha256(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()
