"""Closing the coffre for good: the successor's file read again, what goes and what stays said, then typed out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot

from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.fermeture import MOTS, ApercuFermeture, FermetureService
from iscg_desktop.ui.forms.passphrase_edit import PassphraseField
from iscg_desktop.ui.steps import Steps
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line_edit import LineEdit


class FermetureCard(Card):
    """Says how far the end is prepared; what closes is shown once the file was read again.

    Signals:
        reading_requested: She wants to choose the file to read again.
        closing_requested: The words she typed to confirm.
    """

    reading_requested = Signal()
    closing_requested = Signal(str)

    def __init__(self, fermeture: FermetureService) -> None:
        super().__init__(self.tr("Fermer ce coffre pour de bon"), icon="lock")
        self._fermeture = fermeture
        self._seeing = Steps(self, self._say_missing)
        words = self.tr(
            "Quand votre successeur a ses dossiers. Il relit d’abord son fichier ici, là où il est, avec sa phrase."
        )
        self.proof = PassphraseField(self.tr("Phrase de passe du &successeur"))
        self.read_button = Button(self.tr("Relire le fichier re&mis…"), icon="file-lock")
        self.read_button.clicked.connect(self.reading_requested)
        self._state = InlineMessage(dismissible=False)
        self.words = Field(self.tr("Ta&pez : {0}").format(MOTS).replace(" :", "\u00a0:"), LineEdit())
        self.close_button = Button(self.tr("Fermer p&our de bon…"), kind="danger", icon="lock")
        self.close_button.clicked.connect(self._on_close_clicked)
        for widget in (
            Quiet(words),
            self.proof,
            self.read_button,
            self._state,
            self.words,
            self.close_button,
        ):
            self.add(widget)

    def reload(self) -> None:
        """Say what closing would do now, or what is missing before it; all that was handed over is read again."""
        work = self._fermeture.seeing()
        try:
            next(work)
        except UserError as error:
            self._seeing.stop()
            self._say_missing(error)
            return
        self._say(self.tr("Lecture de ce qui a été transmis…"), ready=False)
        self._seeing.start(work, lambda seen: self._say(self._said(seen), ready=True))

    def _say_missing(self, error: UserError) -> None:
        self._say(sentence(error), ready=False)

    def _say(self, said: str, *, ready: bool) -> None:
        self._state.show_message("info", said)
        for widget in (self.words, self.close_button):
            widget.setVisible(ready)

    def refuse(self, error: UserError) -> bool:
        """Say a refusal where it belongs; whether it belonged here."""
        if error.code == "fermeture_mots":
            self.words.set_error(sentence(error))
        elif error.code == "passation_phrase":
            self.proof.set_error(sentence(error))
        else:
            return False
        return True

    def wipe(self) -> None:
        """Forget the passphrase, and what was typed to confirm; read nothing more."""
        self._seeing.stop()
        self.proof.widget.wipe()
        self.words.widget.set_value("")

    def _said(self, seen: ApercuFermeture) -> str:
        """What goes and what stays, a line each."""
        moment = f"{seen.relecture.moment.astimezone():%d/%m/%Y %H:%M}"
        read = self.tr("Fichier relu le {0} : %n dossier(s) transmis.", "", len(seen.relecture.uids))
        lines = [
            read.format(moment),
            self.tr("Sont détruits : ce qui ouvre ce coffre, sa base, ses sauvegardes à portée."),
        ]
        if seen.detruits:
            lines.append(
                self.tr("Détruits aussi, sans avoir été transmis : %n dossier(s) clos.", "", seen.detruits)
            )
        if seen.ouverts:
            words = self.tr("Chiffres jamais arrêtés, qui disparaissent : {0}.")
            lines.append(words.format(", ".join(seen.ouverts)))
        if seen.ailleurs:
            names = ", ".join(dict.fromkeys(_place(copie.dossier) for copie in seen.ailleurs))
            words = self.tr(
                "%n copie(s) hors de portée s’ouvre(nt) encore, à détruire : {0}.", "", len(seen.ailleurs)
            )
            lines.append(words.format(names))
        lines.append(
            self.tr(
                "Une copie restée sur une clé s’ouvre encore avec votre phrase, ou avec la fiche de secours :"
                " détruisez-les."
            )
        )
        return "\n".join(lines).replace(" :", "\u00a0:")

    @Slot()
    def _on_close_clicked(self) -> None:
        self.words.clear_error()
        self.closing_requested.emit(str(self.words.widget.value() or ""))


def _place(folder: Path) -> str:
    return folder.name or str(folder)
