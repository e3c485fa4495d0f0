"""Verifies bilan files: each alone, then against the others, with nothing but what they print."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

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
    """The same for (name, content) of each file."""
    found: dict[str, tuple[BilanFile, str, str]] = {}
    for name, octets in files:
        with _naming(name):
            bilan = bilan_json.read(octets)
        sha256 = hashlib.sha256(octets).hexdigest()
        others = [other for other, _, _ in found.values()]
        if any(other.coffre != bilan.coffre for other in others):
            raise UserError("verification_autre_coffre", fichier=name)
        same = found.setdefault(bilan.periode.code, (bilan, sha256, name))
        if same[1] != sha256:
            raise UserError("verification_contradictoire", periode=bilan.periode.libelle, fichier=name)
    masques = fictifs = 0
    for bilan, _, name in found.values():
        with _naming(name):
            refuse_false_proof(
                bilan.periode.code, bilan.bilan, _parts(bilan), known_relations(bilan.menu), is_local
            )
        assert bilan.bilan.preuve is not None
        for code, sha256 in bilan.bilan.preuve.predecesseurs:
            if code not in found:
                continue
            earlier, known, earlier_name = found[code]
            if known != sha256 or not recalls(bilan.bilan.preuve, code, earlier.bilan.figures()):
                raise UserError("verification_contredit", fichier=name, autre=earlier_name)
        masques += bilan.bilan.chiffres_masques
        fictifs += len(bilan.bilan.preuve.fictifs)
    return Verdict(len(found), masques, fictifs)


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
