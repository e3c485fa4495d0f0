"""The card of the pièces jointes: looked at from memory, refused in words, removed and saved only once confirmed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from iscg_desktop.services.pieces_jointes import PiecesJointesService
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms import pieces_card
from iscg_desktop.ui.forms.pieces_card import PiecesCard
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.button import Button, LinkButton
from iscg_desktop.ui.widgets.picture_preview import SIDE, decode
from tests.attente import wait_for
from tests.vie import draft, open_services


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    image.save(buffer, kind)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def bomb(side: int) -> bytes:
    """A small PNG that announces a huge picture."""
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


class Room:
    def __init__(
        self, services: Services, tasks: TaskRunner, folder: Path, dossier: int, entretien: int
    ) -> None:
        self.services, self.folder, self.dossier, self.entretien = services, folder, dossier, entretien
        self.card = PiecesCard(services, ChangesHub(), tasks)

    def words(self) -> str:
        QApplication.processEvents()
        return "\n".join(label.text() for label in self.card.findChildren(QLabel) if label.isVisible())

    def file(self, name: str, octets: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(octets)
        return path

    def add(self, name: str, octets: bytes) -> None:
        """Add a file, and wait until it is kept or refused."""
        self.card.add_file(self.file(name, octets))
        self.settle()

    def settle(self) -> None:
        wait_for(lambda: not self.card.busy)

    def press(self, words: str) -> None:
        QApplication.processEvents()
        next(b for b in self.card.findChildren(Button) if b.text() == words and b.isVisible()).click()


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    services, session = open_services(tmp_path)
    recorded = services.entretiens.record(draft())
    tasks = TaskRunner()
    made = Room(services, tasks, tmp_path, recorded.dossier_id, recorded.entretien_id)
    qtbot.addWidget(made.card)
    made.card.resize(560, 700)
    made.card.show()
    made.card.show_for(recorded.dossier_id, recorded.entretien_id)
    yield made
    tasks.close()
    session.vault.close()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photo_is_kept_and_looked_at_from_memory(room: Room, qtbot: QtBot, kind: str) -> None:
    assert "10\u00a0Mo au plus" in room.words()
    room.add("Courrier CAF.png", picture(3000, 1500, kind))
    assert "Courrier CAF" in room.words()
    assert "resté où il était" in room.words()
    room.card.open(room.card.pieces()[0])
    qtbot.waitUntil(room.card._picture.isVisible)
    assert (room.card._picture.shown.width(), room.card._picture.shown.height()) == (SIDE, SIDE // 2)
    room.card.set_discreet(True)
    assert "courrier" not in room.words().lower()
    assert "Courrier" not in room.card._name.widget.displayText()
    hidden = room.card._picture.grab().toImage()
    assert hidden.pixelColor(5, hidden.height() // 2).name() != "#336699"
    room.card.set_discreet(False)
    room.card.open(room.card.pieces()[0])
    assert room.card.opened is None, "the same line folds it"
    assert room.card._picture.shown.isEmpty(), "and nothing of it stays in memory"


def test_a_pdf_is_looked_at(room: Room) -> None:
    orientation = room.services.dossiers.orientations(room.dossier)[0]
    fiche = room.services.fiches.issue(orientation.id, room.services.fiches.prepare(orientation.id)).fiche_id
    room.add("fiche.pdf", room.services.fiches.pdf(fiche))
    room.card.open(room.card.pieces()[0])
    assert room.card._pdf.isVisible()
    assert room.card._pdf.pages >= 1


@pytest.mark.qt_log_ignore("propagateSizeHints|Unsupported marker")  # what the JPEG library says of it
@pytest.mark.parametrize(
    ("name", "octets"),
    [("bombe.png", bomb(60_000)), ("faux.pdf", b"%PDF-1.4 rien"), ("abime.jpg", b"\xff\xd8\xff rien")],
)
def test_a_bomb_or_a_damaged_file_is_kept_and_not_shown(
    room: Room, qtbot: QtBot, name: str, octets: bytes
) -> None:
    room.add(name, octets)
    room.card.open(room.card.pieces()[0])
    qtbot.waitUntil(lambda: "ne peut pas être montrée" in room.words())
    assert not room.card._picture.isVisible()
    assert not room.card._pdf.isVisible()


def test_no_huge_picture_is_decoded() -> None:
    assert decode(bomb(60_000)) is None
    assert decode(b"") is None


def test_another_kind_of_file_is_refused_in_words(room: Room) -> None:
    room.add("lettre.docx", b"PK\x03\x04")
    assert "ni une photo JPEG ou PNG, ni un PDF" in room.words()
    assert room.card.pieces() == ()


def test_it_is_renamed_and_removed_only_once_confirmed(room: Room) -> None:
    room.add("a.png", picture(20, 20))
    room.card.open(room.card.pieces()[0])
    room.card._name.widget.setText("Attestation")
    room.press("Renommer")
    assert [piece.nom for piece in room.card.pieces()] == ["Attestation"]
    room.press("Retirer")
    assert len(room.card.pieces()) == 1
    room.card.message.action_triggered.emit()
    room.settle()
    assert room.card.pieces() == ()
    assert "effacée du coffre" in room.words()


def test_it_leaves_the_coffre_only_after_a_plain_warning(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    octets = picture(20, 20)
    room.add("a.png", octets)
    room.card.open(room.card.pieces()[0])
    proposed: list[str] = []

    def choose(_parent: object, _title: str, name: str) -> Path:
        proposed.append(name)
        return room.folder / "dehors.png"

    monkeypatch.setattr(pieces_card, "choose_place", choose)
    room.press("Copier hors du coffre…")
    assert proposed == []
    assert "lisible par quiconque" in room.words()
    room.card.message.action_triggered.emit()
    assert proposed == ["a.png"]
    assert (room.folder / "dehors.png").read_bytes() == octets
    assert "n’est plus protégée" in room.words()


def test_those_of_a_dossier_hold_those_of_its_entretiens(room: Room) -> None:
    room.add("a.png", picture(20, 20))
    room.card.show_for(room.dossier)
    room.add("b.png", picture(20, 20))
    assert [piece.nom for piece in room.card.pieces()] == ["b", "a"]
    room.card.show_for(room.dossier, room.entretien)
    assert [piece.nom for piece in room.card.pieces()] == ["a"]


def test_a_file_is_read_away_from_the_window_and_kept_in_turns(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading ten million bytes from a slow key, encrypting them: neither may hold the window."""
    threads: list[int] = []
    begun: list[int] = []
    read, transaction = PiecesJointesService.read, Session.transaction
    monkeypatch.setattr(
        PiecesJointesService, "read", staticmethod(lambda path: (threads.append(get_ident()), read(path))[1])
    )
    monkeypatch.setattr(Session, "transaction", lambda self: (begun.append(turns[0]), transaction(self))[1])
    turns, beat = [0], QTimer(interval=0)
    beat.timeout.connect(lambda: turns.__setitem__(0, turns[0] + 1))
    beat.start()
    room.add("a.png", picture(20, 20))
    assert threads != [get_ident()]
    assert len(threads) == 1
    assert turns[0] - begun[0] >= 2, "the window turned between the first step and the last"
    assert [piece.nom for piece in room.card.pieces()] == ["a"]


def test_the_keyboard_stays_where_pieces_are_added_and_removed(room: Room, qtbot: QtBot) -> None:
    room.card.window().activateWindow()
    qtbot.waitUntil(room.card.window().isActiveWindow)
    add = room.card._add
    add.setFocus()
    room.add("fiche.pdf", b"%PDF-1.4 rien")
    assert add.hasFocus()
    room.card.open(room.card.pieces()[0])
    room.press("Retirer")
    focus = QApplication.focusWidget()
    assert isinstance(focus, LinkButton)
    assert focus.text() == "La retirer"
    focus.click()
    room.settle()
    assert room.card.pieces() == ()
    assert add.hasFocus()
