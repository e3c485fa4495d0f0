"""The form of a document: recipient, whom it is about, dated facts, danger, information, base; or a note."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from functools import partial, reduce
from typing import Any

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.document import Concerne, DocumentContent, Fait, Responsable, Source, texts_in
from iscg_desktop.domain.fiche_sections import Canal, Reponse, Urgence
from iscg_desktop.domain.mentions import Fondement, TypeDocument
from iscg_desktop.services.document_preparation import Offres
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.rows_edit import Row, RowColumn, RowsEdit
from iscg_desktop.ui.forms.tab_order import order_tabs
from iscg_desktop.ui.forms.transmission_form import HALF, TransmissionForm, changed
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.text_area import TextArea
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

# Fields whose code is a closed list of the document.
_CODED: dict[str, type[StrEnum]] = {
    "urgence": Urgence,
    "destinataire.canal": Canal,
    "informes": Reponse,
    "base": Fondement,
}
# Fields that are rows: the words of a row are the attributes, in their order.
_ROWS: dict[str, type[Concerne] | type[Responsable] | type[Fait]] = {
    "concernes": Concerne,
    "responsables": Responsable,
    "faits": Fait,
}
_IN_ROWS: dict[str, type[StrEnum]] = {"autorite": Reponse, "source": Source}
_TEXTS = ("connaissance", "faits", "danger", "deja_fait", "demande")
_NOTE = ("personne", "dpo")


class DocumentForm(TransmissionForm):
    """Fields are named by their path in ``DocumentContent``, so that a problem finds its own.

    Args:
        listes: What the closed lists offer.
        today: The day dates are read on.
        unsupported: Gives the characters of a text that cannot be printed.
        procedure: Gives the words of a text that seem to come from the judicial procedure.

    Attributes:
        steps: Makes the form, a card at a time; nothing is shown in it before the last.
    """

    def __init__(
        self,
        listes: ListesService,
        today: Callable[[], date],
        unsupported: Callable[[str], tuple[str, ...]],
        procedure: Callable[[str], tuple[str, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(listes, today, unsupported, parent)
        self._content = DocumentContent(document=TypeDocument.NOTE_INFORMATION)
        self._procedure = procedure
        self._veiled = False
        self._veil = Card(self.tr("Saisie masquée"))
        self._veil.add(Quiet(self.tr("F9 la montre de nouveau. Rien n’est perdu.")))
        self.column.addWidget(self._veil)
        self._veil.hide()
        self.steps = self._build()

    # What others ask of it.

    def show_content(self, content: DocumentContent, offres: Offres) -> None:
        """Show a document and what may be added to it; what the form has no field for is kept as it is."""
        self._content = content
        said = self.tr("Entretien du {date}")
        self.fields["concernes"].widget.offer(texts_in(offres.concernes), _named)
        self.fields["responsables"].widget.offer(
            texts_in(offres.responsables), lambda words: _named(words[1:], words[0])
        )
        self.fields["faits"].widget.offer(
            texts_in(offres.faits), lambda words: said.replace("{date}", words[0])
        )
        again = self.tr("à faire relire")
        self.fields["langue"].widget.set_choices(
            [Choice(code, name, again if unread else "") for code, name, unread in offres.langues]
        )
        labels = fondements()
        self.fields["base"].widget.set_choices([Choice(each, labels[each]) for each in content.fondements])
        for name in self.fields:
            value: Any = reduce(getattr, name.split("."), content)
            if name in _ROWS:
                value = texts_in(value)
            self.put(name, str(value) if isinstance(value, StrEnum) else value)
        self._name_cards()
        self._show_whole()

    def restore(self, state: Mapping[str, Any]) -> None:
        super().restore(state)
        self._show_whole()

    def read(self) -> DocumentContent:
        """The document as the form stands."""
        content = self._content
        for name, value in self.values().items():
            if name in _ROWS:
                content = changed(content, name, _rows(_ROWS[name], value))
            elif name in _CODED:
                content = changed(content, name, _CODED[name](value) if value else None)
            else:
                content = changed(content, name, "" if value is None and name == "langue" else value)
        return content.whole()

    def show_known(self, _content: DocumentContent, *, discreet: bool) -> None:
        """Hide all that is typed while the screen is discreet."""
        if discreet != self._veiled:
            self._veiled = discreet
            self._show_whole()

    def place_of(self, path: str) -> str | None:
        """Name of the field where something is mended."""
        return path if path in self.fields else None

    # How it is made.

    def _build(self) -> Iterator[None]:
        yield from self._made(
            (self._add_note, self._add_addressee, self._add_people, self._add_parents, self._add_facts,
             self._add_danger, self._add_information)
        )  # fmt: skip
        self.fields["informes"].widget.committed.connect(self._on_answer_committed)

    def _add_note(self) -> None:
        grid = self._grid(self.tr("Note d’information"))
        hint = self.tr("Vide\u00a0: la note ne nomme personne, plus sûr si d’autres la trouvent.")
        self.add(grid, "personne", self.tr("&Nom écrit sur la note"), LineEdit(), 6, hint=hint)
        langues = TypeAhead([], placeholder=self.tr("français, english, español…"))
        self.add(grid, "langue", self.tr("&Langue de la note"), langues, 6)
        dpo = TextArea(rows=3, max_rows=6)
        self.add(grid, "dpo", self.tr("&Délégué à la protection des données"), dpo, 12)
        self._note = self._cards[-1]

    def _add_addressee(self) -> None:
        grid = self._add_recipient()
        self.add(grid, "urgence", self.tr("&Urgence"), self._row("urgence"), 12)

    def _add_people(self) -> None:
        grid = self._grid("")
        columns = (
            RowColumn(self.tr("Prénom"), 4),
            RowColumn(self.tr("Nom"), 4),
            RowColumn(self.tr("Naissance ou âge"), 4),
            RowColumn(self.tr("Sexe"), 4),
            RowColumn(self.tr("École et classe"), 4),
            RowColumn(self.tr("Adresse"), 4),
        )
        people = RowsEdit(columns, add=self.tr("Ajouter quelqu’un"), remove=self.tr("Retirer cette personne"))
        self.add(grid, "concernes", "", people, 12)
        self._people = self._cards[-1]

    def _add_parents(self) -> None:
        grid = self._grid(self.tr("Parents et titulaires de l’autorité parentale"))
        columns = (
            RowColumn(self.tr("Lien"), 4),
            RowColumn(self.tr("Prénom"), 4),
            RowColumn(self.tr("Nom"), 4),
            RowColumn(self.tr("Autorité parentale"), 12, self._answers),
            RowColumn(self.tr("Téléphone"), 4),
            RowColumn(self.tr("Adresse"), 4),
        )
        parents = RowsEdit(columns, add=self.tr("Ajouter un parent"), remove=self.tr("Retirer ce parent"))
        self.add(grid, "responsables", self.tr("Parents, tuteur, autres adultes du foyer"), parents, 12)
        self._parents = self._cards[-1]

    def _add_facts(self) -> None:
        grid = self._grid(self.tr("Faits"))
        known = TextArea(rows=1, max_rows=6)
        self.add(grid, "connaissance", self.tr("&Comment la situation est connue"), known, 12)
        columns = (
            RowColumn(self.tr("Quand"), 4),
            RowColumn(self.tr("Source"), 12, self._sources),
            RowColumn(self.tr("Par qui, s’il est dit ou rapporté"), 12),
            RowColumn(self.tr("Fait, sans jugement"), 12, partial(TextArea, rows=2, max_rows=14)),
        )
        facts = RowsEdit(columns, add=self.tr("Ajouter un &fait"), remove=self.tr("Retirer ce fait"))
        hint = self.tr(
            "Des faits datés. Rien de la procédure judiciaire\u00a0: ni audition, ni procès-verbal."
        )
        self._facts_hint = hint
        self.add(grid, "faits", self.tr("Faits, chacun avec sa source"), facts, 12, hint=hint)

    def _sources(self) -> ChoiceRow:
        return ChoiceRow(
            [
                ("vu", self.tr("Vu")),
                ("dit_par", self.tr("Dit par")),
                ("rapporte_par", self.tr("Rapporté par")),
            ]
        )

    def _add_danger(self) -> None:
        grid = self._grid(self.tr("Danger et demande"))
        for name, label in (
            ("danger", self.tr("Dan&ger, ou risque de danger")),
            ("deja_fait", self.tr("Ce qui a dé&jà été fait")),
            ("demande", self.tr("Ce qui est de&mandé")),
        ):
            self.add(grid, name, label, TextArea(rows=3, max_rows=12), 12)

    def _add_information(self) -> None:
        grid = self._grid(self.tr("Information et base du partage"))
        answers = ChoiceRow([("oui", self.tr("Oui")), ("non", self.tr("Non"))])
        self.add(grid, "informes", "", answers, 12)
        self.add(grid, "informes_le", self.tr("&Le"), DateEdit(self._today), HALF)
        self.add(grid, "informes_motif", self.tr("P&ourquoi pas"), LineEdit(), 12)
        self.add(grid, "base", self.tr("B&ase du partage"), TypeAhead(()), 12)

    # What follows from what is answered.

    def _name_cards(self) -> None:
        children = self._content.mineurs
        self._people.set_title(self.tr("Enfants concernés") if children else self.tr("Personne concernée"))
        label = self.tr("Enfants") if children else self.tr("Personnes")
        self.fields["concernes"].set_label(label)
        informed = self.tr("Parents informés de cette transmission") if children else ""
        self.fields["informes"].set_label(informed or self.tr("Personne informée de cette transmission"))

    def _show_whole(self) -> None:
        note = self._content.document is TypeDocument.NOTE_INFORMATION
        for card in self._cards:
            card.setVisible(not self._veiled and (card is self._note) == note)
        if not self._content.mineurs:
            self._parents.hide()
        self._veil.setVisible(self._veiled)
        self._show_dependents()
        self.flag_characters()
        order_tabs(self)

    def _show_dependents(self) -> None:
        """Fields that only some answers call for; what they hold is shown whatever the answer."""
        told = self.value("informes")
        self.fields["informes_le"].setVisible(told == Reponse.OUI)
        self.fields["informes_motif"].setVisible(told == Reponse.NON or bool(self.value("informes_motif")))

    def _flag(self, name: str) -> None:
        super()._flag(name)
        if name in _TEXTS:
            text = self._text(name)
            found = ", ".join(f"«\u00a0{each}\u00a0»" for each in self._procedure(text)) if text else ""
            words = self.tr("Cela vient-il de la procédure\u00a0? N’en reprenez rien\u00a0: {mots}")
            usual = self._facts_hint if name == "faits" else ""
            self.fields[name].set_hint(words.replace("{mots}", found) if found else usual)

    @Slot(object)
    def _on_answer_committed(self, _answer: object) -> None:
        self._show_dependents()
        order_tabs(self)


def fondements() -> dict[Fondement, str]:
    """Short words of what may allow a document to be handed over."""
    translate = QCoreApplication.translate
    return {
        Fondement.PROTECTION_ENFANCE: translate(
            "Fondements", "Protection de l’enfance (L226-2-1 et L226-2-2 CASF)"
        ),
        Fondement.GRAVITE_ENFANT: translate(
            "Fondements", "Gravité de la situation de l’enfant (L226-4 CASF)"
        ),
        Fondement.PERSONNE_SANS_DEFENSE: translate(
            "Fondements", "Mineur ou personne hors d’état de se protéger (226-14 CP)"
        ),
        Fondement.PERIL: translate("Fondements", "Péril, obligation de porter secours (223-6 CP)"),
        Fondement.ARTICLE_40: translate("Fondements", "Article 40 CPP, agent public"),
    }


def _rows(kind: type[Concerne] | type[Responsable] | type[Fait], rows: tuple[Row, ...]) -> tuple[Any, ...]:
    names = [each.name for each in fields(kind)]
    found = []
    for row in rows:
        values: dict[str, Any] = dict(zip(names, row, strict=True))
        for name, codes in _IN_ROWS.items():
            if name in values:
                values[name] = codes(values[name]) if values[name] else None
        found.append(kind(**values))
    return tuple(found)


def _named(row: Row, lien: str = "") -> str:
    """« Zoé L’Hostis, 9 ans »: the first name and the name of a row, then what else is known."""
    return ", ".join(filter(None, (lien, " ".join(filter(None, row[:2])), *row[2:])))
