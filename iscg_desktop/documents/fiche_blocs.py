"""The sections of a printed fiche, in the order in which a recipient reads them; what is empty is left out."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Spacer

from iscg_desktop.documents import layout, signs
from iscg_desktop.documents.blocs import REPONSES, Head, choice, issued_on, parties, request, someone
from iscg_desktop.documents.layout import (
    Banner,
    Box,
    Row,
    grid,
    letterhead,
    paragraphs,
    section,
    text,
    together,
)
from iscg_desktop.domain.dates import format_date, format_date_courte
from iscg_desktop.domain.fiche_liaison import FicheContent
from iscg_desktop.domain.fiche_sections import Accord, Base, TypeFiche
from iscg_desktop.domain.mentions import TypeDocument

_TYPES = {
    TypeFiche.EVALUATION: "Demande d’évaluation",
    TypeFiche.RELAIS: "Passage de relais",
    TypeFiche.INFORMATION: "Pour information",
}
_ACCORDS = {Accord.OUI: "oui", Accord.NON: "non", Accord.NON_RECUEILLI: "non recueilli"}
_BASES = {
    Base.ACCORD: "Accord de la personne",
    Base.PROTECTION_ENFANCE: "Protection de l’enfance (article L226-2-2 du code de l’action sociale et des familles)",
    Base.URGENCE_DANGER: "Urgence ou danger",
    Base.AUTRE: "Autre",
}
_CAUTION = "Un appel ou un courrier imprudent peut mettre la personne en danger. N’employer que ce qui est écrit ici."
_NO_SAFE_CONTACT = "Aucun moyen sûr de joindre la personne n’est transmis\u00a0: passer par l’émetteur."
_CARE = (
    "Remis au seul destinataire nommé, tenu au secret\u00a0: ne pas copier, ne pas transmettre sans l’accord de"
    " l’émetteur, ne pas laisser à portée de l’entourage. La personne peut demander à lire ce qui la concerne."
)
_NAMES = dict.fromkeys(("Nom d’usage", "Nom de naissance", "Prénom"), layout.style(11.5, bold=True))
_MOTIF = layout.style(10.5, bold=True, indent=layout.LABEL_WIDTH, after=3)


def story(
    content: FicheContent, version: int, remplace: str, logo: ImageReader | None, coupon: Flowable
) -> list[Flowable]:
    """All the blocks of a fiche."""
    replaced = f"Version {version}, remplace et annule la fiche {remplace}" if remplace else ""
    blocks: list[Flowable] = [
        *letterhead(content.emetteur.employeur, content.mise_en_page, logo),
        Head("Fiche de liaison", issued_on(content.etablie_le), replaced),
        *_alert(content),
        request(_TYPES[content.type] if content.type else "–", content.urgence, content.destinataire.canal),
        Spacer(0, 12),
        *parties(TypeDocument.FICHE, content.emetteur, content.destinataire),
    ]
    for title, build in _SECTIONS:
        blocks += section(title, build(content))
    last = section("Information et accord de la personne", _accord(content))
    last += [Spacer(0, 10), text(_CARE, layout.SMALL), Spacer(0, 4), coupon]
    return [*blocks, *together(last)]


def _alert(content: FicheContent) -> list[Flowable]:
    if not content.alerte:
        return []
    words: list[Flowable] = [text("ALERTE", layout.style(13, bold=True, leading=17))]
    if content.alerte_motif.strip():
        words.append(text(content.alerte_motif, layout.style(10)))
    return [Box(words, line=2, padding=6, sign=signs.warning, sign_size=30), Spacer(0, 8)]


def _personne(content: FicheContent) -> list[Flowable]:
    person = content.personne
    facts = (
        ("Nom d’usage", person.nom_usage),
        ("Nom de naissance", person.nom_naissance),
        ("Prénom", person.prenom),
        ("Désignation", person.designation),
        ("Sexe", person.sexe),
        ("Naissance", _naissance(content)),
        ("Commune", person.commune),
        ("Adresse", person.adresse),
        ("Statut", content.statut),
    )
    return [*grid(facts, shapes=_NAMES), Spacer(0, 8), *_contact_sur(content)]


def _naissance(content: FicheContent) -> str:
    """Birth as it is known, with the age on the day of the fiche."""
    person, birth = content.personne, content.personne.naissance
    age = person.age_le(content.etablie_le) if content.etablie_le else None
    minor = "mineur" if content.mineur else ""
    if birth is None or age is None:
        return minor
    years = f"{age}\u00a0{'an' if age < 2 else 'ans'}"
    if birth.date is not None:
        start, known = format_date_courte(birth.date), years
    elif birth.annee is not None:
        start, known = str(birth.annee), f"environ {years}"
    else:
        start, known = f"environ {years}", "âge estimé"
    return f"{start} ({', '.join(each for each in (known, minor) if each)})"


def _contact_sur(content: FicheContent) -> list[Flowable]:
    safe = content.contact_sur
    inner: list[Flowable] = [Banner("CONTACT SÛR", signs.shield)]
    if safe.ne_pas_laisser_de_message:
        words: list[Flowable] = [text("NE PAS LAISSER DE MESSAGE", layout.style(12, bold=True, leading=17))]
        inner += [Box(words, line=1.6, padding=5, sign=signs.no_message, sign_size=20), Spacer(0, 6)]
    if not safe.renseigne:
        inner.append(text(_NO_SAFE_CONTACT, layout.STRONG))
    wide = layout.WIDTH - 16
    inner += grid((("Téléphone sûr", safe.numero),), wide, shape=layout.style(13, bold=True, leading=18))
    inner += grid(
        (
            ("Jours sûrs", safe.jours),
            ("Heures sûres", safe.heures),
            ("Adresse sûre", safe.adresse),
            ("Vivent là aussi", safe.qui_vit_la),
            ("Consignes", safe.consignes),
        ),
        wide,
        shape=layout.STRONG,
    )
    return [Box([*inner, Spacer(0, 4), text(_CAUTION, layout.SMALL)], line=1.6)]


def _foyer(content: FicheContent) -> list[Flowable]:
    home, school = content.foyer, content.scolarite
    rows = grid((("Situation", home.situation_conjugale), ("Ménage", home.type_menage)))
    for each in home.membres:
        rows.append(someone(each.lien or "Membre du foyer", each.designation, each.age, each.precision))
    rows += grid((("École", school.etablissement), ("Classe", school.classe)))
    for place, parent in enumerate(content.parents, start=1):
        who = f"{parent.prenom} {parent.nom}"
        lien = f"Parent {place}" + (f" ({parent.lien})" if parent.lien.strip() else "")
        rows.append(someone(lien, who, parent.telephone, parent.adresse, parent.precision))
    return rows


def _autres_parties(content: FicheContent) -> list[Flowable]:
    return [
        someone(
            each.lien or "Autre personne", f"{each.prenom} {each.nom}", each.age, each.adresse, each.precision
        )
        for each in content.autres_parties
    ]


def _motif(content: FicheContent) -> list[Flowable]:
    rows: list[Flowable] = paragraphs(content.motif, _MOTIF) if content.motif.strip() else []
    topics = grid(
        (
            ("Problématique", content.problematique_principale),
            ("Autres", "\u00a0; ".join(each for each in content.problematiques if each.strip())),
        )
    )
    return [*rows, *([Spacer(0, 4)] if rows and topics else []), *topics]


def _recit(content: FicheContent) -> list[Flowable]:
    return paragraphs(content.recit, layout.RUNNING) if content.recit.strip() else []


def _evaluation(content: FicheContent) -> list[Flowable]:
    found = content.evaluation
    rows: list[Flowable] = []
    for label, value in (
        ("Besoins", found.besoins),
        ("Risques", found.risques),
        ("Appuis", found.ressources),
    ):
        if value.strip():
            rows += [Row((label, text(value))), Spacer(0, 3)]
    if found.grille_danger is not None:
        rows.append(
            choice("Grille de danger", found.grille_danger, REPONSES, "Remplie par les forces de l’ordre")
        )
    return rows


def _situation(content: FicheContent) -> list[Flowable]:
    means = content.situation
    return grid(
        (
            ("Activité", means.activite),
            ("Catégorie", means.csp),
            ("Logement", means.logement),
            ("Ressources", ", ".join(means.ressources)),
            ("Vulnérabilité", ", ".join(means.vulnerabilites)),
        )
    )


def _suivi(content: FicheContent) -> list[Flowable]:
    known = content.suivi
    lists = (("Démarches engagées", content.demarches), ("Autres orientations", content.autres_orientations))
    return [
        *grid(
            (("Services sociaux", known.connu), ("Suivi en cours", known.suivi), ("Référent", known.referent))
        ),
        *(Row((label, text("\n".join(values)))) for label, values in lists if any(v.strip() for v in values)),
    ]


def _accord(content: FicheContent) -> list[Flowable]:
    told, base = content.information, content.base
    informed = format_date(told.informee_le) if told.informee_le else "non"
    rows: list[Flowable] = [
        *grid((("Informée le" if told.informee_le else "Informée", informed), ("Comment", told.comment))),
        choice("Accord", told.accord, _ACCORDS),
        *grid((("Portée", told.portee),)),
        *grid((("Accord retiré le", format_date(told.retrait_le) if told.retrait_le else ""),)),
    ]
    if told.parents_informes is not None:
        rows.append(choice("Parents informés", told.parents_informes, REPONSES))
        rows += grid((("Pourquoi", told.parents_motif),))
    ground = _BASES[base.base] if base.base else "–"
    rows.append(Row(("Base du partage", text(ground, layout.STRONG))))
    return rows + grid((("Précision", base.precision),))


_SECTIONS: tuple[tuple[str, Callable[[FicheContent], list[Flowable]]], ...] = (
    ("Personne", _personne),
    ("Famille", _foyer),
    ("Autre partie", _autres_parties),
    ("Motif", _motif),
    ("Exposé des faits", _recit),
    ("Évaluation", _evaluation),
    ("Activité, ressources, logement", _situation),
    ("Suivi et démarches", _suivi),
)
