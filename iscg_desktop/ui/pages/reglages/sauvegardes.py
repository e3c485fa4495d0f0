"""Backups: the last one, where they go, one now, one on a stick, and the copies that lie elsewhere."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.sauvegardes import Copie, EtatSauvegardes, Fait
from iscg_desktop.services.services import Services
from iscg_desktop.ui.backups import BackupKeeper
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.moments import moment
from iscg_desktop.ui.paths_shown import short
from iscg_desktop.ui.widgets.busy_line import BusyLine
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.delete_button import DeleteButton
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line

translate = QCoreApplication.translate


class SauvegardesSection(Section):
    """What was backed up and where; every action is one button.

    Args:
        backups: Makes them; its answers are shown here whoever asked.
    """

    def __init__(self, services: Services, hub: ChangesHub, backups: BackupKeeper) -> None:
        super().__init__(
            services,
            hub,
            translate("Sauvegardes", "Sauvegardes"),
            translate(
                "Sauvegardes", "Elles se font seules, quand vous faites une pause et quand vous verrouillez."
            ),
        )
        self._backups = backups
        self._last, self._place, self._away = _LastCard(), _PlaceCard(), _AwayCard()
        restore = Card(self.tr("Revenir à une sauvegarde"), icon="history")
        restore.add(
            Quiet(
                self.tr(
                    "Verrouillez (Ctrl+L), puis choisissez « Restaurer une sauvegarde ». Vous verrez sa date et ce"
                    " qu’elle contient avant de décider. Le coffre d’aujourd’hui est gardé à côté."
                )
            )
        )
        for card in (self._last, self._place, self._away, restore):
            self.add(card)
        self.body.addStretch()
        self._last.wanted.connect(self._on_now_clicked)
        self._last.stick_wanted.connect(self._on_stick_clicked)
        self._place.choice_wanted.connect(self._on_place_clicked)
        self._place.none_wanted.connect(self._on_none_clicked)
        self._away.destroyed_said.connect(self._on_destroyed_said)
        backups.started.connect(self._on_started)
        backups.made.connect(self._on_made)
        backups.failed.connect(self._on_failed)

    def reload(self) -> None:
        etat = self._services.sauvegardes.etat()
        self._last.show_state(etat, busy=self._backups.busy)
        self._place.show_state(etat)
        self._away.show_state(etat, self._services.sauvegardes.copies_a_effacer())

    def set_discreet(self, discreet: bool) -> None:
        """Folders are words of hers too."""
        self._place.set_discreet(discreet)
        self._away.setVisible(not discreet and self._away.count > 0)

    @Slot()
    def _on_now_clicked(self) -> None:
        self.message.clear()
        self._backups.start()

    @Slot()
    def _on_stick_clicked(self) -> None:
        chosen = choose_folder(self, self.tr("Copier sur une clé USB"), _media())
        if chosen is not None:
            self.copy_to(chosen)

    def copy_to(self, stick: Path) -> None:
        """Make a backup and write it on a stick too."""
        try:
            self._services.sauvegardes.check_place(stick)
        except UserError as error:
            self.message.show_message("alert", sentence(error))
            return
        self.message.clear()
        self._backups.start(stick)

    @Slot()
    def _on_place_clicked(self) -> None:
        chosen = choose_folder(self, self.tr("Autre emplacement des sauvegardes"), _media())
        if chosen is not None:
            self.choose(chosen)

    def choose(self, place: Path | None) -> None:
        """Have every backup also written in a folder, or nowhere else."""
        use_cases, before = self._services.sauvegardes, self._services.sauvegardes.dossier()
        said = self.tr("Chaque sauvegarde ira aussi dans ce dossier.")
        if place is None:
            said = self.tr("Les sauvegardes restent dans le dossier du coffre.")
        undo = partial(use_cases.choisir, before)
        if self.do(partial(use_cases.choisir, place), said, undo) and place is not None:
            self._backups.start()

    @Slot()
    def _on_none_clicked(self) -> None:
        self.choose(None)

    @Slot(object)
    def _on_destroyed_said(self, copies: tuple[Copie, ...]) -> None:
        for copie in copies:
            self.do(partial(self._services.sauvegardes.oublier, copie), self.tr("C’est noté."))

    @Slot()
    def _on_started(self) -> None:
        self._last.show_state(self._services.sauvegardes.etat(), busy=True)

    @Slot(object)
    def _on_made(self, fait: Fait) -> None:
        self.reload()
        if not fait.absent:
            self.message.show_message("good", self.tr("La sauvegarde est faite et vérifiée."))
            return
        folder, error = fait.absent[0]
        words = self.tr("La sauvegarde est faite dans le coffre, mais pas dans {dossier}. {raison}")
        said = sentence(error).within(words, dossier=f"«\u00a0{folder.name}\u00a0»")
        self.message.show_message("warn", said)

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self.reload()
        self.message.show_message("alert", sentence(error))


class _LastCard(Card):
    """The last verified backup, and the two buttons that make another."""

    wanted = Signal()
    stick_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(translate("Sauvegardes", "Dernière sauvegarde vérifiée"), icon="shield-check")
        self._now = Button(self.tr("&Sauvegarder maintenant"), kind="primary", icon="save")
        self._stick = Button(self.tr("Copier sur une clé &USB…"), icon="upload")
        self._busy = BusyLine()
        self._holder = QHBoxLayout()
        buttons = QWidget()
        row = FlowLayout(buttons)
        row.addWidget(self._now)
        row.addWidget(self._stick)
        self.add(self._holder)
        self.add(buttons)
        self.add(self._busy)
        self._now.clicked.connect(self.wanted)
        self._stick.clicked.connect(self.stick_wanted)

    def show_state(self, etat: EtatSauvegardes, *, busy: bool) -> None:
        """Show when it was made, or that one is being made."""
        if etat.derniere is None:
            line = Line(
                self.tr("Aucune sauvegarde pour l’instant"),
                self.tr("La première se fera toute seule dans un moment."),
                chip=Chip("warn", self.tr("à faire")),
            )
        else:
            chip = Chip("warn", self.tr("ancienne")) if etat.ancienne else Chip("good", self.tr("à jour"))
            line = Line(moment(etat.derniere), self.tr("Relue en entier après avoir été écrite."), chip=chip)
        _replace(self._holder, line)
        for button in (self._now, self._stick):
            button.setDisabled(busy)
        if busy:
            self._busy.start(self.tr("Sauvegarde en cours, vous pouvez continuer…"))
        else:
            self._busy.stop()


class _PlaceCard(Card):
    """The folder where each backup goes too."""

    choice_wanted = Signal()
    none_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(translate("Sauvegardes", "Autre emplacement"), icon="folder-open")
        self._holder = QHBoxLayout()
        self._choose = Button(self.tr("Choisir un &dossier…"), icon="folder-open")
        self._none = Button(self.tr("&Ne plus copier ailleurs"), kind="quiet")
        row = QHBoxLayout()
        row.addWidget(self._choose)
        row.addWidget(self._none)
        row.addStretch()
        self.add(self._holder)
        self.add(row)
        self._etat: EtatSauvegardes | None = None
        self._discreet = False
        self._choose.clicked.connect(self.choice_wanted)
        self._none.clicked.connect(self.none_wanted)

    def show_state(self, etat: EtatSauvegardes) -> None:
        """Show the folder, and whether it is there."""
        self._etat = etat
        self._none.setVisible(etat.dossier is not None)
        if etat.dossier is None:
            line = Line(
                self.tr("Seulement dans le dossier du coffre"),
                self.tr(
                    "Si cet ordinateur est perdu ou volé, elles le sont aussi. Choisissez une clé ou un dossier."
                ),
                chip=Chip("warn", self.tr("à choisir")),
            )
        else:
            name = self.tr("Masqué (F9)") if self._discreet else short(etat.dossier)
            chip = Chip("good", self.tr("là")) if etat.la else Chip("warn", self.tr("pas branché"))
            line = Line(name, self.tr("Chaque sauvegarde y est copiée quand ce dossier est là."), chip=chip)
        _replace(self._holder, line)

    def set_discreet(self, discreet: bool) -> None:
        """Say no path."""
        self._discreet = discreet
        if self._etat is not None:
            self.show_state(self._etat)


class _AwayCard(Card):
    """Copies outside the coffre, a line for each folder; hidden when there is none.

    Signals:
        destroyed_said: She says that these copies are destroyed.
    """

    destroyed_said = Signal(object)

    def __init__(self) -> None:
        super().__init__(translate("Sauvegardes", "Copies hors du coffre"), icon="archive")
        self.count = 0

    def show_state(self, etat: EtatSauvegardes, to_erase: tuple[Copie, ...]) -> None:
        """Show where copies lie, and which still hold somebody who was erased."""
        self.clear()
        by_folder = sorted(
            etat.ailleurs, key=lambda copie: (str(copie.dossier), copie.faite_le), reverse=True
        )
        self.count = len(etat.ailleurs)
        self.setVisible(bool(by_folder))
        for folder, group in groupby(by_folder, key=lambda copie: copie.dossier):
            copies = tuple(group)
            self.add(self._row(folder, copies, holding=any(copie in to_erase for copie in copies)))

    def _row(self, folder: Path, copies: tuple[Copie, ...], *, holding: bool) -> QWidget:
        sub = self.tr("%n copie(s)", "", len(copies)) + self.tr(", la dernière {moment}").format(
            moment=moment(copies[0].faite_le)
        )
        chip = Chip("good", self.tr("là")) if folder.is_dir() else Chip("quiet", self.tr("pas branché"))
        if holding:
            chip = Chip("alert", self.tr("à effacer"))
            sub = self.tr("Garde encore une personne effacée. Rebranchez-la, ou détruisez-la.")
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Line(short(folder), sub, chip=chip), 1)
        if not folder.is_dir():
            gone = DeleteButton(self.tr("Détruite"))
            gone.setAccessibleName(self.tr("Ces copies sont détruites"))
            gone.confirmed.connect(partial(self.destroyed_said.emit, copies))
            row.addWidget(gone)
        return holder


def _replace(holder: QHBoxLayout, line: QWidget) -> None:
    while (item := holder.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    holder.addWidget(line)


def _media() -> Path:
    """Where sticks are found on most machines."""
    found = (Path("/media") / Path.home().name, Path("/run/media") / Path.home().name, Path("/Volumes"))
    return next((folder for folder in found if folder.is_dir()), Path.home())
