"""Steps of an issued fiche inside a transaction: noted, taken back, and the reminder that follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from iscg_desktop.domain.fiche_suivi import FicheEtablie
from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import UserError
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Transaction

HANDED = ("remise", "accusee", "relance")


def note(
    session: Session,
    tx: Transaction,
    fiche: FicheEtablie,
    etape: str,
    day: date,
    detail: Mapping[str, object] | None = None,
) -> int:
    """Note a step of a fiche, its reminder and its line of the journal; returns the id of the step.

    Raises:
        UserError: ``etape_avant_fiche``, ``etape_future``, ``fiche_remplacee`` for the handing over of a
            version that another one corrects.
    """
    if day < fiche.etablie_le and etape != "retour":  # which may answer an older version
        raise UserError("etape_avant_fiche", numero=fiche.numero)
    if day > session.clock.today():
        raise UserError("etape_future")
    if etape in HANDED and fiche.remplacee_par:
        raise UserError("fiche_remplacee", numero=fiche.numero, nouvelle=fiche.remplacee_par)
    step_id = tx.fiches.follow(fiche.id, etape, day, session.quarter_for(tx, day).code, detail)
    replan(session, tx, fiche.id)
    tx.journal.append(etape, "fiche", fiche.numero, session.clock.now())
    return step_id


def take_back(session: Session, tx: Transaction, step_id: int) -> FicheEtablie:
    """Take back a step noted by error, and the suite it told; returns the fiche as it is then.

    Raises:
        UserError: ``etape_arretee`` when its quarter is closed; ``etape_initiale`` for the issue itself.
    """
    fiche_id, step, detail = tx.fiches.step(step_id)
    fiche = tx.fiches.get(fiche_id)
    if step.etape == "a_imprimer":
        raise UserError("etape_initiale", numero=fiche.numero)
    if session.quarter_for(tx, parse_period(step.trimestre).debut).code != step.trimestre:
        raise UserError("etape_arretee", numero=fiche.numero)
    suite_id = detail.get("suite_id")
    if isinstance(suite_id, int):
        tx.orientations.drop_suite(suite_id)
    tournee_id = detail.get("tournee")
    if isinstance(tournee_id, int):
        tx.tournees.set_done(tournee_id, done=False)
    tx.fiches.take_back(step_id)
    replan(session, tx, fiche_id)
    tx.journal.append(f"annulation_{step.etape}", "fiche", fiche.numero, session.clock.now())
    return tx.fiches.get(fiche_id)


def replan(session: Session, tx: Transaction, fiche_id: int) -> None:
    """Be reminded of a fiche while its answer is awaited: so many days after the last step, as her settings say."""
    fiche = tx.fiches.get(fiche_id)
    if fiche.etape == "retour" or fiche.remplacee_par:
        tx.agenda.close_fiche(fiche_id, session.clock.today())
        return
    since = fiche.etape_le if fiche.etape == "relance" else fiche.remise_le or fiche.etablie_le
    day = since + timedelta(days=session.reglages.fiche_jours(fiche.etape))
    tx.agenda.plan_fiche(fiche_id, day, f"Fiche {fiche.numero}", dossier_id=fiche.dossier_id)
