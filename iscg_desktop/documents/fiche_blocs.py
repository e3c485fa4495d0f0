"""The sections of a printed fiche, in the order in which a recipient reads them; what is empty is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Paragraph, Spacer

from iscg_desktop.documents import fonts, layout, signs
from iscg_desktop.documents.layout import Banner, Box, Columns, Row, grid, paragraphs, section, text, together
from iscg_desktop.domain.dates import format_date, format_date_courte
from iscg_desktop.domain.fiche_liaison import FicheContent
from iscg_desktop.domain.fiche_sections import (
    Accord,
    Base,
    Canal,
    MentionSecret,
    Reponse,
    TypeFiche,
    Urgence,
)

_Choice = TypeVar("_Choice", bound=StrEnum)

_TYPES = {
    TypeFiche.EVALUATION: "Demande d’évaluation",
    TypeFiche.RELAIS: "Passage de relais",
    TypeFiche.INFORMATION: "Pour information",
}
_URGENCES = {
    Urgence.IMMEDIATE: "Immédiate",
    Urgence.SOUS_48H: "Sous 48\u00a0h",
    Urgence.DIFFEREE: "Différée",
}
_CANAUX = {
    Canal.MAIN_PROPRE: "En main propre",
    Canal.COURRIER: "Par courrier",
    Canal.COURRIEL_CHIFFRE: "Par courriel chiffré",
}
_ACCORDS = {Accord.OUI: "oui", Accord.NON: "non", Accord.NON_RECUEILLI: "non recueilli"}
_REPONSES = {Reponse.OUI: "oui", Reponse.NON: "non", Reponse.INCONNU: "inconnu"}
_BASES = {
    Base.ACCORD: "Accord de la personne",
    Base.PROTECTION_ENFANCE: "Protection de l’enfance (article L226-2-2 du code de l’action sociale et des familles)",
    Base.URGENCE_DANGER: "Urgence ou danger",
    Base.AUTRE: "Autre",
}
_MENTIONS = {
    MentionSecret.PROFESSION: "Secret professionnel tenu par profession"
    " (articles L411-3 du code de l’action sociale et des familles et 226-13 du code pénal).",
    MentionSecret.MISSION: "Secret professionnel tenu par mission ou fonction (article 226-13 du code pénal).",
}
_ARTICLE_40 = "Agent public, soumis à l’article 40 du code de procédure pénale."
_CAUTION = "Un appel ou un courrier imprudent peut mettre la personne en danger. N’employer que ce qui est écrit ici."
_NO_SAFE_CONTACT = "Aucun moyen sûr de joindre la personne n’est transmis\u00a0: passer par l’émetteur."
_CARE = (
    "Remis au seul destinataire nommé, tenu au secret\u00a0: ne pas copier, ne pas transmettre sans l’accord de"
    " l’émetteur, ne pas laisser à portée de l’entourage. La personne peut demander à lire ce qui la concerne."
)
_NAMES = dict.fromkeys(("Nom d’usage", "Nom de naissance", "Prénom"), layout.style(11.5, bold=True))
_LONGEST_LABEL = 40
_CHOICE = layout.style(11, leading=layout.BODY.leading)
_MOTIF = layout.style(10.5, bold=True, indent=layout.LABEL_WIDTH, after=3)


def story(
    content: FicheContent, version: int, remplace: str, logo: ImageReader | None, coupon: Flowable
) -> list[Flowable]:
    """All the blocks of a fiche."""
    blocks: list[Flowable] = [
        Head(content.etablie_le, version, remplace, logo),
        *_alert(content),
        Request(content),
        Spacer(0, 12),
        *_parties(content),
    ]
    for title, build in _SECTIONS:
        blocks += section(title, build(content))
    last = section("Information et accord de la personne", _accord(content))
    last += [Spacer(0, 10), text(_CARE, layout.SMALL), Spacer(0, 4), coupon]
    return [*blocks, *together(last)]


class Head(Flowable):  # type: ignore[misc]
    """Title, day and version of the fiche, beside the logo of the employer."""

    _LOGO_WIDTH, _LOGO_HEIGHT = 110.0, 40.0

    def __init__(self, day: date | None, version: int, remplace: str, logo: ImageReader | None) -> None:
        super().__init__()
        self._day = f"Établie le {format_date(day)}" if day else ""
        self._version = f"Version {version}, remplace et annule la fiche {remplace}" if remplace else ""
        self._logo = logo

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:  # noqa: D102
        self.width, self.height = available_width, 62.0 if self._version else 48.0
        return self.width, self.height

    def draw(self) -> None:  # noqa: D102
        self.canv.setFillColor(layout.INK)
        self.canv.setFont(fonts.SEMIBOLD, 22)
        self.canv.drawString(0, self.height - 22, "Fiche de liaison")
        self.canv.setFont(fonts.REGULAR, 10)
        self.canv.drawString(0, self.height - 38, self._day)
        self.canv.setFont(fonts.SEMIBOLD, 10)
        self.canv.drawString(0, self.height - 52, self._version)
        if self._logo is not None:
            wide, tall = self._logo.getSize()
            scale = min(self._LOGO_WIDTH / wide, self._LOGO_HEIGHT / tall)
            x, y = self.width - wide * scale, self.height - tall * scale
            self.canv.drawImage(self._logo, x, y, wide * scale, tall * scale, mask="auto")


class Request(Flowable):  # type: ignore[misc]
    """What is asked, how urgent it is, how the sheet is handed over: three cells under one another's labels."""

    def __init__(self, content: FicheContent) -> None:
        super().__init__()
        urgence, canal = content.urgence, content.destinataire.canal
        self._cells = (
            ("Objet", _TYPES[content.type] if content.type else "–", False),
            ("Urgence", _URGENCES[urgence] if urgence else "–", urgence is Urgence.IMMEDIATE),
            ("Remise", _CANAUX[canal] if canal else "–", False),
        )

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:  # noqa: D102
        self.width, self.height = available_width, 36.0
        return self.width, self.height

    def draw(self) -> None:  # noqa: D102
        third = self.width / 3
        self.canv.setLineWidth(0.8)
        self.canv.setStrokeColor(layout.INK)
        for place, (label, value, strong) in enumerate(self._cells):
            x = place * third
            if strong:
                self.canv.setFillColor(layout.INK)
                self.canv.rect(x, 0, third, self.height, fill=1, stroke=0)
            elif place:
                self.canv.line(x, 0, x, self.height)
            self.canv.setFillColor(layout.WHITE if strong else layout.INK)
            self.canv.setFont(fonts.REGULAR, 8.2)
            self.canv.drawString(x + 8, self.height - 12.5, label)
            self.canv.setFont(fonts.SEMIBOLD, 12)
            self.canv.drawString(x + 8, 8.5, value)
        self.canv.rect(0, 0, self.width, self.height)


def _alert(content: FicheContent) -> list[Flowable]:
    if not content.alerte:
        return []
    words: list[Flowable] = [text("ALERTE", layout.style(13, bold=True, leading=17))]
    if content.alerte_motif.strip():
        words.append(text(content.alerte_motif, layout.style(10)))
    return [Box(words, line=2, padding=6, sign=signs.warning, sign_size=30), Spacer(0, 8)]


def _parties(content: FicheContent) -> list[Flowable]:
    sender, recipient = content.emetteur, content.destinataire
    mention = _MENTIONS[sender.mention_secret]
    if sender.article_40:
        mention = f"{mention} {_ARTICLE_40}"
    reach = " · ".join(each for each in (sender.telephone.strip(), sender.courriel.strip()) if each)
    left = _lines("Émetteur", sender.nom, (sender.qualite, sender.employeur, sender.unite, reach))
    left += [Spacer(0, 2), text(mention, layout.SMALL)]
    right = _lines(
        "Destinataire", recipient.service, (recipient.personne, recipient.adresse, recipient.courriel)
    )
    return [Columns(left, right)] if Columns.fits(left, right) else [*left, Spacer(0, 8), *right]


def _lines(label: str, strong: str, others: Sequence[str]) -> list[Flowable]:
    return [text(label, layout.LABEL), text(strong, layout.style(10.5, bold=True))] + [
        text(each) for each in others if each.strip()
    ]


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
        rows.append(_someone(each.lien or "Membre du foyer", each.designation, each.age, each.precision))
    rows += grid((("École", school.etablissement), ("Classe", school.classe)))
    for place, parent in enumerate(content.parents, start=1):
        who = f"{parent.prenom} {parent.nom}"
        lien = f"Parent {place}" + (f" ({parent.lien})" if parent.lien.strip() else "")
        rows.append(_someone(lien, who, parent.telephone, parent.adresse, parent.precision))
    return rows


def _autres_parties(content: FicheContent) -> list[Flowable]:
    return [
        _someone(
            each.lien or "Autre personne", f"{each.prenom} {each.nom}", each.age, each.adresse, each.precision
        )
        for each in content.autres_parties
    ]


def _someone(label: str, *facts: str) -> Row:
    # A label stands in a narrow column: what is long belongs with the facts.
    known = facts if len(label) <= _LONGEST_LABEL else (label, *facts)
    words = ", ".join(each.strip() for each in known if each.strip())
    return Row((label[:1].upper() + label[1:] if len(label) <= _LONGEST_LABEL else "", text(words)))


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
            _choice("Grille de danger", found.grille_danger, _REPONSES, "Remplie par les forces de l’ordre")
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
        _choice("Accord", told.accord, _ACCORDS),
        *grid((("Portée", told.portee),)),
        *grid((("Accord retiré le", format_date(told.retrait_le) if told.retrait_le else ""),)),
    ]
    if told.parents_informes is not None:
        rows.append(_choice("Parents informés", told.parents_informes, _REPONSES))
        rows += grid((("Pourquoi", told.parents_motif),))
    ground = _BASES[base.base] if base.base else "–"
    rows.append(Row(("Base du partage", text(ground, layout.STRONG))))
    return rows + grid((("Précision", base.precision),))


def _choice(label: str, chosen: _Choice, words: Mapping[_Choice, str], question: str = "") -> Row:
    """All the answers, the chosen one ticked and bold: « ☑ oui   ☐ non »."""
    answers = [
        f"☑\u00a0{_sized(word, fonts.SEMIBOLD)}"
        if each == chosen
        else f"☐\u00a0{_sized(word, fonts.REGULAR)}"
        for each, word in words.items()
    ]
    start = [_sized(f"{question}\u00a0:", fonts.REGULAR)] if question else []
    # Ordinary spaces would be drawn together.
    return Row((label, Paragraph("\u00a0\u00a0\u00a0 ".join([*start, *answers]), _CHOICE)))


def _sized(words: str, font: str) -> str:
    """Our own words at the size of the body, beside boxes that are larger."""
    return f'<font name="{font}" size="{layout.BODY.fontSize}">{words}</font>'


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
