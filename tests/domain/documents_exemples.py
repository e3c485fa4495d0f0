"""Contents of documents used by several tests; every name is fictitious."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from iscg_desktop.domain.document import Concerne, DocumentContent, Fait, Responsable, Source
from iscg_desktop.domain.fiche_sections import (
    Canal,
    Destinataire,
    Diplome,
    Emetteur,
    Employeur,
    Reponse,
    Urgence,
)
from iscg_desktop.domain.mentions import Fondement, TypeDocument
from tests.domain.fiche_exemples import MINIMALE, TODAY

ENFANT = Concerne(prenom="Léo", nom="Lœil", naissance="02/05/2018 (8 ans)", ecole="École des Tilleuls, CE2")

IP = DocumentContent(
    document=TypeDocument.INFORMATION_PREOCCUPANTE,
    etablie_le=TODAY,
    emetteur=replace(MINIMALE.emetteur, adresse="1 place du Marché"),
    destinataire=Destinataire(service="CRIP 08", canal=Canal.MAIN_PROPRE),
    urgence=Urgence.SOUS_48H,
    mineurs=True,
    concernes=(ENFANT,),
    responsables=(Responsable(lien="Mère", prenom="Anaïs", nom="Lœil", autorite=Reponse.OUI),),
    connaissance="Saisine du 12 novembre 2026 (Gendarmerie).",
    faits=(
        Fait(quand="12 novembre 2026", source=Source.VU, texte="Léo garde son manteau et se tait."),
        Fait(quand="le 11 au soir", source=Source.DIT_PAR, qui="Mme Lœil", texte="La porte a été cassée."),
    ),
    danger="Léo assiste à des violences répétées.",
    deja_fait="Deux entretiens avec la mère.",
    demande="Évaluer la situation de l’enfant.",
    informes=Reponse.NON,
    informes_motif="L’informer exposerait l’enfant.",
    base=Fondement.PROTECTION_ENFANCE,
)
SIGNALEMENT = replace(
    IP,
    document=TypeDocument.SIGNALEMENT,
    mineurs=False,
    concernes=(Concerne(prenom="Yvonne", nom="Tanguy", naissance="1941 (environ 85 ans)"),),
    responsables=(),
    base=Fondement.PERSONNE_SANS_DEFENSE,
)
NOTE = DocumentContent(
    document=TypeDocument.NOTE_INFORMATION,
    etablie_le=TODAY,
    emetteur=IP.emetteur,
    personne="Nadia Lambert",
    duree_mois=24,
    dpo="Délégation aux données\n8 rue Haute",
)
ALL = (IP, SIGNALEMENT, NOTE)


def emetteurs() -> st.SearchStrategy[Emetteur]:
    """Every diploma, every employer, known or not, who recalls article 40 or not."""
    return st.builds(
        Emetteur,
        nom=st.just("Claire Duval"),
        employeur=st.just("Un employeur"),
        diplome=st.sampled_from(Diplome),
        nature_employeur=st.none() | st.sampled_from(Employeur),
        rappeler_article_40=st.booleans(),
    )
