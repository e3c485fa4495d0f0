"""Pièces jointes: added from a file, shown from memory, saved out only on purpose."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

from iscg_desktop.domain.piece_jointe import TAILLE_MAX, PieceJointe, TypePiece, clean_name, type_of
from iscg_desktop.errors import UserError
from iscg_desktop.files import storage_error, write_atomic
from iscg_desktop.reference.turns import at_once
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session
from iscg_desktop.storage.journal import Journal


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file that may become a pièce jointe.

    Attributes:
        nom: Its name in one line, without its suffix.
    """

    nom: str
    type_mime: TypePiece
    octets: bytes = field(repr=False)


class PiecesJointesService:
    """Use cases around the pièces jointes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_dossier(self, dossier_id: int) -> tuple[PieceJointe, ...]:
        """Those of a dossier and of its entretiens, the newest first."""
        return self._session.read.pieces_jointes.of_dossier(dossier_id)

    def of_entretien(self, entretien_id: int) -> tuple[PieceJointe, ...]:
        """Those of an entretien, the newest first."""
        return self._session.read.pieces_jointes.of_entretien(entretien_id)

    def add(self, path: Path, dossier_id: int, entretien_id: int | None = None) -> tuple[int, Changes]:
        """Keep a copy of a file in the coffre; the file itself stays where it is.

        Raises:
            UserError: Those of `read` and of `adding`.
        """
        return at_once(self.adding(self.read(path), dossier_id, entretien_id))

    @staticmethod
    def read(path: Path) -> Fichier:
        """Read a file and say what it is; without the coffre, for a worker.

        Raises:
            UserError: ``piece_type``, ``piece_trop_lourde``, ``piece_vide``, ``piece_illisible``; the disk's refusals.
        """
        octets = _bytes_of(path)
        return Fichier(clean_name(path.name), type_of(octets), octets)

    def adding(
        self, fichier: Fichier, dossier_id: int, entretien_id: int | None = None
    ) -> Generator[None, None, tuple[int, Changes]]:
        """Keep a file in the coffre, in turns: encrypting ten million bytes at once would hold the window.

        Raises:
            UserError: The disk's refusals.
        """

        def work() -> Generator[None, None, tuple[int, Changes]]:
            with self._session.transaction() as tx:
                today = self._session.clock.today()
                piece_id = tx.pieces_jointes.add(
                    dossier_id, entretien_id, fichier.nom, fichier.type_mime, fichier.octets, today
                )
                yield
                numero = tx.dossiers.numero(dossier_id)
                tx.journal.append(
                    "creation", "piece_jointe", f"{numero}/{piece_id}", self._session.clock.now()
                )
                while tx.seal_so_far():
                    yield
                yield
                tx.commit()
            yield  # what shows it is made again in a turn of its own
            return piece_id, self._changes(dossier_id)

        return self._session.in_turns(work())

    def open(self, piece_id: int) -> bytes:
        """The bytes, to be shown from memory; the reading goes to the journal.

        Raises:
            UserError: ``piece_disparue``.
        """
        piece = self._piece(piece_id)
        octets = self._session.read.pieces_jointes.octets(piece_id)
        self._note("lecture", piece)
        return octets

    def rename(self, piece_id: int, nom: str) -> Changes:
        """Give it another name.

        Raises:
            UserError: ``piece_sans_nom``, ``piece_disparue``.
        """
        piece, words = self._piece(piece_id), clean_name(nom)
        with self._session.transaction() as tx:
            tx.pieces_jointes.rename(piece_id, words)
            self._append(tx.journal, "modification", piece)
            tx.commit()
        return self._changes(piece.dossier_id)

    def remove(self, piece_id: int) -> Changes:
        """Delete it for good.

        Raises:
            UserError: ``piece_disparue``.
        """
        return at_once(self.removing(piece_id))

    def removing(self, piece_id: int) -> Generator[None, None, Changes]:
        """Delete it for good, in turns: each of its pages is overwritten.

        Raises:
            UserError: ``piece_disparue``.
        """
        piece = self._piece(piece_id)

        def work() -> Generator[None, None, Changes]:
            with self._session.transaction() as tx:
                tx.pieces_jointes.octets(piece_id)  # deciphered in a turn before the one that overwrites it
                yield
                tx.pieces_jointes.delete(piece_id)
                yield
                self._append(tx.journal, "suppression", piece)
                yield
                tx.commit()
            yield  # what showed it is made again in a turn of its own
            return self._changes(piece.dossier_id)

        return self._session.in_turns(work())

    def save(self, piece_id: int, path: Path) -> None:
        """Write it, readable by anyone, where she chose.

        Raises:
            UserError: ``piece_disparue``; the disk's refusals, and nothing is noted then.
        """
        piece = self._piece(piece_id)
        write_atomic(path, self._session.read.pieces_jointes.octets(piece_id))
        self._note("export", piece)

    def _piece(self, piece_id: int) -> PieceJointe:
        piece = self._session.read.pieces_jointes.get(piece_id)
        if piece is None:
            raise UserError("piece_disparue")
        return piece

    def _note(self, action: str, piece: PieceJointe) -> None:
        numero = self._session.read.dossiers.get(piece.dossier_id).numero
        self._session.note(action, "piece_jointe", f"{numero}/{piece.id}")

    def _append(self, journal: Journal, action: str, piece: PieceJointe) -> None:
        numero = self._session.read.dossiers.numero(piece.dossier_id)
        journal.append(action, "piece_jointe", f"{numero}/{piece.id}", self._session.clock.now())

    @staticmethod
    def _changes(dossier_id: int) -> Changes:
        return changes("pieces_jointes", dossier_id=dossier_id)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(TAILLE_MAX + 1)  # one more than allowed says it is too heavy
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        raise UserError("piece_illisible") from None
    except OSError as error:
        raise storage_error(error) from error
