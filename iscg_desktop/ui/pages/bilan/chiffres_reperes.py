"""The figures looked at first: totals in large, and the shares of the profession compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.chiffres import Indicateur, Mediane
from iscg_desktop.services.chiffres import Chiffres, Comparaison
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.labels import Figure, Quiet

_TOTAUX = ("dossiers", "accueils", "entretiens", "saisines", "orientations", "fiches", "retours", "contacts")


class TotauxCard(Card):
    """The totals, each in its own unit, with that of the period before under it."""

    def __init__(self) -> None:
        super().__init__()
        self._names = {
            "dossiers": self.tr("dossiers"),
            "accueils": self.tr("personnes accueillies"),
            "entretiens": self.tr("entretiens"),
            "saisines": self.tr("saisines"),
            "orientations": self.tr("orientations"),
            "fiches": self.tr("fiches de liaison"),
            "retours": self.tr("retours"),
            "contacts": self.tr("contacts"),
        }
        holder = QWidget()
        flow = FlowLayout(holder, spacing=24)
        self._cells = {code: _Total(name) for code, name in self._names.items()}
        for cell in self._cells.values():
            flow.addWidget(cell)
        self.add(holder)
        self._besides = Quiet()
        self.add(self._besides)
        self._totaux: Mapping[str, int] = {}

    def show_totaux(self, chiffres: Chiffres) -> None:
        """Show the totals of some days."""
        self._totaux = chiffres.totaux
        for code, cell in self._cells.items():
            cell.show_value(chiffres.totaux[code])
        self._besides.setText(
            self.tr("%n personne(s) différente(s), à l’écran seulement : une personne peut être accueillie pour"
                    " plusieurs dossiers.", "", chiffres.personnes)
        )  # fmt: skip
        self._besides.setVisible(bool(chiffres.totaux["accueils"]))

    def compare(self, found: Mapping[str, Comparaison]) -> None:
        """Say under each what it was in the period before, and a year before."""
        words = {"avant": self.tr("{nombre} avant"), "an_dernier": self.tr("{nombre} l’an dernier")}
        if found.get("avant") is found.get("an_dernier"):  # a year: both are the same one
            found = {key: each for key, each in found.items() if key == "an_dernier"}
        for code, cell in self._cells.items():
            said = [words[key].replace("{nombre}", _spaced(each.totaux[code])) for key, each in found.items()]
            cell.say(" · ".join(said))


class _Total(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._said = name, ""
        self._figure, self._before = Figure("–", wrap=False), Quiet("", wrap=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label in (self._figure, Quiet(name, wrap=False), self._before):
            column.addWidget(label)

    def show_value(self, value: int) -> None:
        self._figure.setText(_spaced(value))
        self._said = f"{value} {self._name}"
        self.say("")

    def say(self, words: str) -> None:
        self._before.setText(words)
        self.setAccessibleName(", ".join(filter(None, (self._said, words))))


def _spaced(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


@dataclass(frozen=True, slots=True)
class Repere:
    """A share, and what it was."""

    indicateur: Indicateur
    avant: str = ""
    an_dernier: str = ""


class ReperesCard(Card):
    """The shares of the profession; the definition of the one chosen is said below.

    Signals:
        indicateur_activated: Its records are wanted.
    """

    indicateur_activated = Signal(object)

    def __init__(self) -> None:
        super().__init__(self.tr("Repères"))
        self.table = DataTable(self._columns(), fit_rows=20, name=self.tr("Repères"))
        self._said = Quiet(self.tr("Entrée sur une ligne montre les dossiers qu’elle compte."))
        self.add(self.table)
        self.add(self._said)
        self._indicateurs: tuple[Indicateur, ...] = ()
        self.table.activated.connect(self._on_table_activated)
        self.table.selection_changed.connect(self._on_selection_changed)

    def show_indicateurs(self, indicateurs: Iterable[Indicateur]) -> None:
        """Show other shares."""
        self._indicateurs = tuple(indicateurs)
        self.table.set_records(Repere(each) for each in self._indicateurs)

    def compare(self, found: Mapping[str, Comparaison]) -> None:
        """Show beside each what it was."""
        before, year = found.get("avant"), found.get("an_dernier")
        self.table.set_records(
            Repere(each, _part(before, each.code), _part(year, each.code)) for each in self._indicateurs
        )

    def _columns(self) -> list[Column[Repere]]:
        return [
            Column(self.tr("Indicateur"), self._name, stretch=True, tooltip=self._definition),
            Column(
                self.tr("Part"),
                lambda each: each.indicateur.part or "–",
                align="right",
                sort=lambda each: each.indicateur.haut / (each.indicateur.bas or 1),
                share=lambda each: (
                    each.indicateur.haut / each.indicateur.bas if each.indicateur.bas else None
                ),
            ),
            Column(
                self.tr("Nombre"),
                lambda each: f"{each.indicateur.haut} ÷ {each.indicateur.bas}",
                align="right",
                sort=lambda each: each.indicateur.haut,
            ),
            Column(
                self.tr("Non renseigné"),
                lambda each: "–" if each.indicateur.inconnus is None else str(each.indicateur.inconnus),
                align="right",
                sort=lambda each: each.indicateur.inconnus,
            ),
            Column(self.tr("Avant"), lambda each: each.avant or "–", align="right"),
            Column(self.tr("An dernier"), lambda each: each.an_dernier or "–", align="right"),
        ]

    def _name(self, repere: Repere) -> str:
        indicateur = repere.indicateur
        return indicateur.libelle + (self.tr(" (écran)") if indicateur.ecran else "")

    def _definition(self, repere: Repere) -> str:
        indicateur = repere.indicateur
        words = self.tr("{numerateur} ÷ {denominateur}. Unité : {unite}.")
        words = words.replace("{numerateur}", indicateur.numerateur)
        words = words.replace("{denominateur}", indicateur.denominateur).replace("{unite}", indicateur.unite)
        if indicateur.rapport_de_flux:
            words += self.tr(
                " Rapport de flux : les deux nombres sont ceux de la période, il peut dépasser 100 %."
            )
        return words[:1].upper() + words[1:]

    @Slot(object)
    def _on_selection_changed(self, repere: Repere | None) -> None:
        if repere is not None:
            self._said.setText(self._definition(repere))

    @Slot(object)
    def _on_table_activated(self, repere: Repere) -> None:
        self.indicateur_activated.emit(repere.indicateur)


def _part(comparaison: Comparaison | None, code: str) -> str:
    if comparaison is None or code not in comparaison.indicateurs:
        return ""
    return comparaison.indicateurs[code].part


def mediane_lines(medianes: Iterable[Mediane]) -> Iterator[tuple[str, str]]:
    """« De la saisine au premier entretien », « 4 jours · 120 connus »."""
    tr = QCoreApplication.translate
    names = {
        "delai_contact": tr("Mediane", "De la saisine au premier contact tenté"),
        "delai_entretien": tr("Mediane", "De la saisine au premier entretien"),
        "duree": tr("Mediane", "Durée d’un entretien"),
        "delai_suite": tr("Mediane", "De l’orientation à la suite"),
        "delai_remise": tr("Mediane", "Du premier entretien à la remise de la fiche"),
        "delai_retour": tr("Mediane", "De la remise de la fiche au retour"),
    }
    units = {"jours": tr("Mediane", "jour(s)"), "minutes": tr("Mediane", "min")}
    for each in medianes:
        if each.valeur is None:
            yield names[each.code], tr("Mediane", "aucun connu")
        else:
            value = f"{each.valeur:g}".replace(".", ",")
            known = tr("Mediane", "sur {nombre}").replace("{nombre}", str(each.nombre))
            yield names[each.code], f"{value} {units[each.unite]} · {known}"
