"""Conservation: the durations, what is past its time, prolonged with a reason or erased."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.conservation import DossierConserve, Durees
from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.conservation import SaisineConservee
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.effacement_card import EffacementCard, Erasing
from iscg_desktop.ui.forms.page_drafts import FieldGroup, PageDrafts
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.forms.short_form import ShortForm
from iscg_desktop.ui.messages import show_error, show_problems
from iscg_desktop.ui.printing import print_pdf
from iscg_desktop.ui.steps import Steps
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.list_card import ListCard
from iscg_desktop.ui.widgets.nombre_edit import NombreEdit

translate = QCoreApplication.translate


_SHOWN = 10  # lines with two buttons each


class EcheancesSection(Section):
    """What is past its time, and how long each regime keeps a dossier.

    Signals:
        dossier_requested: Id of a dossier to read before deciding.
    """

    dossier_requested = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        super().__init__(
            services,
            hub,
            translate("Echeances", "Conservation"),
            translate(
                "Echeances", "Un dossier se garde le temps utile, puis se prolonge avec un motif ou s’efface."
            ),
        )
        self._discreet = False
        self._tasks = tasks
        self.print_button = self.head.add_secondary(self.tr("Imprimer le bor&dereau…"), icon="printer")
        self.print_button.clicked.connect(self._on_print_clicked)
        self.prolonging = ShortForm(
            {
                "jusqu_au": Field(
                    self.tr("&Garder jusqu’au"), DateEdit(services.clock.today, prefer="future")
                ),
                "motif": Field(self.tr("&Motif"), LineEdit()),
            },
            self.tr("Pro&longer"),
        )
        self.drafts = PageDrafts(services, "conformite:echeances", self)
        self.drafts.watch("prolonger", self.prolonging)
        self.prolonging.submitted.connect(self._on_prolonging_submitted)
        self._work = Steps(self, partial(show_error, self.message))
        self.erasing = EffacementCard(services.effacement.bordereau_exige)
        self.erasing.confirmed.connect(self._on_erasing_confirmed)
        self.dossiers = ListCard(
            self.tr("Dossiers dont le temps est passé"),
            self.tr("Aucun dossier n’a passé son temps de conservation."),
            icon="clock",
            shown=_SHOWN,
        )
        self.dossiers.body.insertWidget(0, self.prolonging)
        self.saisines = ListCard(
            self.tr("Saisines sans suite dont le temps est passé"), "", icon="inbox", shown=_SHOWN
        )
        for part in (self.erasing, self.dossiers, self.saisines, self._durations()):
            self.add(part)
        self.body.addStretch()
        self._durees = FieldGroup(self.durations, self)

    def reload(self) -> None:
        echus = self._services.conservation.dates()
        saisines = self._services.conservation.saisines_echues()
        lus = self._services.conservation.lus(echus)
        self.dossiers.show_rows(((None, self._dossier(each)) for each in lus), len(echus))
        self.saisines.show_rows(((None, self._saisine(each)) for each in saisines), len(saisines))
        self.saisines.setVisible(bool(saisines))
        self.print_button.setVisible(self._services.effacement.bordereau_exige())
        self.print_button.setEnabled(bool(echus))
        if self.drafts is not None and self.drafts.holds("durees"):
            return
        durees = self._services.conservation.durees
        for regime, field in self.durations.items():
            if not field.error():
                self._durees.put(regime, durees.motif if regime == "motif" else durees.of(regime))
        assert self.drafts is not None
        self.drafts.follow("durees", self._durees, enter=False)

    def resume(self, cle: str) -> None:
        name, *dossier = cle.split(":")[2:]
        if name == "prolonger":
            self._open_prolonging(int(dossier[0]))

    def set_discreet(self, discreet: bool) -> None:
        super().set_discreet(discreet)
        self._discreet = discreet
        self.prolonging.set_discreet(discreet)
        self.erasing.set_discreet(discreet)
        self.reload()

    def _durations(self) -> Card:
        card, grid = Card(self.tr("Durées")), FormGrid()
        regimes = self._services.listes["regime"].valeurs
        self.durations: dict[str, Field] = {
            each.code: Field(each.libelle, NombreEdit(), hint=self.tr("Mois après le dernier contact"))
            for each in regimes
        }
        self.durations["motif"] = Field(
            self.tr("Moti&f d’une autre durée"),
            LineEdit(),
            hint=self.tr("24 mois est la durée recommandée ; une autre s’explique."),
        )
        for name, field in self.durations.items():
            grid.add(field, 12 if name == "motif" else 6)
        keep = Button(self.tr("Garder ces d&urées"), icon="check")
        keep.clicked.connect(self._on_keep_clicked)
        card.add(grid)
        card.add(keep)
        return card

    def _dossier(self, each: DossierConserve) -> QWidget:
        who = each.initiales if self._discreet else each.noms
        said = self.tr("gardé jusqu’au {0}").format(format_date_courte(each.fin))
        parts = [self.tr("dernier contact le {0}").format(format_date_courte(each.dernier_contact)), said]
        if each.en_attente:
            parts.append(self.tr("%n fiche(s) sans retour", "", each.en_attente))
        line = Line(f"{each.numero} · {who}", " · ".join(parts), icon="folder-open", clickable=True)
        line.activated.connect(partial(self.dossier_requested.emit, each.id))
        prolong = Button(self.tr("Prolonger…"), kind="quiet", icon="clock")
        prolong.clicked.connect(partial(self._open_prolonging, each.id))
        erase = Button(self.tr("Effacer…"), kind="quiet", icon="trash-2")
        erase.clicked.connect(partial(self._propose, each.id))
        return _row(line, prolong, erase)

    def _saisine(self, each: SaisineConservee) -> QWidget:
        who = "…" if self._discreet else each.demandeur or self.tr("sans nom")
        line = Line(who, self.tr("saisine du {0}").format(format_date_courte(each.recue_le)), icon="inbox")
        erase = Button(self.tr("Effacer"), kind="quiet", icon="trash-2")
        erase.clicked.connect(partial(self._erase_saisine, each.id))
        return _row(line, erase)

    def _open_prolonging(self, dossier_id: int) -> None:
        self.prolonging.open(dossier_id)

    def _propose(self, dossier_id: int) -> None:
        effacement = self._services.effacement
        try:
            seen = effacement.apercu_dossier(dossier_id)
        except UserError as error:
            show_error(self.message, error)
            self.reload()
            return
        self.erasing.propose(seen, partial(effacement.effacant_dossier, dossier_id))

    def _erase_saisine(self, saisine_id: int) -> None:
        erase = partial(self._services.effacement.effacer_saisine, saisine_id)
        self.do(erase, self.tr("La saisine est effacée."))

    @Slot(object)
    def _on_erasing_confirmed(self, erase: Callable[[], Erasing]) -> None:
        self._work.start(erase(), self._on_erased)

    @Slot(object)
    def _on_erased(self, changes: Changes) -> None:
        self.do(lambda: changes, self.tr("C’est effacé. Rien ne s’en retrouve dans le coffre."))

    @Slot(object)
    def _on_prolonging_submitted(self, values: dict[str, Any]) -> None:
        try:
            changes = self._services.conservation.prolonger(
                self.prolonging.subject,
                values["jusqu_au"],
                str(values["motif"] or ""),
            )
        except InvalidInput as error:
            self.prolonging.refuse(error.problems)
        except UserError as error:
            show_error(self.message, error)
        else:
            self.prolonging.done()
            self._hub.announce(changes)
            self.message.show_message("good", self.tr("Le dossier est gardé plus longtemps."))
            self.reload()

    @Slot()
    def _on_keep_clicked(self) -> None:
        before = self._services.conservation.durees
        values = {name: field.widget.value() for name, field in self.durations.items()}
        mois = {name: value for name, value in values.items() if name != "motif" and value is not None}
        asked = Durees(mois, str(values["motif"] or ""))
        problems = asked.check()
        for field in self.durations.values():
            field.clear_error()
        if problems:
            show_problems(self.durations, problems, self.message)
            return
        keep = partial(self._services.conservation.set_durees, asked)
        if self.do(keep, self.tr("C’est gardé."), partial(self._services.conservation.set_durees, before)):
            assert self.drafts is not None
            self.drafts.drop("durees")
            self.reload()

    @Slot()
    def _on_print_clicked(self) -> None:
        ids = [each.id for each, _ in self._services.conservation.dates()]
        try:
            said = self._services.effacement.elimination(ids)
        except UserError as error:
            show_error(self.message, error)
            return
        self.print_button.setEnabled(False)
        self.message.show_message("info", self.tr("Le bordereau se prépare…"))
        drawn = partial(self._on_drawn, len(ids))
        self._tasks.run(self._services.effacement.dessiner, said, on_done=drawn)

    def _on_drawn(self, dossiers: int, pdf: bytes) -> None:
        self.print_button.setEnabled(True)
        self.message.clear()
        try:
            self._services.effacement.noter_bordereau(dossiers)
            printed = print_pdf(self, pdf)
        except UserError as error:
            show_error(self.message, error)
            return
        if printed:
            words = self.tr("Bordereau envoyé à l’imprimante. Faites-le viser avant d’effacer.")
            self.message.show_message("good", words)


def _row(line: Line, *buttons: Button) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(line, 1)
    for button in buttons:
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return holder
