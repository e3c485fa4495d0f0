"""The coupons that come back: found by number, by QR code or by their filled PDF, then recorded once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from iscg_desktop.documents.coupon_formulaire import render_coupon_form
from iscg_desktop.documents.coupon_lecture import LARGEST, Lecture, read_coupon_form
from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.fiche_numero import (
    Numero,
    groupe_different,
    groupe_mal_ecrit,
    lire_qr,
    normaliser_code,
    verifier_qr,
)
from iscg_desktop.domain.fiche_suivi import FicheEtablie
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.files import write_atomic
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.fiche_etapes import note, take_back
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Transaction

_GROUPS = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième"}
_KNOWN = 2_000
"""Last numbers among which the one meant is looked for."""


@dataclass(frozen=True, slots=True)
class Retour:
    """A coupon and the fiche it answers, before it is recorded.

    Attributes:
        fiche: The fiche the answer counts for: the last version.
        ancienne: Number on the coupon when it is that of an older version; empty otherwise.
        deja: The answer was noted before: only amending is possible.
        a_relire: Field and text of what the form held and is no answer.
    """

    fiche: FicheEtablie
    coupon: Coupon
    ancienne: str = ""
    deja: bool = False
    a_relire: tuple[tuple[str, str], ...] = ()


class RetoursService:
    """Use cases around the coupon retour."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, typed: str) -> Retour:
        """The fiche of a number copied from a coupon, or of the text a telephone reads in its QR code.

        Raises:
            UserError: ``fiche_numero_groupe`` names the wrong group, or else ``fiche_numero_illisible`` and
                ``fiche_numero_cle``; ``fiche_inconnue``, ``fiche_autre_intervenant``; ``fiche_qr_illisible``,
                ``fiche_qr_autre`` for a token that is not the one of that fiche.
        """
        if ":" in typed:
            return self._found(self._scanned(typed), Coupon(date=self._session.clock.today()))
        return self._found(self._of(self._parsed(typed)), Coupon(date=self._session.clock.today()))

    def reader(self, path: Path) -> Callable[[], Lecture]:
        """A function that reads a filled form, on values only, for a worker.

        Raises, when called:
            UserError: One of the refusals of ``read_coupon_form``, or of the disk.
        """
        today = self._session.clock.today()
        return lambda: read_coupon_form(_bytes(path), today)

    def found(self, lecture: Lecture) -> Retour:
        """The fiche a form that was read answers.

        Raises:
            UserError: ``fiche_inconnue``, ``fiche_autre_intervenant``, ``fiche_qr_autre``.
        """
        coupon = lecture.coupon
        if coupon.date is None and not any(name == "date" for name, _ in lecture.a_relire):
            coupon = replace(coupon, date=self._session.clock.today())
        return self._found(self._scanned(lecture.code), coupon, lecture.a_relire)

    def record(self, fiche_id: int, coupon: Coupon, *, amend: bool = False) -> Changes:
        """Keep the answer to a fiche: its retour, and the suite of its orientation.

        Args:
            fiche_id: The fiche, or an older version of it.
            coupon: What it says.
            amend: Put it in the place of the answer noted before.

        Raises:
            InvalidInput: With every problem.
            UserError: ``fiche_deja_revenue``; ``etape_arretee`` for an answer to amend that a bilan holds.
        """
        with self._session.transaction() as tx:
            fiche = tx.fiches.get(tx.fiches.last_version(fiche_id))
            problems = coupon.check(tx.fiches.first_issue(fiche_id), self._session.clock.today())
            if problems:
                raise InvalidInput(problems)
            for step in tx.fiches.trace(fiche.id):
                if step.etape == "retour":
                    if not amend:
                        raise UserError("fiche_deja_revenue", numero=fiche.numero)
                    take_back(self._session, tx, step.id)
            self._record(tx, fiche, coupon)
            tx.commit()
        return changes("fiches", "orientations", "dossiers", "agenda", dossier_id=fiche.dossier_id)

    def noted(self, fiche_id: int) -> Coupon | None:
        """The answer noted for a fiche; None while there is none."""
        return self._session.read.fiches.retour(fiche_id)

    def coupon_name(self, fiche_id: int) -> str:
        """Neutral name of the file: the number only."""
        numero = self._session.read.fiches.get(fiche_id).numero
        return f"coupon-{Numero.parse(numero).nom_fichier}.pdf"

    def save_coupon(self, fiche_id: int, path: Path) -> None:
        """Write the form to be filled where she chose, for an e-mail: it names nobody.

        Raises:
            UserError: The disk's refusals.
        """
        read = self._session.read.fiches
        numero = read.get(fiche_id).numero
        write_atomic(path, render_coupon_form(Numero.parse(numero), read.jeton(fiche_id)))
        with self._session.transaction() as tx:
            tx.journal.append("export", "coupon", numero, self._session.clock.now())
            tx.commit()

    def _record(self, tx: Transaction, fiche: FicheEtablie, coupon: Coupon) -> None:
        assert coupon.suite is not None
        assert coupon.date is not None
        detail: dict[str, object] = {
            "suite": coupon.suite,
            "connu": coupon.connu,
            "prise_en_charge": coupon.prise_en_charge,
            "rendez_vous_le": coupon.rendez_vous_le.isoformat() if coupon.rendez_vous_le else None,
            "referent": coupon.referent,
            "motif": coupon.motif,
        }
        if fiche.orientation_id is not None:
            detail["suite_id"] = tx.orientations.add_suite(
                fiche.orientation_id,
                coupon.suite,
                coupon.date,
                self._session.quarter_for(tx, coupon.date).code,
                motif=coupon.motif,
                rendez_vous_le=coupon.rendez_vous_le,
                referent=coupon.referent,
            )
        note(self._session, tx, fiche, "retour", coupon.date, detail)

    def _parsed(self, typed: str) -> Numero:
        """The number typed; when it is wrong, the group that is, as far as it can be told."""
        try:
            return Numero.parse(typed)
        except UserError as error:
            rank = groupe_mal_ecrit(typed)
            if rank is None and error.code == "fiche_numero_cle":
                known = map(Numero.parse, self._session.read.fiches.numeros(_KNOWN))
                ranks = {groupe_different(typed, numero) for numero in known} - {None}
                rank = ranks.pop() if len(ranks) == 1 else None
            if rank is None:
                raise
            raise UserError("fiche_numero_groupe", groupe=_GROUPS[rank]) from None

    def _of(self, numero: Numero) -> FicheEtablie:
        fiche = self._session.read.fiches.of_numero(str(numero))
        if fiche is not None:
            return fiche
        owner = self._session.intervenant
        if owner is not None and numero.code != normaliser_code(owner.code):
            raise UserError("fiche_autre_intervenant", numero=numero, code=numero.code)
        raise UserError("fiche_inconnue", numero=numero)

    def _scanned(self, code: str) -> FicheEtablie:
        numero, _ = lire_qr(code)
        fiche = self._of(numero)
        verifier_qr(code, numero, self._session.read.fiches.jeton(fiche.id))
        return fiche

    def _found(
        self, fiche: FicheEtablie, coupon: Coupon, a_relire: tuple[tuple[str, str], ...] = ()
    ) -> Retour:
        read = self._session.read.fiches
        last = read.get(read.last_version(fiche.id))
        ancienne = fiche.numero if last.id != fiche.id else ""
        return Retour(last, coupon, ancienne, read.answered(last.id), a_relire)


def _bytes(path: Path) -> bytes:
    """What a file holds, up to one byte more than is read: a larger one is refused without being loaded."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError:
        raise UserError("coupon_illisible") from None
