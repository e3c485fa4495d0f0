"""Passation: chosen dossiers handed to a successor in a file that her own passphrase opens, and received by her."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from iscg_desktop.domain.dossier import format_numero
from iscg_desktop.domain.period import parse_period, quarter_of
from iscg_desktop.errors import UserError
from iscg_desktop.files import write_atomic
from iscg_desktop.reference.nomenclatures import shipped
from iscg_desktop.reference.turns import at_once
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.effacement import EffacementService
from iscg_desktop.services.passphrase import require_strong
from iscg_desktop.services.session import Session, schema_mark
from iscg_desktop.services.turns import Etapes, lasting
from iscg_desktop.storage.effacement import Liste
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.passation import Rows
from iscg_desktop.storage.passation_file import seal, unseal
from iscg_desktop.storage.transaction import Transaction

_LARGEST_FILE = 2_000_000_000
_RELECTURE = "passation.relecture"
_AILLEURS = "effacements.ailleurs"


@dataclass(frozen=True, slots=True)
class Recus:
    """What was received.

    Attributes:
        numeros: Number of each dossier here, by the number it had there.
        ecartes: How many dossiers and persons of the file had been erased, and are not here.
    """

    changes: Changes
    numeros: dict[str, str]
    ecartes: int = 0


@dataclass(frozen=True, slots=True)
class Relecture:
    """A file handed over that was read again with the successor's passphrase.

    Attributes:
        uids: Names of its dossiers whatever the coffre.
        numeros: Their numbers here.
        empreinte: SHA-256 of its rows, in hexadecimal.
    """

    uids: tuple[str, ...]
    numeros: tuple[str, ...]
    empreinte: str
    moment: datetime


def digesting(rows: Rows) -> Etapes[str]:
    """Digest of what is handed over, in hexadecimal."""
    found, done, total = hashlib.sha256(), 0, sum(map(len, rows.values()))
    for table in sorted(rows):
        for row in rows[table]:
            found.update(f"{table} {row}\n".encode())
            done += 1
            yield done, total
    return found.hexdigest()


def empreinte(rows: Rows) -> str:
    """``digesting`` at once, for a worker."""
    return str(at_once(digesting(rows)))


def relecture(session: Session) -> Relecture | None:
    """The last file that was read again; None when none was."""
    kept = session.read.settings.get(_RELECTURE)
    if not isinstance(kept, dict):
        return None
    return Relecture(
        tuple(kept["uids"]),
        tuple(kept["numeros"]),
        str(kept["empreinte"]),
        datetime.fromisoformat(str(kept["moment"])),
    )


class PassationService:
    """Use cases around what is handed over."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ouverts(self) -> tuple[int, ...]:
        """Dossiers that are not closed: what a successor goes on with."""
        return self._session.read.passation.open_dossiers()

    def clos(self) -> tuple[int, ...]:
        """Dossiers that are closed and still kept."""
        return self._session.read.passation.closed_dossiers()

    def preparer(self, dossier_ids: Sequence[int]) -> dict[str, Any]:
        """``preparing`` at once."""
        return at_once(self.preparing(dossier_ids))

    def preparing(self, dossier_ids: Sequence[int]) -> Etapes[dict[str, Any]]:
        """The rows to be handed over, values only, for a worker to seal; in short steps.

        Raises:
            UserError: ``passation_sans_dossier``, ``dossier_efface``.
        """
        if not dossier_ids:
            raise UserError("passation_sans_dossier")
        if not all(self._session.read.dossiers.exists(each) for each in dossier_ids):
            raise UserError("dossier_efface")
        rows = yield from self._session.read.passation.taking(dossier_ids)
        return {
            "schema": schema_mark(),
            "tables": rows,
            "effacements": self._session.read.effacements.known(),
        }

    @staticmethod
    def sceller(prepared: dict[str, Any], passphrase: str, kdf: KdfParameters | None = None) -> bytes:
        """The file, under the passphrase that the successor chose; about a second, for a worker.

        Raises:
            UserError: ``phrase_de_passe_faible``, ``memoire_insuffisante``.
        """
        require_strong(passphrase)
        return seal(prepared, passphrase, kdf or KdfParameters.floor())

    @staticmethod
    def ecrire(
        prepared: dict[str, Any], passphrase: str, path: Path, kdf: KdfParameters | None = None
    ) -> None:
        """Write the file where she chose, for a worker; the dossiers have left once ``noting`` says so.

        Raises:
            UserError: As ``sceller``, or the disk's refusals.
        """
        write_atomic(path, PassationService.sceller(prepared, passphrase, kdf))

    def remettre(self, data: bytes, path: Path, dossier_ids: Sequence[int]) -> Changes:
        """Write the file where she chose; the journal says which dossiers left.

        Raises:
            UserError: The disk's refusals; nothing is noted then.
        """
        write_atomic(path, data)
        return at_once(self.noting(dossier_ids))

    def noting(self, dossier_ids: Sequence[int]) -> Etapes[Changes]:
        """Say in the journal which dossiers left, in short steps."""
        with self._session.long_transaction() as tx:
            for done, dossier_id in enumerate(dossier_ids, 1):
                tx.journal.append(
                    "passation", "dossier", tx.dossiers.numero(dossier_id), self._session.clock.now()
                )
                yield done, len(dossier_ids)
            yield from lasting(tx, len(dossier_ids))
        return changes("dossiers")

    @staticmethod
    def ouvrir(path: Path, passphrase: str) -> dict[str, Any]:
        """What a file holds; about a second, for a worker.

        Raises:
            UserError: ``passation_illisible``, ``passation_plus_recente``, ``passation_phrase``.
        """
        try:
            with path.open("rb") as file:
                data = file.read(_LARGEST_FILE + 1)
        except OSError:
            raise UserError("passation_illisible") from None
        if len(data) > _LARGEST_FILE:
            raise UserError("passation_illisible")
        return unseal(data, passphrase)

    @staticmethod
    def relire(path: Path, passphrase: str) -> tuple[dict[str, Any], str]:
        """``ouvrir``, with the digest of the rows; for a worker."""
        opened = PassationService.ouvrir(path, passphrase)
        return opened, empreinte(opened["tables"])

    def noter_relecture(self, opened: dict[str, Any]) -> Changes:
        """``comparing`` at once."""
        return at_once(self.comparing(opened, empreinte(opened["tables"])))

    def comparing(self, opened: dict[str, Any], digest: str) -> Etapes[Changes]:
        """Note that the file handed over was read again, opens for the successor, and holds all that is here.

        Args:
            opened: What it holds.
            digest: Of its rows.

        Raises:
            UserError: ``passation_autre_version``, ``passation_autre_coffre``, ``passation_depassee``: something of
                these dossiers changed since the file was written.
        """
        if opened.get("schema") != schema_mark():
            raise UserError("passation_autre_version")
        read, rows = self._session.read, opened["tables"]
        known = {uid: dossier_id for dossier_id, uid in read.passation.uids()}
        uids = _each(rows, "dossiers", "uid")
        if not uids or not set(uids) <= set(known):
            raise UserError("passation_autre_coffre")
        here = yield from read.passation.taking(known[uid] for uid in uids)
        if digest != (yield from digesting(here)):
            raise UserError("passation_depassee")
        numeros = sorted(_each(rows, "dossiers", "numero"))
        yield 1, 1
        with self._session.transaction() as tx:
            now = self._session.clock.now()
            kept = {"uids": uids, "numeros": numeros, "empreinte": digest, "moment": now.isoformat()}
            tx.settings.put(_RELECTURE, kept)
            tx.journal.append("relecture", "passation", str(len(uids)), now)
            tx.commit()
        return changes("reglages")

    def recevoir(self, opened: dict[str, Any]) -> Recus:
        """``receiving`` at once."""
        return at_once(self.receiving(opened))

    def receiving(self, opened: dict[str, Any]) -> Etapes[Recus]:
        """Put the dossiers of a file in this coffre, all or nothing; what they counted was counted by the other.

        In short steps, all in one transaction: closed before its end, it leaves nothing.

        Whoever was erased here, or by the other since an earlier file, does not come back with it.

        Raises:
            UserError: ``passation_deja_recue``, ``passation_autre_version``.
        """
        if opened.get("schema") != schema_mark():
            raise UserError("passation_autre_version")
        with self._session.long_transaction(held=False) as tx:
            numeros: dict[str, str] = {}
            for numero in sorted(_each(opened["tables"], "dossiers", "numero")):
                numeros[numero] = self._numero(tx, numero)
                yield 0, 0
            made = yield from tx.passation.putting(opened["tables"], self._elsewhere(tx), numeros)
            for done, dossier_id in enumerate(made, 1):
                tx.dossiers.index(dossier_id)
                yield done, len(made)
            yield len(made), len(made)
            gone = yield from self._erase_again(tx, opened)
            yield len(made), len(made)
            kept = set()
            for dossier_id in made:
                if tx.dossiers.exists(dossier_id):
                    kept.add(tx.dossiers.numero(dossier_id))
                yield len(made), len(made)
            tx.nomenclatures.load(shipped().values())
            yield len(made), len(made)
            tx.journal.append("reception", "dossiers", str(len(kept)), self._session.clock.now())
            yield from lasting(tx, len(made), at_most=1)  # a group may be a whole pièce
        self._session.forget_nomenclatures()
        return Recus(
            changes("dossiers", "personnes", "reglages", "agenda", "fiches"),
            {old: new for old, new in numeros.items() if new in kept},
            gone,
        )

    def _erase_again(self, tx: Transaction, opened: dict[str, Any]) -> Etapes[int]:
        """Erase what the file brings back, in short steps; how many dossiers and persons."""
        lists = _lists(tx.settings.get(_AILLEURS), opened.get("effacements"))
        tx.settings.put(_AILLEURS, lists)
        received: set[str] = set()
        for table in ("dossiers", "personnes"):
            received.update(_each(opened["tables"], table, "uid"))
            yield 1, 1
        back = tx.effacements.come_back(lists, received)
        yield 1, 1
        return EffacementService(self._session).erase_again(tx, *back)

    @staticmethod
    def _numero(tx: Transaction, numero: str) -> str:
        """The next number here of the year it was opened in: a number is never given twice."""
        year = int(numero.partition("-")[0])
        return format_numero(year, tx.settings.next_number("dossier", year))

    def _elsewhere(self, tx: Transaction) -> str:
        """A quarter that no bilan of this coffre reads: before the first that it counts, and before any arrêté."""
        first, closed = self._session.premier_trimestre(tx), tx.bilans.quarters()
        if first is None:
            # What was counted in a quarter arrêté may all have been erased since.
            counted = filter(None, (tx.statistics.first_quarter(), *closed))
            first = min(counted, default=quarter_of(self._session.clock.today()).code)
            self._session.keep_premier_trimestre(tx, first)
        return quarter_of(parse_period(min([first, *closed])).debut - timedelta(days=1)).code


def _each(rows: Rows, table: str, column: str) -> list[str]:
    """A column of a table."""
    return [str(json.loads(row)[column]) for row in rows.get(table, ())]


def _lists(kept: object, come: Liste | None) -> list[Liste]:
    """What others erased, by their secrets, with what a file tells of it."""
    lists: dict[str, set[str]] = {}
    for each in [*(kept if isinstance(kept, list) else []), *([come] if come else [])]:
        lists.setdefault(each["cle"], set()).update(each["empreintes"])
    return [{"cle": cle, "empreintes": sorted(known)} for cle, known in lists.items()]
