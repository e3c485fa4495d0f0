"""Verifies bilan files: each alone, then against the others, with nothing but what they print."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from iscg_desktop.disclosure.verification import recalls, refuse_false_proof
from iscg_desktop.domain.period import Palier, Periode, parse_period, period_of
from iscg_desktop.errors import UserError
from iscg_desktop.exports import bilan_json
from iscg_desktop.exports.bilan_file import BilanFile
from iscg_desktop.services.bilan_volets import is_local, known_relations

_BELOW: dict[Palier, Palier] = {"semestre": "trimestre", "annee": "semestre"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found right.

    Attributes:
        bilans: Number of files.
        masques: Number of masks that some imaginary table shows at the threshold.
        fictifs: Number of imaginary tables.
    """

    bilans: int
    masques: int
    fictifs: int


class _Read(NamedTuple):
    name: str
    sha256: str
    bilan: BilanFile


def verifier(paths: Iterable[Path]) -> Verdict:
    """Verify files of one coffre.

    Raises:
        UserError: The first thing that is wrong; ``fichier`` names where.
    """
    return verify(read_files(paths))


def read_files(paths: Iterable[Path]) -> list[tuple[str, bytes]]:
    """Name and content of each file.

    Raises:
        UserError: ``verification_absent``.
    """
    return [(path.name, _octets(path)) for path in paths]


def verify(files: Sequence[tuple[str, bytes]]) -> Verdict:
    """The same for (name, content) of each file; a bilan handed over twice with its figures is no contradiction."""
    found: dict[str, list[_Read]] = {}
    for name, octets in files:
        with _naming(name):
            read = _Read(name, hashlib.sha256(octets).hexdigest(), bilan_json.read(octets))
        bilan = read.bilan
        if any(others[0].bilan.coffre != bilan.coffre for others in found.values()):
            raise UserError("verification_autre_coffre", fichier=name)
        same = found.setdefault(bilan.periode.code, [])
        if same and same[0].bilan.bilan.figures() != bilan.bilan.figures():
            raise UserError("verification_contradictoire", periode=bilan.periode.libelle, fichier=name)
        if all(other.sha256 != read.sha256 for other in same):
            same.append(read)
    masques = fictifs = 0
    every = [read for same in found.values() for read in same]
    for name, _, bilan in every:
        with _naming(name):
            refuse_false_proof(
                bilan.periode.code, bilan.bilan, _parts(bilan), known_relations(bilan.menu), is_local
            )
        assert bilan.bilan.preuve is not None
        for code, sha256 in bilan.bilan.preuve.predecesseurs:
            if code not in found:
                continue
            earlier = found[code][0]
            known = sha256 in {each.sha256 for each in found[code]}
            if not known or not recalls(bilan.bilan.preuve, code, earlier.bilan.bilan.figures()):
                raise UserError("verification_contredit", fichier=name, autre=earlier.name)
        masques += bilan.bilan.chiffres_masques
        fictifs += len(bilan.bilan.preuve.fictifs)
    return Verdict(len(every), masques, fictifs)


# A bilan of one year at full detail is far below this.
_LARGEST = 33 * 1024 * 1024


def _octets(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except OSError:
        raise UserError("verification_absent", fichier=path.name) from None


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Say in which file something is wrong."""
    try:
        yield
    except UserError as error:
        raise UserError(f"verification_{error.code.removeprefix('bilan_')}", fichier=name) from None


def _parts(bilan: BilanFile) -> dict[str, tuple[str, ...]]:
    """For each longer period of a proof, the periods of the tier below."""
    codes = {table.periode for table in bilan.bilan.preuve.tableaux} if bilan.bilan.preuve else set()
    return {code: parts for code in codes if (parts := _below(parse_period(code)))}


def _below(periode: Periode) -> tuple[str, ...]:
    below = _BELOW.get(periode.palier)
    if below is None:
        return ()
    return tuple(dict.fromkeys(period_of(quarter.debut, below).code for quarter in periode.quarters()))
