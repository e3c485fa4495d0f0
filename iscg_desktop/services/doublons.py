"""Warns that a saisine may concern somebody the coffre knows already; the one place where that search is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from iscg_desktop.domain.dossier import DossierLine
from iscg_desktop.domain.noms import PARTICULES, words
from iscg_desktop.domain.personne import Identite
from iscg_desktop.domain.recherche import EAR, SLIP, Requete, phones
from iscg_desktop.domain.recherche import read as asked_for
from iscg_desktop.domain.saisine import Saisine, noms_cites
from iscg_desktop.reference.prenoms import shipped_prenoms
from iscg_desktop.services.personnes import Found, ranked
from iscg_desktop.services.rapprochement import LookedFor, Ranking
from iscg_desktop.services.session import Session

MOST = 5
"""Dossiers named in a warning: more would not be read."""

_LOOKED_FOR = 8  # names of a motif
_LOOKED_AT = 10  # persons for each

Reason = Literal["telephone", "nom"]


@dataclass(frozen=True, slots=True)
class Doublon:
    """A dossier that may concern the same person.

    Attributes:
        raison: Whether it is the telephone number or a name.
        sans_message: One of its persons must be left no message.
        contact_sur: Where one of its persons is safely reached; "" when nobody noted it.
    """

    dossier: DossierLine
    raison: Reason
    sans_message: bool = False
    contact_sur: str = ""


def find_doublons(session: Session, saisine: Saisine) -> tuple[Doublon, ...]:
    """Dossiers with the same telephone number first, then with a name that reads in the saisine."""
    reasons: dict[int, Reason] = {}
    for personne_id, reason in (*_by_number(session, saisine), *_by_name(session, saisine)):
        reasons.setdefault(personne_id, reason)
    dossiers: dict[int, Reason] = {}
    held = session.read.dossiers.of_persons(reasons)
    for personne_id, reason in reasons.items():
        for dossier_id in held.get(personne_id, ()):
            dossiers.setdefault(dossier_id, reason)
    lines = session.read.dossiers.lines(islice(dossiers, MOST))
    return tuple(_with_warnings(session, line, dossiers[line.id]) for line in lines)


def _by_number(session: Session, saisine: Saisine) -> Iterator[tuple[int, Reason]]:
    texts = (saisine.telephone, saisine.contact_sur, saisine.demandeur, saisine.motif)
    for number in phones(" ; ".join(texts)):
        requete = asked_for("0" + number, session.clock.today(), shipped_prenoms())
        for found in ranked(session, requete, _LOOKED_AT):
            yield found.personne.id, "telephone"


def _by_name(session: Session, saisine: Saisine) -> Iterator[tuple[int, Reason]]:
    runs = noms_cites(f"{saisine.demandeur} ; {saisine.motif}")
    # « Suite Le Goff » names nobody as a whole: its words are tried too.
    alone = (word for run in runs for word in run.split() if not PARTICULES.issuperset(words(word)))
    for name in islice(dict.fromkeys((*runs, *alone)), _LOOKED_FOR):
        requete = asked_for(name, session.clock.today(), shipped_prenoms())
        for found in ranked(session, requete, _LOOKED_AT):
            if _is_named(found, requete):
                yield found.personne.id, "nom"


def _is_named(found: Found, requete: Requete) -> bool:
    """Whether the words are those of her name: a first name alone would find half of the coffre."""
    if len(requete.requis) > 1:
        return found.answer.worst >= SLIP
    family = LookedFor(found.personne._replace(prenom=""))
    answer = Ranking(requete, shipped_prenoms()).answer(family)
    return answer is not None and answer.worst >= EAR


def _with_warnings(session: Session, line: DossierLine, reason: Reason) -> Doublon:
    people = [personne.identite for personne, _, _ in session.read.personnes.of_dossier(line.id)]
    safe = filter(None, map(_safe, people))
    return Doublon(line, reason, any(who.sans_message for who in people), " · ".join(safe))


def _safe(identite: Identite) -> str:
    return " ".join(filter(None, (identite.contact_sur, identite.contact_sur_horaires)))
