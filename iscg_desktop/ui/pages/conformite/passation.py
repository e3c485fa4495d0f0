"""Passation: dossiers handed to a successor in a file that her own passphrase opens, and received from another."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.passation import PassationService, Recus
from iscg_desktop.services.services import Services
from iscg_desktop.services.turns import Etapes
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.file_dialog import choose_file, choose_place
from iscg_desktop.ui.dialogs.steps_dialog import in_steps
from iscg_desktop.ui.drafts import keep_drafts
from iscg_desktop.ui.forms.fermeture_card import FermetureCard
from iscg_desktop.ui.forms.passphrase_edit import PassphraseField
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.steps import Steps
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.busy_line import BusyLine
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.labels import Quiet

translate = QCoreApplication.translate
_SHOWN = 300
_TOGETHER = 60  # boxes made in one turn of the window


class PassationSection(Section):
    """What leaves, what comes, and the end of a coffre whose dossiers have left.

    Args:
        tasks: Where the file is sealed and opened.

    Signals:
        lock_requested: The coffre was closed for good: nothing of it stays open.
    """

    lock_requested = Signal()

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        super().__init__(
            services,
            hub,
            translate("Passation", "Passation"),
            translate(
                "Passation",
                "Pour qui vous succède ou vous remplace : le fichier ne s’ouvre qu’avec sa phrase.",
            ),
        )
        self._tasks = tasks
        self._discreet = False
        self._leaving: tuple[int, ...] = ()
        self._ticked: set[int] = set()
        self._listing, self._showing = (Steps(self, partial(show_error, self.message)) for _ in range(2))
        self.boxes: dict[int, CheckBox] = {}
        self.all_box = CheckBox(self.tr("&Tous les dossiers ouverts"))
        self.all_box.clicked.connect(self._on_all_clicked)
        self.closed_box = CheckBox(self.tr("Tous les dossiers &clos"))
        self._dossiers = Card(self.tr("Dossiers à transmettre"))
        self.phrase = PassphraseField(self.tr("Phrase de passe que votre successeur a c&hoisie"))
        self.hand_button = Button(self.tr("&Écrire le fichier…"), kind="primary", icon="send")
        self.hand_button.clicked.connect(self._on_hand_clicked)
        self._busy = BusyLine(with_words=False)
        leaving = Card(self.tr("Transmettre"), icon="send")
        for widget in (self.phrase, self.hand_button, self._busy):
            leaving.add(widget)
        self.key = PassphraseField(self.tr("Votre phrase de passe pour ce &fichier"))
        self.receive_button = Button(self.tr("&Recevoir un fichier…"), icon="download")
        self.receive_button.clicked.connect(self._on_receive_clicked)
        coming = Card(self.tr("Recevoir"), icon="download")
        words = self.tr(
            "Les dossiers reçus prennent un numéro d’ici. Vos bilans ne les comptent pas deux fois."
        )
        coming.add(Quiet(words))
        for widget in (self.key, self.receive_button):
            coming.add(widget)
        self.end = FermetureCard(services.fermeture)
        self.end.reading_requested.connect(self._on_reading_requested)
        self.end.closing_requested.connect(self._on_closing_requested)
        for part in (leaving, coming, self.end, self._dossiers):
            self.add(part)
        self.body.addStretch()

    def reload(self) -> None:
        ticked = {each for each, box in self.boxes.items() if box.value()}
        self._ticked = ticked | self._ticked - self.boxes.keys()  # those whose box was still to come too
        ids, clos = self._services.passation.ouverts(), self._services.passation.clos()
        self.boxes = {}
        for box in (self.all_box, self.closed_box):
            box.setParent(None)
        self._dossiers.clear()
        if clos:
            self._dossiers.add(self.closed_box)
        if not ids:
            self._dossiers.add(Quiet(self.tr("Aucun dossier n’est ouvert.")))
        else:
            self._dossiers.add(self.all_box)
        if len(ids) > _SHOWN:
            words = self.tr(
                "%n autre(s) dossier(s) ouvert(s), transmis avec « tous ».", "", len(ids) - _SHOWN
            )
            self._dossiers.add(Quiet(words.replace("« ", "«\u00a0").replace(" »", "\u00a0»")))
        self.end.reload()
        listing = self._list(ids[:_SHOWN])
        next(listing, None)
        self._listing.start(listing, _nothing)

    def _list(self, ids: Sequence[int]) -> Generator[None, None, None]:
        """A box for each dossier, some at a time: the first at once, the others each in a turn of its own."""
        for start in range(0, len(ids), _TOGETHER):
            self._dossiers.add(self._lines(ids[start : start + _TOGETHER]))
            yield

    def _lines(self, ids: Sequence[int]) -> QWidget:
        """Some boxes, in a widget shown once it holds them all: each box shown lays out those beside it again."""
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._dossiers.body.spacing())
        for line in self._services.liste_dossiers.lines(ids):
            who = line.initiales if self._discreet else line.noms
            box = self.boxes[line.id] = CheckBox(f"{line.numero} · {who}".replace("&", "&&"), elides=True)
            box.set_value(self.all_box.value() or line.id in self._ticked)
            box.clicked.connect(self._on_one_clicked)
            column.addWidget(box)
        return held

    def set_discreet(self, discreet: bool) -> None:
        super().set_discreet(discreet)
        self._discreet = discreet
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.phrase.widget.wipe()
            self.key.widget.wipe()
            self.end.wipe()

    def chosen(self) -> list[int]:
        """Ids of the dossiers to be handed over: those ticked, or all of them, those that are not shown included."""
        passation = self._services.passation
        ticked = [each for each, box in self.boxes.items() if box.value()]
        ids = list(passation.ouverts()) if self.boxes and self.all_box.value() else ticked
        return ids + (list(passation.clos()) if self.closed_box.value() else [])

    def hand_over(self, place: Path) -> None:
        """Read the dossiers that are ticked, seal them and write them there, then say in the journal that they left."""
        self._leaving = tuple(self.chosen())
        work = self._services.passation.preparing(self._leaving)
        self._take(self.tr("Lecture des dossiers"), work, partial(self._on_prepared, place))

    def receive(self, place: Path) -> None:
        """Open a file, and put its dossiers in this coffre."""
        self._set_busy(True)
        self._tasks.run(
            PassationService.ouvrir,
            place,
            self.key.widget.value(),
            on_done=self._on_opened,
            on_error=self._on_failed,
        )

    def read_again(self, place: Path) -> None:
        """Open the file handed over where it lies, and note that it holds all that is here."""
        self._set_busy(True)
        self._tasks.run(
            PassationService.relire,
            place,
            self.end.proof.widget.value(),
            on_done=self._on_read_again,
            on_error=self._on_proof_failed,
        )

    def close_for_good(self, words: str, place: Path) -> None:
        """Write the record of it, then close this coffre: nothing opens it any more."""
        work = self._services.fermeture.closing(words, place)
        self._take(self.tr("Dernière vérification"), work, lambda _: self.lock_requested.emit(), needed=True)

    def _take(
        self,
        words: str,
        work: Etapes[Any],
        on_done: Callable[[Any], None],
        *,
        needed: bool = False,
    ) -> None:
        """Do what is long in steps; a refusal is said where it belongs."""
        in_steps(self, words, work, on_done, self._on_refused, self._on_stopped, needed=needed)

    def _show(self, changes: Changes, show: Callable[[], None]) -> Generator[None, None, None]:
        """Announce what changed, then show it here: each in a turn of its own."""
        self._hub.announce(changes)
        yield
        show()

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        if not self.end.refuse(error):
            show_error(self.message, error)

    @Slot()
    def _on_stopped(self) -> None:
        self.message.show_message("info", self.tr("C’est arrêté. Rien n’a changé."))

    def _set_busy(self, busy: bool) -> None:
        for button in (self.hand_button, self.receive_button, self.end.read_button, self.end.close_button):
            button.setEnabled(not busy)
        if busy:
            self.message.clear()  # what was said of the time before
            for field in (self.phrase, self.key, self.end.proof):
                field.clear_error()
            self._busy.start(self.tr("Un instant…"))
        else:
            self._busy.stop()

    def _on_prepared(self, place: Path, prepared: dict[str, Any]) -> None:
        phrase = self.phrase.widget.value()
        self._set_busy(True)
        self._tasks.run(
            PassationService.ecrire,
            prepared,
            phrase,
            place,
            on_done=self._on_written,
            on_error=self._on_failed,
        )

    @Slot(object)
    def _on_written(self, _nothing: None) -> None:
        """The file lies there: that they left must be said."""
        self._set_busy(False)
        work = self._services.passation.noting(self._leaving)
        self._take(self.tr("Inscription au journal"), work, self._on_left, needed=True)

    @Slot(object)
    def _on_left(self, changes: Changes) -> None:
        self.phrase.widget.wipe()
        QTimer.singleShot(0, self, partial(self._hub.announce, changes))
        words = self.tr(
            "%n dossier(s) transmis. Ils restent ici jusqu’à ce que vous les effaciez.",
            "",
            len(self._leaving),
        )
        self.message.show_message("good", words)

    @Slot(object)
    def _on_opened(self, opened: dict[str, Any]) -> None:
        self._set_busy(False)
        if not keep_drafts(self.window()):
            show_error(self.message, UserError("brouillon_non_garde"))
            return
        work = self._services.passation.receiving(opened)
        self._take(self.tr("Réception des dossiers"), work, self._on_received)

    @Slot(object)
    def _on_received(self, received: Recus) -> None:
        self.key.widget.wipe()
        self._showing.start(self._show(received.changes, self.reload), _nothing)
        pairs = ", ".join(f"{old} → {new}" for old, new in sorted(received.numeros.items())[:20])
        words = self.tr("%n dossier(s) reçu(s) : {0}", "", len(received.numeros)).replace(" :", "\u00a0:")
        said = words.format(pairs)
        if received.ecartes:
            said += " " + self.tr(
                "Effacé depuis, et laissé de côté : %n personne(s) ou dossier(s).", "", received.ecartes
            )
        self.message.show_message("good", said)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._set_busy(False)
        if not isinstance(error, UserError):
            raise error
        field = self.phrase if error.code == "phrase_de_passe_faible" else self.key
        if error.code in ("phrase_de_passe_faible", "passation_phrase"):
            field.set_error(sentence(error))
        else:
            show_error(self.message, error)

    @Slot(object)
    def _on_read_again(self, read: tuple[dict[str, Any], str]) -> None:
        self._set_busy(False)
        work = self._services.passation.comparing(*read)
        self._take(self.tr("Comparaison avec ce coffre"), work, self._on_same)

    @Slot(object)
    def _on_same(self, changes: Changes) -> None:
        self.end.proof.widget.wipe()
        self.message.show_message("good", self.tr("Le fichier s’ouvre, et tout y est."))
        self._showing.start(self._show(changes, self.end.reload), _nothing)  # of the dossiers nothing changed

    @Slot(object)
    def _on_proof_failed(self, error: BaseException) -> None:
        self._set_busy(False)
        if not isinstance(error, UserError):
            raise error
        self._on_refused(error)

    @Slot()
    def _on_one_clicked(self) -> None:
        self.all_box.set_value(all(box.value() for box in self.boxes.values()))

    @Slot()
    def _on_reading_requested(self) -> None:
        self.end.proof.clear_error()
        place = choose_file(self, self.tr("Relire le fichier remis"), self.tr("Passations (*.passation)"))
        if place is not None:
            self.read_again(place)

    @Slot(str)
    def _on_closing_requested(self, words: str) -> None:
        place = choose_place(self, self.tr("Garder le procès-verbal"), self.tr("fermeture.pdf"))
        if place is not None:
            self.close_for_good(words, place)

    @Slot()
    def _on_all_clicked(self) -> None:
        self._ticked.clear()
        for box in self.boxes.values():
            box.set_value(self.all_box.value())

    @Slot()
    def _on_hand_clicked(self) -> None:
        if not self.chosen():  # said before she is asked for a place
            show_error(self.message, UserError("passation_sans_dossier"))
            return
        place = choose_place(self, self.tr("Écrire la passation"), self.tr("dossiers.passation"))
        if place is not None:
            self.hand_over(place)

    @Slot()
    def _on_receive_clicked(self) -> None:
        place = choose_file(self, self.tr("Recevoir une passation"), self.tr("Passations (*.passation)"))
        if place is not None:
            self.receive(place)


def _nothing(_answer: None) -> None:
    """What follows from what was shown."""
