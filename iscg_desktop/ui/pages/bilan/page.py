"""The bilan: exact figures inside, what is missing, what is handed over and what was."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.etendue import Etendue
from iscg_desktop.domain.period import Periode
from iscg_desktop.errors import UserError
from iscg_desktop.services.bilans import Trimestre
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.chiffres import Chiffres, Comparaison
from iscg_desktop.services.releves import Manque
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.bilan.chiffres import ChiffresView
from iscg_desktop.ui.pages.bilan.etendue import DATES, EtendueChooser
from iscg_desktop.ui.pages.bilan.manques import ManquesView
from iscg_desktop.ui.pages.bilan.remis import RemisView
from iscg_desktop.ui.pages.bilan.remise import RemiseView
from iscg_desktop.ui.pages.bilan.remise_cartes import Confirmation
from iscg_desktop.ui.steps import Steps
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

_COUNTED = {"entretiens", "fiches", "orientations", "saisines", "contacts", "dossiers"}


class BilanPage(ScrollPage):
    """Chooses a period and shows one side of its bilan at a time.

    Signals:
        prepared: The protected figures are shown, ready to be arrêtés.
        releve_requested: The dossiers behind a figure: days, cells, words, figure, whether to complete them.
        recit_requested: The period whose narrative is to be typed.
        grille_requested: Name of an employer's grid, "" for a new one.
        consolidation_requested: Bilans of several hands are to be added up.
    """

    prepared = Signal()
    releve_requested = Signal(object, object, str, int, bool)
    recit_requested = Signal(object)
    grille_requested = Signal(str)
    consolidation_requested = Signal()

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        header = PageHeader(self.tr("Bilan"))
        super().__init__(header)
        self.title = self.tr("Bilan")
        self._services, self._hub = services, hub
        self._chiffres: Chiffres | None = None
        self._said = ""  # what the message is about: the figures on screen, or a bilan already arrêté
        self._etats: dict[str, Trimestre] = {}
        self.message = InlineMessage()
        self.primary = header.set_primary(self.tr("Préparer le &bilan"), icon="shield-check")
        self.etendue = EtendueChooser(services.clock.today)
        self.tabs = ChoiceRow(
            (
                ("chiffres", self.tr("Chiffres")),
                ("manques", self.tr("À compléter")),
                ("remise", self.tr("Bilan à remettre")),
                ("remis", self.tr("Bilans remis")),
            ),
            clearable=False,
        )
        self.tabs.setAccessibleName(self.tr("Partie du bilan"))
        self.tabs.set_value("chiffres")
        self._tasks = tasks
        self.chiffres, self.remise = ChiffresView(services), RemiseView(services, hub, tasks)
        self._views: dict[str, QWidget] = {"chiffres": self.chiffres, "remise": self.remise}
        for widget in (self.etendue, self.message, self.tabs, *self._views.values()):
            self.add(widget)
        self._show_tab()
        self._steps = Steps(self, lambda error: show_error(self.message, error))
        self._connect()

    def _connect(self) -> None:
        self.etendue.palier_changed.connect(self._on_palier_changed)
        self.etendue.chosen.connect(self._on_etendue_chosen)
        self.tabs.edited.connect(self._show_tab)
        self.primary.clicked.connect(self._on_primary_clicked)
        self.chiffres.releve_requested.connect(self._on_releve_requested)
        self.remise.prepared.connect(self._on_prepared)
        self.remise.abandoned.connect(self._on_abandoned)
        self.remise.arretee.connect(self._on_arretee)
        self.remise.recit_requested.connect(self.recit_requested)
        self._hub.changed.connect(self._on_changed)

    @cached_property
    def manques(self) -> ManquesView:
        """What is missing; made when it is first asked for."""
        view = ManquesView(self._services)
        view.manque_requested.connect(self._on_manque_requested)
        self._add_view("manques", view)
        return view

    @cached_property
    def remis(self) -> RemisView:
        """What was handed over; made when it is first asked for."""
        view = RemisView(self._services, self._tasks)
        view.export_requested.connect(self._on_export_requested)
        view.grille_requested.connect(self.grille_requested)
        view.repris.connect(self._on_repris)
        view.consolidation_requested.connect(self.consolidation_requested)
        self._add_view("remis", view)
        return view

    def _add_view(self, key: str, view: QWidget) -> None:
        view.setVisible(self.tabs.value() == key)
        self.add(view)
        self._views[key] = view

    @property
    def period(self) -> TypeAhead:
        """The field of the period."""
        return self.etendue.period

    @property
    def progress(self) -> QProgressBar:
        """How far a bilan under preparation is."""
        return self.remise.progress

    @property
    def confirmation(self) -> Confirmation:
        """What asks whether to close a period."""
        return self.remise.confirmation

    def activated(self) -> None:
        """Read the periods again; keeps the one chosen, else proposes the oldest still to be arrêté."""
        self._offer()
        if not self.remise.busy:
            self._show()

    def set_discreet(self, discreet: bool) -> None:
        """Figures name nobody; what she typed is hidden."""
        self.remise.set_discreet(discreet)

    def _offer(self) -> None:
        palier = self.etendue.palier.value() or "trimestre"
        self._etats = {each.periode.code: each for each in self._services.bilans.periodes()}
        if palier == DATES:
            return
        periodes = self._services.chiffres.periodes(palier)  # type: ignore[arg-type]
        self.etendue.offer((periode, self._name(periode)) for periode in periodes)
        if self.period.value() is None:
            due = [p for p in periodes if p.code in self._etats and self._etats[p.code].etat == "a_arreter"]
            self.etendue.show_period((due[-1] if due else periodes[0]).code)

    def _name(self, periode: Periode) -> str:
        state = {
            "en_cours": self.tr("en cours"),
            "a_arreter": self.tr("à arrêter"),
            "arrete": self.tr("arrêté"),
            "incomplet": self.tr("ses trimestres d’abord"),
        }
        known = self._etats.get(periode.code)
        return f"{periode.libelle} – {state[known.etat]}" if known else periode.libelle

    @property
    def _chosen(self) -> Trimestre | None:
        """The period chosen, when it is one that a bilan is made of."""
        etendue = self.etendue.etendue()
        return None if etendue is None or etendue.periode is None else self._etats.get(etendue.periode.code)

    def _show(self) -> None:
        """Count the days chosen and show them; whatever was being prepared is dropped."""
        etendue = self.etendue.etendue()
        if etendue is None:
            return
        assert self.header is not None
        self.header.set_subtitle(etendue.periode.months if etendue.periode else etendue.libelle)
        chosen = self._chosen
        self.remise.show_period(chosen)
        self.primary.setVisible(chosen is not None and chosen.etat in ("a_arreter", "arrete"))
        arrete = chosen is not None and chosen.etat == "arrete"
        self.primary.setText(self.tr("Remettre les fichiers…") if arrete else self.tr("Préparer le &bilan"))
        self._say(chosen)
        self._steps.start(self._services.chiffres.compter(etendue), self._on_counted)

    def _say(self, chosen: Trimestre | None) -> None:
        self._said = "good" if chosen is not None and chosen.etat == "arrete" else "info"
        if chosen is not None and chosen.etat == "arrete":
            day = format_date_courte(chosen.arrete_le) if chosen.arrete_le else ""
            words = self.tr("Arrêté le {date}. Les ajouts tardifs comptent au trimestre ouvert.")
            self.message.show_message("good", words.replace("{date}", day))
        elif chosen is not None and chosen.etat == "en_cours":
            self.message.show_message(
                "info", self.tr("Cette période n’est pas finie : ses chiffres bougent encore.")
            )
        else:
            self.message.show_message(
                "info", self.tr("Ces chiffres sont exacts : ils ne quittent pas le coffre.")
            )

    def _on_counted(self, chiffres: Chiffres) -> None:
        self._chiffres = chiffres
        self.chiffres.show_chiffres(chiffres)
        self._show_tab()
        if chiffres.vide:
            self.message.show_message("info", self._empty_words(chiffres.etendue))
        before = self._services.chiffres.comparer(chiffres.etendue.precedente)
        self._steps.start(before, lambda found: self._on_compared({"avant": found}))

    def _on_compared(self, found: dict[str, Comparaison]) -> None:
        assert self._chiffres is not None
        if "an_dernier" in found:
            self.chiffres.show_comparaisons(found)
            return
        etendue = self._chiffres.etendue
        if etendue.un_an_avant == etendue.precedente:
            self._on_compared({**found, "an_dernier": found["avant"]})
            return
        year = self._services.chiffres.comparer(etendue.un_an_avant)
        self._steps.start(year, lambda other: self._on_compared({**found, "an_dernier": other}))

    def _empty_words(self, etendue: Etendue) -> str:
        words = self.tr("Aucun dossier n’est compté pour {periode}. Choisissez une autre période.")
        return words.replace("{periode}", etendue.libelle)

    @Slot()
    def _show_tab(self) -> None:
        key = self.tabs.value() or "chiffres"
        if key == "manques" and self._chiffres is not None:
            self.manques.show_chiffres(self._chiffres)
        elif key == "remis":
            self.remis.reload()
        for name, view in self._views.items():
            view.setVisible(name == key)
        self.message.setVisible(bool(self._said) and (key in ("chiffres", "manques") or self._said == "good"))

    def show_view(self, key: str) -> None:
        """Show another side of the bilan."""
        self.tabs.set_value(key)
        self._show_tab()

    @Slot()
    def _on_primary_clicked(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        if chosen.etat == "arrete":
            self.hand_over(chosen.periode)
        else:
            self.show_view("remise")
            self.remise.prepare(chosen.periode)

    @Slot()
    def _on_prepared(self) -> None:
        self.primary.hide()
        self.prepared.emit()

    @Slot()
    def _on_abandoned(self) -> None:
        self.primary.show()
        self.primary.setFocus()

    @Slot(object)
    def _on_arretee(self, done: object) -> None:
        self.activated()
        self.tabs.setFocus()
        if isinstance(done, Periode):
            self.hand_over(done)

    def hand_over(self, periode: Periode) -> None:
        """Ask for a folder and write the files there; she may do it again later, the bytes are kept."""
        folder = choose_folder(self, self.tr("Où remettre le bilan"), Path.home())
        if folder is not None:
            self.export_to(periode, folder)

    def export_to(self, periode: Periode, folder: Path) -> None:
        """Write the files of a period arrêtée into a folder and say so."""
        try:
            written = self._services.bilans.export(periode, folder)
        except UserError as error:
            show_error(self.message, error)
            return
        names = ", ".join(path.name for path in written)
        words = self.tr("{fichiers} : écrits dans {dossier}.")
        self.message.show_message(
            "good", words.replace("{fichiers}", names).replace("{dossier}", str(folder))
        )

    @Slot(object)
    def _on_export_requested(self, periode: Periode) -> None:
        self.hand_over(periode)

    @Slot(object)
    def _on_repris(self, changes: Changes) -> None:
        self._hub.announce(changes)
        self._offer()
        self._show()

    @Slot(str)
    def _on_palier_changed(self, _palier: str) -> None:
        self._offer()
        self._show()

    @Slot(object)
    def _on_etendue_chosen(self, etendue: Etendue | None) -> None:
        if etendue is not None:
            self._show()

    @Slot(object, str, int)
    def _on_releve_requested(self, cellules: object, words: str, number: int) -> None:
        if self._chiffres is not None:
            self.releve_requested.emit(self._chiffres.etendue, cellules, words, number, False)

    @Slot(object)
    def _on_manque_requested(self, manque: Manque) -> None:
        if self._chiffres is not None:
            words = self.tr("Sans réponse : {question}").replace("{question}", manque.tableau.titre)
            self.releve_requested.emit(
                self._chiffres.etendue, (manque.cellule,), words, manque.a_completer, True
            )

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & _COUNTED and not self.remise.busy:
            self.activated()
