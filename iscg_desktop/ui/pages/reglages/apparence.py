"""How the program looks: light or dark, larger letters; kept outside the coffre, where it names nobody."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Slot

from iscg_desktop.services import preferences
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.preferences import Preferences
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.theme import Theme
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.labels import Quiet

translate = QCoreApplication.translate


class ApparenceSection(Section):
    """Seen at once, kept at once."""

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(
            services,
            hub,
            translate("Apparence", "Apparence"),
            translate("Apparence", "Ce choix vaut dès la page de déverrouillage, sur cet ordinateur."),
        )
        self.fields = {
            "aspect": Field(
                self.tr("&Clair ou sombre"),
                ChoiceRow(
                    [
                        ("systeme", self.tr("Comme l’ordinateur")),
                        ("clair", self.tr("Clair")),
                        ("sombre", self.tr("Sombre")),
                    ],
                    clearable=False,
                ),
            ),
            "taille": Field(
                self.tr("&Taille des lettres"),
                ChoiceRow(
                    [
                        ("normale", self.tr("Normale")),
                        ("grande", self.tr("Grande")),
                        ("tres_grande", self.tr("Très grande")),
                    ],
                    clearable=False,
                ),
            ),
        }
        card = Card()
        for field in self.fields.values():
            field.widget.committed.connect(self._on_committed)
            card.add(field)
        card.add(Quiet(self.tr("Rien d’autre que ces deux choix n’est gardé hors du coffre.")))
        self.add(card)
        self.body.addStretch()

    def reload(self) -> None:
        now = preferences.load()
        self.fields["aspect"].widget.set_value(now.aspect)
        self.fields["taille"].widget.set_value(now.taille)

    def _wear(self, wanted: Preferences) -> Changes:
        preferences.save(wanted)
        theme = Theme.worn()
        if theme is not None:
            theme.wear(wanted.aspect, wanted.taille)
        return changes()

    @Slot(object)
    def _on_committed(self, _value: object) -> None:
        before = preferences.load()
        values = {name: field.widget.value() for name, field in self.fields.items()}
        wanted = replace(before, **values)
        if wanted != before:
            self.do(lambda: self._wear(wanted), self.tr("C’est gardé."), lambda: self._wear(before))
