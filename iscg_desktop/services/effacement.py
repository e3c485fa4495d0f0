"""Erasing a dossier or a person: what goes and what stays is said before; no figure already handed over moves."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from iscg_desktop.documents.bordereau_elimination import LigneElimination, render_bordereau_elimination
from iscg_desktop.domain.caviardage import Signalement, designe, redacted, signalement
from iscg_desktop.domain.fiche_sections import Employeur
from iscg_desktop.domain.period import parse_period
from iscg_desktop.domain.personne import Identite, Personne
from iscg_desktop.errors import UserError
from iscg_desktop.reference.turns import at_once
from iscg_desktop.services.changes import Changes, Kind, changes
from iscg_desktop.services.conservation import refuse_clock_set_back
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Repositories, Transaction

_KINDS: tuple[Kind, ...] = (
    "dossiers", "personnes", "entretiens", "saisines", "orientations", "fiches", "documents", "pieces_jointes",
    "agenda", "contacts", "brouillons", "bilans",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Apercu:
    """What erasing would do, shown before anything is done.

    Attributes:
        personnes: Names of those who are erased.
        restent: Names of those of the same dossiers who stay, because another dossier or the dossier itself
            concerns them.
        dossiers: Numbers of the dossiers that go.
        caviardes: Numbers of the dossiers that go on, without her.
        entretiens: How many go.
        pieces: How many pièces jointes go.
        brouillons: How many drafts go.
        remises: Number and recipient of each fiche already handed over: the paper stays with its recipient.
        en_attente: Numbers of the fiches whose retour is awaited, and that nobody will note any more.
        trimestres_ouverts: Codes of the open quarters whose figures change.
        trimestres_arretes: Codes of the quarters arrêtés that count her: their figures stay.
        copies: Folder and name of each backup out of reach: it holds all that until it is destroyed.
    """

    personnes: tuple[str, ...]
    restent: tuple[str, ...]
    dossiers: tuple[str, ...]
    caviardes: tuple[str, ...]
    entretiens: int
    pieces: int
    brouillons: int
    remises: tuple[tuple[str, str], ...]
    en_attente: tuple[str, ...]
    trimestres_ouverts: tuple[str, ...]
    trimestres_arretes: tuple[str, ...]
    copies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Elimination:
    """What a bordereau d'élimination says.

    Attributes:
        nom: Of who signs it.
    """

    lignes: tuple[LigneElimination, ...]
    employeur: str
    nom: str
    jour: date


class EffacementService:
    """Use cases around erasure."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def apercu_dossier(self, dossier_id: int) -> Apercu:
        """What erasing a dossier would do.

        Raises:
            UserError: ``dossier_efface``.
        """
        read = self._session.read
        _refuse_gone(read, dossier_id)
        dossier = read.dossiers.get(dossier_id)
        gone = set(read.effacements.alone(dossier_id))
        people = [each.personne for each in dossier.personnes]
        who = signalement(each.identite for each in people if each.id in gone)
        return Apercu(
            personnes=tuple(each.identite.nom_complet for each in people if each.id in gone),
            restent=tuple(each.identite.nom_complet for each in people if each.id not in gone),
            dossiers=(dossier.numero,),
            caviardes=(),
            entretiens=read.effacements.entretiens(dossier_id),
            pieces=len(read.pieces_jointes.of_dossier(dossier_id)),
            brouillons=len(_drafts(read, {dossier_id}, gone, who)),
            remises=read.effacements.handed_over(dossier_id),
            en_attente=read.effacements.awaiting(dossier_id),
            copies=self._out_of_reach(),
            **self._quarters(read.effacements.quarters(dossier_id)),
        )

    def apercu_personne(self, personne_id: int) -> Apercu:
        """What erasing a person would do: her own dossiers go, those of others go on without her.

        Raises:
            UserError: ``personne_effacee``.
        """
        read = self._session.read
        personne = _personne(read, personne_id)
        own, shared = _parted(read, personne.id)
        others = {each for dossier_id in shared for each in read.effacements.others(dossier_id, personne.id)}
        who = signalement(
            [personne.identite], [each.identite for each in read.personnes.some(others).values()]
        )
        presences = [read.effacements.presence(each, personne.id) for each in shared]
        numbers = {number for presence in presences for number in presence.fiches}
        left = [line for each in (*own, *shared) for line in read.effacements.handed_over(each)]
        waiting = [number for each in (*own, *shared) for number in read.effacements.awaiting(each)]
        of_own = {number for each in own for number, _ in read.effacements.handed_over(each)} | {
            number for each in own for number in read.effacements.awaiting(each)
        }
        hers = numbers | of_own
        lone = sum(len(presence.seule) for presence in presences)
        return Apercu(
            personnes=(personne.identite.nom_complet,),
            restent=tuple(
                other.identite.nom_complet
                for each in shared
                for other in read.personnes.some(read.effacements.others(each, personne.id)).values()
            ),
            dossiers=tuple(read.dossiers.numero(each) for each in own),
            caviardes=tuple(read.dossiers.numero(each) for each in shared),
            entretiens=lone + sum(read.effacements.entretiens(each) for each in own),
            pieces=sum(len(read.pieces_jointes.of_dossier(each)) for each in own),
            brouillons=len(_drafts(read, set(own), {personne.id}, who)),
            remises=tuple(line for line in left if line[0] in hers),
            en_attente=tuple(number for number in waiting if number in hers),
            copies=self._out_of_reach(),
            **self._quarters(code for each in (*own, *shared) for code in read.effacements.quarters(each)),
        )

    def bordereau(self, dossier_ids: Sequence[int]) -> bytes:
        """The bordereau d'élimination of some dossiers, in memory, without a name; noted in the journal."""
        pdf = self.dessiner(self.elimination(dossier_ids))
        self.noter_bordereau(len(dossier_ids))
        return pdf

    def elimination(self, dossier_ids: Sequence[int]) -> Elimination:
        """What the bordereau of some dossiers says, without a name.

        Raises:
            UserError: ``dossier_efface``, ``elimination_sans_dossier``, ``traitement_sans_identite``.
        """
        session, owner = self._session, self._session.intervenant
        if owner is None:
            raise UserError("traitement_sans_identite")
        if not dossier_ids:
            raise UserError("elimination_sans_dossier")
        lines = []
        for said in session.read.conservation.elimination(dossier_ids):
            if said is None:
                raise UserError("dossier_efface")
            regime = session.nomenclatures.libelle("regime", said.regime)
            lines.append(
                LigneElimination(
                    said.numero, said.ouvert_le, said.dernier_contact, regime, said.entretiens, said.pieces
                )
            )
        return Elimination(tuple(lines), owner.employeur, owner.nom_complet, session.clock.today())

    @staticmethod
    def dessiner(said: Elimination) -> bytes:
        """The bordereau, for a worker: some thousandths of a second a dossier."""
        return render_bordereau_elimination(said.lignes, said.employeur, said.nom, said.jour)

    def noter_bordereau(self, dossiers: int) -> None:
        """Say in the journal that it was made."""
        with self._session.transaction() as tx:
            tx.journal.append("impression", "bordereau_elimination", str(dossiers), self._session.clock.now())
            tx.commit()

    def bordereau_exige(self) -> bool:
        """Whether the employer is a public one: its files are public archives, eliminated by bordereau."""
        owner = self._session.intervenant
        return owner is not None and Employeur(owner.nature_employeur).public

    def effacer_dossier(self, dossier_id: int) -> Changes:
        """``effacant_dossier`` at once."""
        return at_once(self.effacant_dossier(dossier_id))

    def effacant_dossier(self, dossier_id: int) -> Generator[None, None, Changes]:
        """Erase a dossier and the persons known nowhere else, in turns: each page of a pièce is overwritten.

        Raises:
            UserError: ``dossier_efface`` (already), ``horloge_reculee``.
        """

        def work() -> Generator[None, None, Changes]:
            with self._session.transaction() as tx:
                _refuse_gone(tx, dossier_id)
                refuse_clock_set_back(self._session)
                yield from _without_pieces(tx, dossier_id)
                self._erase_dossier(tx, dossier_id)
                yield from _sealed(tx)
            yield  # what shows it is made again in a turn of its own
            return changes(*_KINDS, dossier_id=dossier_id)

        return self._session.in_turns(work())

    def effacer_personne(self, personne_id: int) -> Changes:
        """``effacant_personne`` at once."""
        return at_once(self.effacant_personne(personne_id))

    def effacant_personne(self, personne_id: int) -> Generator[None, None, Changes]:
        """Erase a person from the whole coffre, in turns.

        Raises:
            UserError: ``personne_effacee`` (already), ``horloge_reculee``.
        """

        def work() -> Generator[None, None, Changes]:
            with self._session.transaction() as tx:
                personne = _personne(tx, personne_id)
                refuse_clock_set_back(self._session)
                for dossier_id in _parted(tx, personne.id)[0]:
                    yield from _without_pieces(tx, dossier_id)
                self._erase_personne(tx, personne.id)
                yield from _sealed(tx)
            yield
            return changes(*_KINDS)

        return self._session.in_turns(work())

    def effacer_saisine(self, saisine_id: int) -> Changes:
        """Erase a saisine that opened no dossier."""
        with self._session.transaction() as tx:
            refuse_clock_set_back(self._session)
            tx.effacements.erase_saisine(saisine_id)
            tx.journal.append("effacement", "saisine", None, self._session.clock.now())
            tx.commit()
        return changes("saisines", "agenda", "bilans")

    def reapply(self) -> int:
        """Erase again what was erased and came back with a restored backup; how many dossiers and persons did."""
        with self._session.transaction() as tx:
            done = self.erase_again(tx, *tx.effacements.come_back())
            tx.commit()
        return done

    def erase_again(self, tx: Transaction, dossiers: Sequence[int], personnes: Sequence[int]) -> int:
        """Erase what came back, inside a transaction of the caller; how many dossiers and persons did."""
        for dossier_id in dossiers:
            self._erase_dossier(tx, dossier_id)
        for personne_id in personnes:
            if tx.effacements.lines_of(personne_id):
                self._erase_personne(tx, tx.fusions.current(personne_id))
        return len(dossiers) + len(personnes)

    def _erase_dossier(self, tx: Transaction, dossier_id: int) -> None:
        gone = tx.effacements.alone(dossier_id)
        people = tx.personnes.some(gone).values()
        who = signalement(each.identite for each in people)
        words = [each.identite for each in people]
        self._forget_drafts(tx, {dossier_id}, set(gone), who)
        tx.effacements.erase_dossier(dossier_id, self._session.clock.today())
        self._forget_words(tx, words)
        # No number: with a list of numbers at hand, a line would still tell of someone.
        tx.journal.append("effacement", "dossier", None, self._session.clock.now())

    def _erase_personne(self, tx: Transaction, personne_id: int) -> None:
        identites = [
            each.identite for each in tx.personnes.some(tx.effacements.lines_of(personne_id)).values()
        ]
        own, shared = _parted(tx, personne_id)
        near = {each for dossier_id in shared for each in tx.effacements.others(dossier_id, personne_id)}
        apart = [each.identite for each in tx.personnes.some(near).values()]
        self._forget_drafts(tx, set(own), {personne_id}, signalement(identites, apart))
        for dossier_id in own:
            tx.effacements.erase_dossier(dossier_id, self._session.clock.today())
        for dossier_id in shared:
            others = tx.personnes.some(tx.effacements.others(dossier_id, personne_id)).values()
            who = signalement(identites, [each.identite for each in others])
            tx.effacements.erase_presence(dossier_id, personne_id, partial(redacted, who=who))
            tx.dossiers.settle(dossier_id, self._is_open)
            tx.dossiers.index(dossier_id)
        if tx.effacements.lines_of(personne_id):
            tx.effacements.erase_line(personne_id, self._session.clock.today())
        self._forget_words(tx, identites)
        tx.journal.append("effacement", "personne", None, self._session.clock.now())

    def _out_of_reach(self) -> tuple[tuple[str, str], ...]:
        """Backups on a stick that is not there, or in a folder that cannot be reached."""
        return tuple(
            (copie.dossier.name, copie.nom)
            for copie in self._session.read.copies.all()
            if not copie.dossier.is_dir()
        )

    def _is_open(self, trimestre: str) -> bool:
        return self._session.is_open(self._session.read, trimestre)

    @staticmethod
    def _forget_drafts(tx: Transaction, dossiers: set[int], personnes: set[int], who: Signalement) -> None:
        for cle in _drafts(tx, dossiers, personnes, who):
            tx.drafts.drop(cle)

    @staticmethod
    def _forget_words(tx: Transaction, identites: Iterable[Identite]) -> None:
        """Her own words of the spell-checker that were names of those erased, and of nobody who stays."""
        who = signalement(identites)
        stay = signalement(Identite(nom_usage=name) for name in tx.mots.names())
        for mot in tx.mots.all():
            if redacted(mot, who) != mot and redacted(mot, stay) == mot:
                tx.mots.remove(mot)

    def _quarters(self, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        known = sorted(set(codes))
        return {
            "trimestres_ouverts": tuple(parse_period(code).libelle for code in known if self._is_open(code)),
            "trimestres_arretes": tuple(
                parse_period(code).libelle for code in known if not self._is_open(code)
            ),
        }


def _without_pieces(tx: Transaction, dossier_id: int) -> Generator[None, None, None]:
    """Delete the pièces jointes of a dossier that goes, one a turn."""
    for piece in tx.pieces_jointes.of_dossier(dossier_id):
        tx.pieces_jointes.delete(piece.id)
        yield


def _sealed(tx: Transaction) -> Generator[None, None, None]:
    """Seal what was done, then make it last."""
    yield
    while tx.seal_so_far():
        yield
    yield
    tx.commit()


def _refuse_gone(read: Repositories, dossier_id: int) -> None:
    if not read.dossiers.exists(dossier_id):
        raise UserError("dossier_efface")


def _personne(read: Repositories, personne_id: int) -> Personne:
    found = read.personnes.some([read.fusions.current(personne_id)])
    if not found:
        raise UserError("personne_effacee")
    return next(iter(found.values()))


def _parted(read: Repositories, personne_id: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Her dossiers: those that concern nobody else, and those that go on without her."""
    known = read.personnes.dossiers_of(personne_id)
    own = tuple(each for each in known if not read.effacements.others(each, personne_id))
    return own, tuple(each for each in known if each not in own)


def _drafts(read: Repositories, dossiers: set[int], personnes: set[int], who: Signalement) -> tuple[str, ...]:
    """Names of the drafts that go: those of the dossiers, those about the persons, those whose words name them."""
    return tuple(
        draft.cle
        for draft in read.drafts.all()
        if draft.dossier_id in dossiers
        or _speaks_of(draft.contenu, personnes)
        or designe(_texts(draft.contenu), who)
    )


def _speaks_of(value: object, personnes: set[int]) -> bool:
    """Whether a draft holds the id of one of them under a name that says so."""
    if isinstance(value, Mapping):
        return any(
            (name in ("personne_id", "personne") and type(each) is int and each in personnes)
            or _speaks_of(each, personnes)
            for name, each in value.items()
        )
    return isinstance(value, list) and any(_speaks_of(each, personnes) for each in value)


def _texts(value: object) -> Iterator[str]:
    """Every text of a draft."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
