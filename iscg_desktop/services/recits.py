"""The narrative of a bilan, « intérêt qualitatif »: typed for it, read again, never drawn from case notes."""

from __future__ import annotations

from iscg_desktop.domain.noms import words
from iscg_desktop.domain.period import Periode
from iscg_desktop.domain.recherche import phones
from iscg_desktop.domain.recit import LONGEST_RECIT, Connus, Relecture, relire, words_of_persons, words_to_ask
from iscg_desktop.errors import InvalidInput, Problem, UserError
from iscg_desktop.reference.menu import menu
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.orthographe import Correcteur
from iscg_desktop.services.session import Session

__all__ = ["RecitsService", "Relecture"]

# Names that begin like a first name and are services that every intervenant works with.
_SERVICES = ("France Victimes", "France Travail", "France Services", "France Rénov")


class RecitsService:
    """Use cases of the narrative; what is half-typed is a draft like any other, under ``cle``."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._correcteur = Correcteur()

    @staticmethod
    def cle(periode: Periode) -> str:
        """Name of the draft of a period's narrative."""
        return f"recit:{periode.code}"

    def get(self, periode: Periode) -> str:
        """What is kept for a period; it goes into its report when the period is arrêtée."""
        return self._session.read.recits.texte(periode.code)

    def relire(self, texte: str, seuil: int | None = None) -> Relecture:
        """Read a narrative again: what must go, and what she should look at.

        Args:
            texte: As it was typed.
            seuil: Number of people under which the bilan tells nothing; that of the menu when left out.
        """
        read = self._session.read.recits
        towns = frozenset(map(words, self._communes()))
        connus = Connus(
            noms=words_of_persons(read.names(words_to_ask(texte))),
            telephones=frozenset(read.numbers(phones(texte))),
            dossiers=frozenset(read.dossiers()),
            communes=towns,
            lieux=towns | frozenset(map(words, self._places())),
            est_un_mot=lambda word: not self._correcteur.wrong([word], ()),
        )
        return relire(texte, connus, seuil or menu().seuil)

    def keep(self, periode: Periode, texte: str) -> Changes:
        """Keep the narrative of a period, in the place of the one before; empty to take it away.

        Warnings do not stop it. Its draft is dropped.

        Raises:
            InvalidInput: It names somebody, a telephone or a dossier (``recit_nom``, ``recit_telephone``,
                ``recit_dossier``), or is too long (``recit_long``); nothing changes, the draft stays.
            UserError: ``recit_arrete`` once the period is arrêtée: its report is made.
        """
        if self._session.read.bilans.exports(periode.code):
            raise UserError("recit_arrete", periode=periode.libelle)
        if len(texte) > LONGEST_RECIT:
            raise InvalidInput((Problem("texte", "recit_long", {"maximum": LONGEST_RECIT}),))
        read = self.relire(texte)
        if read.refus:
            raise InvalidInput(
                tuple(Problem("texte", passage.code, {"ligne": passage.ligne}) for passage in read.refus)
            )
        with self._session.transaction() as tx:
            tx.recits.keep(periode.code, read.texte, self._session.clock.today())
            tx.drafts.drop(self.cle(periode))
            tx.journal.append("modification", "recit", periode.code, self._session.clock.now())
            tx.commit()
        return changes("bilans")

    def _communes(self) -> tuple[str, ...]:
        """Communes of her département, of her unités, and those where persons live."""
        session = self._session
        departement = session.departement(session.clock.today().year)
        near = session.territories.in_departement(departement) if departement else []
        lived = (session.commune(code) for code in session.read.recits.communes())
        return tuple({*(commune.nom for commune in near), *filter(None, lived)})

    def _places(self) -> tuple[str, ...]:
        """What bears a name without being a person: unités, structures, services."""
        unites = (unite.nom for unite in self._session.unites().values())
        return (*unites, *self._session.read.recits.structures(), *_SERVICES)
