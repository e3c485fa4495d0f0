"""Invented people, places and sentences of the demonstration; any resemblance is an accident."""

from __future__ import annotations

PRENOMS_FEMME = (
    "Anaïs", "Maëlle", "Zoé", "Hélène", "Chloé", "Noémie", "Léa", "Inès", "Fatoumata", "Gwenaëlle", "Soizic",
    "Émilie", "Océane", "Nadège", "Yasmina", "Françoise", "Marie-Thérèse", "Solène", "Ludivine", "Aïcha",
    "Bérénice", "Camille", "Daphné", "Élodie", "Gaëlle", "Héloïse", "Jeanne", "Katell", "Lucienne", "Mélissa",
    "Oksana", "Perrine", "Raphaëlle", "Séverine", "Tiphaine", "Valérie", "Ximena", "Yvonne", "Danièle", "Ewa",
)  # fmt: skip

PRENOMS_HOMME = (
    "Loïc", "Gaël", "Jérôme", "Théo", "Noël", "Mickaël", "François", "Yann", "Rémi", "Grégory", "Kévin", "Hervé",
    "Mamadou", "Jean-Baptiste", "Étienne", "Raphaël", "Benoît", "Cédric", "Amaury", "Brieuc", "Erwan", "Félix",
    "Gérard", "Hugo", "Ismaël", "Léo", "Mathéo", "Nolan", "Ronan", "Sacha", "Tugdual", "Victor", "Youssef", "Zéphyr",
)  # fmt: skip

NOMS = (
    "Le Péron", "Kerdoncuff", "Lœillet", "Abgrall", "Bréhat", "Cœuret", "Daëron", "d’Argoat", "Fontenelle",
    "Guéguenou", "Hébert-Morvan", "Illien", "Jézéquélou", "Kerambrun", "L’Hostis", "Maupertuis", "N’Diayère",
    "Ozanne", "Penvern", "Quéméneur", "Riouallon", "Saint-Yvi", "Tréguier", "Urvoaz", "Vallérand", "Yvenat",
    "Zélandais", "Boisgontier", "Çelikou", "Drouadaine", "Étiennoul", "Ferchaud", "Gracineau", "Houssepian",
    "Joubaire", "Lagadeuc", "Moisdonne", "Nantillais", "Olivette", "Perrigault", "Rocheferme", "Szczepanik",
    "Trémaudan", "Vieuxpont", "Da Silveira", "El Mansourou", "Ben Youssoufa", "van Kerckhove", "Öztürkan",
)  # fmt: skip

RUES = (
    "rue des Tilleuls", "impasse du Four", "allée des Genêts", "rue du Lavoir", "lieu-dit la Ville Neuve",
    "rue de la Gare", "place du Marché", "chemin de la Lande", "résidence les Ajoncs", "rue des Forges",
)  # fmt: skip

# Weight of each unité in the year: unequal, as in a real département.
UNITES = (
    ("Brigade de Saint-Aubin", "gendarmerie", "brigade", 27),
    ("Brigade de Vallière", "gendarmerie", "brigade", 20),
    ("Brigade de Kergoat", "gendarmerie", "brigade", 15),
    ("Brigade autonome de la Côte", "gendarmerie", "brigade_autonome", 12),
    ("Communauté de brigades du Bocage", "gendarmerie", "cob", 10),
    ("Brigade de Montfermé", "gendarmerie", "brigade", 7),
    ("Maison de protection des familles", "gendarmerie", "mpf", 5),
    ("Brigade de Roc-Trévez", "gendarmerie", "brigade", 4),
)

# Name, type, street, town, person met, her function, weight among the orientations.
PARTENAIRES = (
    ("CDAS de Vallière", "service_social_secteur", "3 rue des Tilleuls", "Vallière",
     "Jocelyne Abgrall", "assistante sociale", 30),
    ("CDAS de la Côte", "service_social_secteur", "12 quai du Port", "La Côte",
     "Nadège Illien", "assistante sociale", 14),
    ("France Victimes (antenne fictive)", "aide_victimes", "5 place du Marché", "Saint-Aubin",
     "Hervé Ozanne", "juriste", 14),
    ("CIDFF (antenne fictive)", "cidff", "8 rue de la Gare", "Saint-Aubin", "Solène Daëron", "conseillère", 10),
    ("CCAS de Saint-Aubin", "ccas", "1 place de la Mairie", "Saint-Aubin", "Benoît Ferchaud", "responsable", 8),
    ("SIAO fictif", "siao_115", "20 rue du Lavoir", "Montfermé", "", "", 6),
    ("Centre médico-psychologique de Kergoat", "cmp", "2 allée des Genêts", "Kergoat",
     "Dr Ronan Tréguier", "psychiatre", 6),
    ("Protection de l’enfance, secteur est", "protection_enfance", "14 rue des Forges", "Vallière",
     "Perrine Yvenat", "éducatrice", 8),
    ("Point-justice de Montfermé", "justice", "4 rue du Tribunal", "Montfermé", "", "", 4),
)  # fmt: skip

# By famille of the principale: what the intervenant might write, facts only.
RECITS = {
    "intrafamilial": (
        "{qui} relate une dispute qui a dégénéré au domicile, en présence des enfants, et envisage une séparation.",
        "{qui} évoque des conflits répétés depuis plusieurs mois et ne souhaite pas déposer plainte à ce jour.",
        "À la suite de la séparation, {qui} décrit des difficultés pour le droit de visite.",
    ),
    "precarite": (
        "{qui} a reçu un commandement de quitter les lieux. La situation budgétaire est à évaluer.",
        "{qui} est hébergée chez un tiers depuis trois semaines. Une demande auprès du SIAO est engagée.",
    ),
    "vulnerabilite": (
        "{qui} vit seule et sort peu. Les voisins s’inquiètent. Une évaluation à domicile paraît utile.",
        "La perte d’autonomie de {qui} rend le retour au domicile difficile sans aide. La famille est informée.",
    ),
    "autre": (
        "{qui} demande à être orientée dans ses démarches. Les droits et la procédure lui ont été expliqués.",
        "{qui} a été reçue à la demande de l’unité. Un relais vers un service adapté est proposé.",
    ),
}

MOTIFS = (
    "Évaluation globale de la situation", "Accès aux droits et soutien dans les démarches",
    "Accompagnement dans la séparation", "Recherche d’un hébergement", "Soutien à la parentalité",
    "Soutien psychologique",
)  # fmt: skip

BESOINS = (
    "Être accompagnée dans les démarches de séparation.", "Faire le point sur les droits et le budget.",
    "Une solution d’hébergement à court terme.", "Un soutien dans la durée, à évaluer au domicile.",
)  # fmt: skip

RESSOURCES = (
    "Une sœur peut l’héberger quelques jours.", "Elle a conservé son emploi et peut se déplacer.",
    "Elle est entourée par sa famille.", "Un suivi médical est en place.",
)  # fmt: skip
