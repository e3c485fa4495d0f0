"""Delays and thresholds: kept as each field is left."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Slot

from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.messages import settle_all, show_problems
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.nombre_edit import NombreEdit

translate = QCoreApplication.translate


class DelaisSection(Section):
    """What the program waits for before it reminds, forgets or locks."""

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(
            services,
            hub,
            translate("Delais", "Délais et seuils"),
            translate("Delais", "Chaque valeur est gardée dès que vous quittez son champ."),
        )
        self.fields: dict[str, Field] = {}
        self._unkept = False  # the disk refused what is typed: it stays on the screen
        self._add_card(self.tr("Rappels de la page du jour"), {
            "saisine_attente_jours": (
                self.tr("&Saisine en attente"), self.tr("Jours avant qu’elle soit dite en retard."),
            ),
            "fiche_sans_retour_jours": (self.tr("&Fiche sans retour"), self.tr("Jours avant qu’elle paraisse.")),
            "orientation_sans_suite_jours": (
                self.tr("&Orientation sans suite"), self.tr("Jours avant qu’elle paraisse."),
            ),
        })  # fmt: skip
        self._add_card(self.tr("Relance d’une fiche, selon son état"), {
            "fiche_remise_jours": (self.tr("Pas e&ncore remise"), self.tr("Jours après son établissement.")),
            "fiche_relance_jours": (self.tr("&Remise, sans retour"), self.tr("Jours après sa remise.")),
            "fiche_nouvelle_relance_jours": (
                self.tr("Déjà re&lancée, sans retour"), self.tr("Jours après la dernière relance."),
            ),
        })  # fmt: skip
        self._add_card(self.tr("Collaboration avec une famille de partenaires"), {
            "collaboration_frequente": (
                self.tr("Fré&quente"), self.tr("À partir de ce nombre de contacts dans l’année."),
            ),
            "collaboration_occasionnelle": (
                self.tr("O&ccasionnelle"), self.tr("À partir de ce nombre ; rare ou aucune en dessous."),
            ),
        })  # fmt: skip
        self._add_card(self.tr("Corbeille et verrouillage"), {
            "corbeille_jours": (self.tr("Cor&beille"), self.tr("Jours pendant lesquels on peut reprendre.")),
            "journal_mois": (self.tr("&Journal"), self.tr("Mois pendant lesquels il est gardé.")),
            "voile_minutes": (
                self.tr("Vo&ile"), self.tr("Minutes sans frappe ni souris avant de tout cacher."),
            ),
            "verrouillage_minutes": (
                self.tr("&Verrouillage"), self.tr("Minutes sans frappe ni souris avant de verrouiller."),
            ),
        })  # fmt: skip
        reset = Button(self.tr("Remettre les valeurs d’ori&gine"), kind="quiet", icon="undo-2")
        reset.clicked.connect(self._on_reset_clicked)
        self.add(reset)
        self.body.addStretch()

    def reload(self) -> None:
        if not self._unkept:
            self._show(field for field in self.fields.values() if not field.error())

    def keep_now(self) -> bool:
        return self._keep() if settle_all(self.fields.values()) else True

    def _show(self, fields: Iterable[Field]) -> None:
        """Show what is in force in some of the fields."""
        values, shown = self._services.reglages.get().as_values(), set(fields)
        for name, field in self.fields.items():
            if field in shown:
                field.widget.set_value(values[name])

    def _add_card(self, title: str, fields: dict[str, tuple[str, str]]) -> None:
        card, grid = Card(title), FormGrid()
        for name, (label, hint) in fields.items():
            field = self.fields[name] = Field(label, NombreEdit(), hint=hint)
            field.widget.committed.connect(self._on_committed)
            grid.add(field, 4)
        card.add(grid)
        self.add(card)

    @Slot(object)
    def _on_committed(self, _value: object) -> None:
        self._keep()

    def _keep(self) -> bool:
        """Keep all that holds; what does not stays as typed, with its reason. False when the disk refuses."""
        before = self._services.reglages.get()
        stored = before.as_values()
        read = {name: field for name, field in self.fields.items() if not field.widget.raw()}
        answers = {name: field.widget.value() for name, field in read.items()}
        typed = stored | {name: value for name, value in answers.items() if value is not None}
        problems = Reglages(**typed).check()
        wrong = {problem.field for problem in problems}
        now = Reglages(**{name: stored[name] if name in wrong else value for name, value in typed.items()})
        show_problems(read, problems)
        self._unkept = False
        if now != before and not now.check():
            self._unkept = not self.do(
                lambda: self._services.reglages.set(now),
                self.tr("C’est gardé."),
                lambda: self._services.reglages.set(before),
            )
        return not self._unkept

    @Slot()
    def _on_reset_clicked(self) -> None:
        before = self._services.reglages.get()
        if self.do(
            lambda: self._services.reglages.set(Reglages()),
            self.tr("Les valeurs d’origine sont remises."),
            lambda: self._services.reglages.set(before),
        ):
            self._unkept = False
            for field in self.fields.values():
                field.clear_error()
            self._show(self.fields.values())
