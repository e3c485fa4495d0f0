"""Who she is and who employs her, as her fiches and bilans print it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.intervenant import Intervenant
from iscg_desktop.domain.nomenclature import Nomenclature
from iscg_desktop.errors import Problem
from iscg_desktop.ui.messages import settle_all, show_problems
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.choice import Choice, choices_of
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.text_area import TextArea
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

# Proposed as printed; almost all of the profession are women, the others change a letter or two.
_QUALITES = {
    "assistant_service_social": "Assistante de service social",
    "educateur_specialise": "Éducatrice spécialisée",
    "cesf": "Conseillère en économie sociale familiale",
    "autre": "Intervenante sociale",
}
_PRIVATE = "association"
_LONGEST_CODE = 6


class IntervenantForm(QWidget):
    """Identity and employer of the intervenant; ``fields`` are keyed like ``Intervenant``.

    The code of the fiches and the qualité are proposed until she writes her own.

    Args:
        diplomes: List of the diplômes.
        employeurs: List of the natures of employer.
        departements: Code and name of each département.

    Signals:
        edited: The user changed anything.
    """

    edited = Signal()

    def __init__(
        self,
        diplomes: Nomenclature,
        employeurs: Nomenclature,
        departements: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._own = set[str]()  # fields she wrote herself: nothing is proposed over them
        places = [Choice(code, f"{name} ({code})", synonymes=code) for code, name in departements]
        self._article_40 = CheckBox(self.tr("Rappeler l’article &40 sur mes documents"))
        self.fields = {
            "prenom": Field(self.tr("&Prénom"), LineEdit()),
            "nom": Field(self.tr("&Nom"), LineEdit()),
            "code": Field(self.tr("Co&de de vos fiches"), LineEdit()),
            "diplome": Field(self.tr("D&iplôme"), TypeAhead(choices_of(diplomes))),
            "qualite": Field(self.tr("&Qualité, telle qu’imprimée"), LineEdit()),
            "employeur": Field(
                self.tr("&Employeur"), LineEdit(self.tr("Département, commune, association…"))
            ),
            "nature_employeur": Field(
                self.tr("Nat&ure de l’employeur"), ChoiceRow(choices_of(employeurs), clearable=False)
            ),
            "departement": Field(self.tr("Départe&ment où vous exercez"), TypeAhead(places)),
            "telephone": Field(self.tr("&Téléphone"), LineEdit()),
            "courriel": Field(self.tr("C&ourriel"), LineEdit()),
            "adresse": Field(
                self.tr("Adresse de &retour"),
                TextArea(rows=3, max_rows=5),
                hint=self.tr("Où les coupons des fiches vous reviennent."),
            ),
        }
        self._homeless = InlineMessage("alert")
        self._build()
        self._connect()
        self._tell_nature()

    def read(self) -> Intervenant:
        """What is typed, as it stands."""
        values = {name: self._widget(name).value() for name in self.fields}
        values["diplome"] = values["diplome"] or "autre"
        nature = values["nature_employeur"] = values["nature_employeur"] or ""
        values["departement"] = values["departement"] or ""
        recall = self._article_40.value() and nature not in ("", _PRIVATE)
        return Intervenant(**values, rappeler_article_40=recall)

    def settle(self) -> Intervenant | None:
        """Who she is once all is right, or None: every field that is not right says so."""
        if not settle_all(self.fields.values()):
            return None
        intervenant = self.read()
        problems = list(intervenant.check())
        if not intervenant.nom and not intervenant.code:
            problems = [problem for problem in problems if problem.field != "code"]  # it comes with the name
        if not intervenant.nature_employeur:
            problems.append(Problem("nature_employeur", "intervenant_sans_nature"))
        show_problems(self.fields, problems, self._homeless)
        return None if problems else intervenant

    def state(self) -> dict[str, Any]:
        """What is typed, half-typed words included, as JSON can hold it."""
        state: dict[str, Any] = {"article_40": self._article_40.value(), "own": sorted(self._own)}
        for name, field in self.fields.items():
            widget: Any = field.widget
            state[name] = widget.value()
            if hasattr(widget, "raw"):
                state[f"{name}.raw"] = widget.raw()
        return state

    def restore(self, state: dict[str, Any]) -> None:
        """Put back what ``state`` gave."""
        self._own = set(state.get("own", ()))
        self._article_40.set_value(bool(state.get("article_40")))
        for name, field in self.fields.items():
            widget: Any = field.widget
            widget.set_value(state.get(name))
            if state.get(f"{name}.raw"):
                widget.set_raw(state[f"{name}.raw"])
        self._tell_nature()

    def focus_first(self) -> None:
        """Go to the first field."""
        self.fields["prenom"].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        grid = FormGrid()
        spans = {"prenom": 4, "nom": 5, "code": 3, "diplome": 6, "qualite": 6, "employeur": 6}
        spans |= {"nature_employeur": 6, "departement": 6, "telephone": 6, "courriel": 6, "adresse": 6}
        for name, field in self.fields.items():
            if name == "departement":
                grid.add(self._article_40, 12)
            grid.add(field, spans[name])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._homeless)
        column.addWidget(grid)
        column.addStretch()

    def _connect(self) -> None:
        for name in self.fields:
            self._widget(name).edited.connect(self.edited)
        for name in ("prenom", "nom"):
            self._widget(name).edited.connect(self._on_name_edited)
        for name in ("code", "qualite"):
            self._widget(name).edited.connect(self._on_own_edited)
        self._widget("diplome").committed.connect(self._on_diplome_committed)
        self._widget("nature_employeur").committed.connect(self._on_nature_committed)
        self._article_40.edited.connect(self.edited)

    def _widget(self, name: str) -> Any:
        return self.fields[name].widget

    def _propose(self, name: str, text: str) -> None:
        if name not in self._own:
            self._widget(name).set_value(text)
            self.fields[name].clear_error()

    def _tell_nature(self) -> None:
        """Say what the nature of the employer changes, and offer what it allows."""
        nature = self._widget("nature_employeur").value()
        self._article_40.setVisible(nature not in (None, _PRIVATE))
        if nature is None:
            hint = self.tr("Elle décide des mentions de vos documents.")
        elif nature == _PRIVATE:
            hint = self.tr("Employeur privé : l’article 40 n’est jamais imprimé.")
        else:
            hint = self.tr("Employeur public : vos documents peuvent rappeler l’article 40.")
        self.fields["nature_employeur"].set_hint(hint)

    @Slot()
    def _on_name_edited(self) -> None:
        draft = self.read()
        self._propose("code", propose_code(draft.prenom, draft.nom))

    @Slot()
    def _on_own_edited(self) -> None:
        for name in ("code", "qualite"):
            if self._widget(name) is self.sender():
                self._own.add(name)
                if not self._widget(name).value():
                    self._own.discard(name)  # emptied: a proposal is welcome again

    @Slot(object)
    def _on_diplome_committed(self, code: str | None) -> None:
        self._propose("qualite", _QUALITES.get(code or "", ""))

    @Slot()
    def _on_nature_committed(self) -> None:
        self._tell_nature()


def propose_code(prenom: str, nom: str) -> str:
    """Code of the fiches from initials: « Maëlle Kerdoncuff » gives MKE; "" while there is no name."""
    first = "".join(part[:1] for part in _letters(prenom).split())
    last = _letters(nom).replace(" ", "")[:2]
    return (first + last)[:_LONGEST_CODE] if last else ""


def _letters(text: str) -> str:
    """Capital letters without accents, a space for anything else."""
    expanded = text.upper().replace("Œ", "OE").replace("Æ", "AE")
    plain = unicodedata.normalize("NFD", expanded)
    kept = (c for c in plain if not unicodedata.combining(c))
    return "".join(c if "A" <= c <= "Z" else " " for c in kept)
