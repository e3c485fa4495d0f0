"""The exact figures of some days: totals, shares compared, a trend, and the tables of one theme at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.bilan import TableauCompte
from iscg_desktop.domain.chiffres import Indicateur
from iscg_desktop.services.chiffres import Chiffres, Comparaison, Point
from iscg_desktop.services.services import Services
from iscg_desktop.ui.bilan_tableaux import TableCard
from iscg_desktop.ui.one_a_turn import OneATurn
from iscg_desktop.ui.pages.bilan.chiffres_reperes import ReperesCard, TotauxCard, mediane_lines
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.trend_bars import Bar, TrendBars


class ChiffresView(QWidget):
    """What is counted, for her eyes; nothing of it leaves.

    Signals:
        releve_requested: Cells whose records are wanted, their words, the figure shown.
    """

    releve_requested = Signal(object, str, int)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._chiffres: Chiffres | None = None
        self._found: Mapping[str, Comparaison] = {}
        self.totaux = TotauxCard()
        self.reperes = ReperesCard()
        self.trend = TrendBars(self.tr("Personnes accueillies, période après période"))
        self._trend_card = Card(self.tr("Personnes accueillies, période après période"))
        self._trend_card.add(self.trend)
        self.themes = ChoiceRow(((t.code, t.titre) for t in services.chiffres.themes()), clearable=False)
        self.themes.setAccessibleName(self.tr("Thème des tableaux"))
        self.themes.set_value("personnes")
        self._tables = QWidget()
        self._column = QVBoxLayout(self._tables)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self._waiting = Quiet(self.tr("Les chiffres se comptent…"))
        self._counted = (self.reperes, self._trend_card, self.themes, self._tables)
        for widget in (self.totaux, self._waiting, *self._counted):
            column.addWidget(widget)
        column.addStretch()
        self._show_counted(False)
        self._rows: Iterator[QWidget | None] = iter(())
        self._timer = OneATurn(self, self._on_timeout)
        self.themes.edited.connect(self._show_theme)
        self.reperes.indicateur_activated.connect(self._on_indicateur_activated)

    def show_chiffres(self, chiffres: Chiffres) -> None:
        """Show the figures of some days; comparisons come after. Tables that would say the same stay."""
        same = chiffres == self._chiffres
        self._chiffres, self._found = chiffres, {}
        self._show_counted(True)
        self.totaux.show_totaux(chiffres)
        self.reperes.show_indicateurs(chiffres.indicateurs)
        periode = chiffres.etendue.periode
        self._trend_card.setVisible(periode is not None)
        if periode is not None:
            self.trend.set_bars(_bars(self._services.chiffres.tendance(periode)))
        if not same:
            self._show_theme()

    def _show_counted(self, counted: bool) -> None:
        """Show what there is to read once it is counted; an empty table before would say that there is nothing."""
        self._waiting.setHidden(counted)
        for widget in self._counted:
            widget.setVisible(counted)

    def show_comparaisons(self, found: Mapping[str, Comparaison]) -> None:
        """Show beside them the period before and the same of the year before."""
        self._found = {key: each for key, each in found.items() if not each.vide}
        self.totaux.compare(self._found)
        self.reperes.compare(self._found)
        self._rows = chain(self._rows, self._compare_cards())
        self._timer.start()

    def _compare_cards(self) -> Iterator[None]:
        for card in self._tables.findChildren(TableCard):
            card.compare(self._earlier(card.code))
            yield None

    def _earlier(self, code: str) -> dict[str, TableauCompte]:
        return {key: each.comptes[code] for key, each in self._found.items() if code in each.comptes}

    @Slot()
    def _show_theme(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = self._make_rows()
        self._timer.start()

    def _make_rows(self) -> Iterator[QWidget | None]:
        """The cards of the theme, one a turn of the loop: all at once would hold the window."""
        if self._chiffres is None:
            return
        theme = next(t for t in self._services.chiffres.themes() if t.code == self.themes.value())
        comptes = [self._chiffres.comptes[code] for code in theme.tableaux]
        shown = [compte for compte in comptes if compte.total]
        if not shown:
            yield Quiet(self.tr("Rien n’est compté ici pour cette période."))
        narrow = [compte for compte in shown if len(compte.tableau.dimensions) == 1]
        for place in range(0, len(narrow), 2):
            cards: list[QWidget] = []
            for compte in narrow[place : place + 2]:
                cards.append(self._card(compte))
                yield None
            yield Columns(*cards, *([QWidget()] if len(cards) == 1 else []))
        for compte in shown:
            if len(compte.tableau.dimensions) == 2:
                yield self._card(compte)
        yield from self._said_besides(theme.code)

    def _card(self, compte: object) -> TableCard:
        card = TableCard(compte)  # type: ignore[arg-type]
        card.compare(self._earlier(card.code))
        card.cell_activated.connect(self._on_cell_activated)
        return card

    def _said_besides(self, theme: str) -> Iterator[QWidget]:
        """What is no table: medians, levels of collaboration."""
        assert self._chiffres is not None
        if theme == "delais":
            card = Card(self.tr("Médianes, à l’écran seulement"))
            for words, sub in mediane_lines(self._chiffres.medianes):
                card.add(Line(words, sub))
            yield card
        if theme == "activite" and self._chiffres.collaborations:
            yield self._collaborations(self._chiffres)

    def _collaborations(self, chiffres: Chiffres) -> Card:
        familles = {famille.code: famille.libelle for famille in self._services.annuaire.familles()}
        levels = {
            "frequente": self.tr("fréquente"),
            "occasionnelle": self.tr("occasionnelle"),
            "rare": self.tr("rare ou aucune"),
        }
        card = Card(self.tr("Fréquence de collaboration dans l’année"))
        for each in chiffres.collaborations:
            number = self.tr("%n contact(s)", "", each.contacts)
            card.add(Line(familles[each.famille], f"{levels[each.niveau]} · {number}"))
        return card

    def _on_timeout(self) -> None:
        row = next(self._rows, self)
        if row is self:
            self._timer.stop()
        elif row is not None:
            self._column.addWidget(row)

    @Slot(str, object, str)
    def _on_cell_activated(self, univers: str, cle: object, words: str) -> None:
        assert self._chiffres is not None
        number = next(
            compte.effectifs[cle].unites  # type: ignore[index]
            for compte in self._chiffres.comptes.values()
            if compte.tableau.univers == univers and cle in compte.effectifs
        )
        self.releve_requested.emit(((univers, cle),), words, number)

    @Slot(object)
    def _on_indicateur_activated(self, indicateur: Indicateur) -> None:
        if indicateur.cellules:
            self.releve_requested.emit(indicateur.cellules, indicateur.libelle, indicateur.haut)


def _bars(points: Iterable[Point]) -> list[Bar]:
    points = tuple(points)
    return [Bar(_short(point), point.accueils, courante=point is points[-1]) for point in points]


def _short(point: Point) -> str:
    """« T3 2026 »."""
    year, _, part = point.periode.code.partition("-")
    return f"{part} {year}".strip()
