"""A field that names a person of the coffre, however she is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from iscg_desktop.domain.dates import format_naissance
from iscg_desktop.domain.personne import Identite
from iscg_desktop.services.personnes import Found
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class PersonneField(TypeAhead):
    """A person by her names, her birth or her telephone.

    Args:
        search: Finds persons by what is typed, best first.
        identite_of: The identity of a person chosen before, by her id.
    """

    def __init__(
        self,
        search: Callable[[str], Sequence[Found]],
        identite_of: Callable[[int], Identite] | None = None,
    ) -> None:
        super().__init__()
        self._identite_of = identite_of
        self._discreet = False
        self._search = search
        self.removeAction(self._chevron)  # a list of everybody helps nobody
        self.setPlaceholderText(self.tr("Nom, prénom, naissance ou téléphone"))

    def set_discreet(self, discreet: bool) -> None:
        """Offer initials in place of names, and blank what is typed, or show all again."""
        self._discreet = discreet
        self._suggester.close()  # it names people
        self.setEchoMode(self.EchoMode.Password if discreet else self.EchoMode.Normal)

    def _offered(self, text: str) -> Sequence[Choice]:
        if not text.strip():
            return []
        return [
            Choice(str(each.personne.id), self._said(each.personne.identite))
            for each in self._search(text.strip())
        ]

    def _said(self, identite: Identite) -> str:
        if self._discreet:
            return identite.initiales
        born = format_naissance(identite.naissance) if identite.naissance else ""
        return ", ".join(filter(None, (identite.nom_complet, born)))

    def _by_code(self, code: str) -> Choice:
        if self._identite_of is None:
            return super()._by_code(code)
        return Choice(code, self._said(self._identite_of(int(code))))

    def _rows(self, text: str) -> Sequence[Choice | str]:
        return self._offered(text)

    def _refusal(self, count: int) -> str:
        if count:
            return self.tr("Plusieurs personnes répondent. Choisissez la bonne dans la liste.")
        return self.tr("Personne de ce nom dans votre coffre. Vérifiez, ou essayez moins de lettres.")
