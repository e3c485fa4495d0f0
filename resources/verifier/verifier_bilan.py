#!/usr/bin/env python3
"""Vérifie un bilan ISCG (fichier JSON) sans le programme qui l’a fait : Python 3.11 seul, aucune bibliothèque.

    python3 verifier_bilan.py bilan-2026-T1.json bilan-2026-T2.json bilan-2026-S1.json

Donnez tous les bilans que vous tenez du même coffre : chacun est vérifié seul, puis avec les autres. Réponse : une
ligne ; code 0 si tout est juste, 1 si quelque chose est faux, 2 si l’appel n’est pas compris.

Ce qui est vérifié, dans l’ordre :

1. le fichier est entier et tel qu’il a été écrit (empreinte), et ses pourcentages sont ceux de ses chiffres ;
2. aucun chiffre imprimé n’est sous le seuil, et toutes les sommes de chiffres imprimés tombent juste ;
3. la preuve parle bien de ces chiffres-là : mêmes tableaux, même chiffres, mêmes masques ;
4. elle tient compte de tout ce que chacun sait (la liste est à la fin de ce script) et de rien d’autre ;
5. chaque tableau « fictif » de la preuve redonne tous les chiffres imprimés, toutes les sommes et les relations ;
6. chaque masque (•) vaut le seuil ou davantage dans l’un d’eux : rien de ce qui est imprimé ne le rend petit ;
7. les chiffres des bilans antérieurs que la preuve rappelle sont ceux des fichiers antérieurs que vous tenez.

Ce qui ne peut pas être vérifié ici : que les chiffres imprimés sont vrais. Cela, seul le coffre le sait.
Ni, dans la preuve d’une seule période, quelles communes sont dans un EPCI ; ni pourquoi toutes les croyances (« ? »
dans la liste) sont laissées de côté, ce que le programme fait quand elles rendraient un masque trop étroit.
"""

import hashlib
import itertools
import json
import sys

MASQUE = "•"


class Faux(Exception):
    """Ce qui ne va pas, en une phrase."""


def exige(condition, phrase):
    if not condition:
        raise Faux(phrase)


# 1. Le fichier


def lire(octets):
    """Le document, si personne ne l’a changé depuis qu’il a été écrit."""
    try:
        document = json.loads(octets.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Faux("le fichier est tronqué ou illisible") from None
    exige(isinstance(document, dict) and document.get("format") == "iscg-bilan", "ce n’est pas un bilan ISCG")
    exige(
        document.get("version") == 1 and document.get("menu") == 1,
        "ce bilan est d’une autre version : prenez le vérificateur qui va avec",
    )
    texte = octets.decode("utf-8")
    fin = f',\n "empreinte": {json.dumps(document.get("empreinte"))}\n}}\n'
    exige(texte.endswith(fin), "le fichier n’est plus tel qu’il a été écrit")
    sans = (texte.removesuffix(fin) + "\n}\n").encode("utf-8")
    exige(
        hashlib.sha256(sans).hexdigest() == document["empreinte"],
        "le fichier n’est plus tel qu’il a été écrit",
    )
    return document


def nom(cle):
    """La clé d’une cellule, indépendante de l’ordre des dimensions."""
    return tuple(sorted(cle.items()))


def chiffres(document):
    """Chaque cellule des tableaux et son chiffre, None si elle est masquée."""
    lus = {}
    for tableau in document["tableaux"]:
        attendues = {nom(cle) for cle in cles(tableau["dimensions"]) if not cachee(cle)}
        exige(
            {nom(c["cle"]) for c in tableau["cellules"]} == attendues, f"tableau {tableau['code']} incomplet"
        )
        for cellule in tableau["cellules"]:
            exige(
                ("valeur" in cellule) != (cellule.get("masque") is True),
                "une cellule n’est ni chiffre ni masque",
            )
            place = (tableau["univers"], nom(cellule["cle"]))
            valeur = cellule.get("valeur")
            exige(
                lus.setdefault(place, valeur) == valeur,
                "deux tableaux donnent deux chiffres pour la même cellule",
            )
            exige(valeur is None or entier(valeur) >= document["seuil"], "un chiffre est sous le seuil")
    return lus


def pourcentages(document, lus):
    """Les parts imprimées sont les quotients des chiffres imprimés."""
    for indicateur in document["indicateurs"]:
        haut, bas = ([lus[c["univers"], nom(c["cle"])] for c in indicateur[cote]] for cote in ("haut", "bas"))
        attendue = None
        if None not in haut + bas and sum(bas):
            attendue = (2000 * sum(haut) + sum(bas)) // (2 * sum(bas))
        exige(
            indicateur.get("pour_mille") == attendue,
            f"la part « {indicateur['code']} » n’est pas le bon quotient",
        )


# 2 et 5. Les sommes


def valeurs(dimension):
    """Les réponses d’une question ; à plusieurs réponses, chacune a son « non », jamais imprimé."""
    codes = [v["code"] if isinstance(v, dict) else v for v in dimension["valeurs"]]
    return codes + ["non:" + code for code in codes] if dimension["reponses_multiples"] else codes


def cachee(cle):
    return any(code.startswith("non:") for code in cle.values())


def cles(dimensions):
    """Toutes les clés d’un tableau : le total, les marges, les croisements."""
    choix = [[None, *valeurs(dimension)] for dimension in dimensions]
    for codes in itertools.product(*choix):
        yield {d["code"]: code for d, code in zip(dimensions, codes) if code is not None}


def sommes(dimensions):
    """(total, parties) pour chaque question et chaque cellule des autres questions."""
    for dimension in dimensions:
        autres = [d for d in dimensions if d is not dimension]
        codes = [v["code"] if isinstance(v, dict) else v for v in dimension["valeurs"]]
        facons = [[c, "non:" + c] for c in codes] if dimension["reponses_multiples"] else [codes]
        for cle in cles(autres):
            for parties in facons:
                yield nom(cle), [nom({**cle, dimension["code"]: code}) for code in parties]


def parties_de(periode):
    """2026 = 2026-S1 + 2026-S2 ; 2026-S1 = 2026-T1 + 2026-T2."""
    if periode.endswith(("-S1", "-S2")):
        rang = int(periode[-1])
        return [f"{periode[:-3]}-T{2 * rang - 1}", f"{periode[:-3]}-T{2 * rang}"]
    return [] if "-" in periode or not periode else [f"{periode}-S1", f"{periode}-S2"]


# 4. Ce que chacun sait


def ce_que_chacun_sait():
    """(code, sens, termes, croyance) pour chaque ligne de CONNU ; un terme est (facteur, univers, clé)."""
    for ligne in CONNU.strip().replace("\n    ", " ").splitlines():
        code, _, reste = ligne.removeprefix("? ").partition(" : ")
        sens = "<=" if " <= " in reste else "="
        termes = []
        for facteur, cote in zip((1, -1), reste.split(f" {sens} ")):
            for cellule in cote.split(" + "):
                univers, _, cle = cellule.rstrip("]").partition("[")
                paires = [paire.split("=") for paire in cle.split(",") if paire]
                termes.append((facteur, univers, nom(dict(paires))))
        yield code, sens, frozenset(termes), ligne.startswith("? ")


def peut_tenir(sens, termes, etats):
    """Les chiffres imprimés laissent-ils cette relation possible ?"""
    somme = 0
    for facteur, place in termes:
        if isinstance(etats[place], int):
            somme += facteur * etats[place]
        elif facteur < 0:
            return True
    return sens == "=" or somme <= 0


def verifier_relations(relations, etats):
    """Les relations de la preuve sont celles que chacun sait, à chaque période, et des inclusions du coffre."""
    lues = {(code, sens, constante, frozenset(termes)) for code, sens, constante, termes in relations}
    exige(len(lues) == len(relations), "la preuve compte deux fois une relation")
    generales = {(code, sens, 0, termes, croyance) for code, sens, termes, croyance in ce_que_chacun_sait()}
    dedans = {}
    for code, sens, constante, termes in lues:
        if not code.startswith(("epci:", "regroupement ")):
            continue
        sans_periode = frozenset((facteur, univers, cle) for facteur, (_, univers, cle) in termes)
        generales.add((code, sens, constante, sans_periode, False))
        totaux = [place[1:] for facteur, place in termes if facteur == -1]
        parties = {place[1:] for facteur, place in termes if facteur == 1}
        genre, _, categorie = code.partition(":")
        juste = len(totaux) == 1 and parties and len(parties) + 1 == len(termes) and constante == 0
        juste = juste and (not categorie or totaux[0][1] == ((genre, categorie),))
        juste = juste and all(dedans.setdefault((genre, une), totaux[0]) == totaux[0] for une in parties)
        exige(juste, f"la relation {code} est mal faite")
    attendues, croyances = set(), set()
    for code, sens, constante, termes, croyance in generales:
        for periode in {place[0] for place in etats}:
            ici = frozenset((facteur, (periode, univers, cle)) for facteur, univers, cle in termes)
            if all(place in etats for _, place in ici) and peut_tenir(sens, ici, etats):
                (croyances if croyance else attendues).add((code, sens, constante, ici))
    # Des croyances qui rendraient un masque trop étroit sont laissées de côté, toutes ensemble.
    exige(lues in (attendues, attendues | croyances), "la preuve ne tient pas compte de ce que chacun sait")


# 3 à 6. La preuve


def verifier_preuve(document, lus):
    preuve, periode, k = document["preuve"], document["periode"]["code"], document["seuil"]
    exige(preuve is not None, "le fichier ne porte pas de preuve")
    etats = {(p, univers, nom(cle)): etat for p, univers, cle, etat in preuve["cellules"]}
    places = list(etats)
    exige(len(places) == len(preuve["cellules"]), "la preuve compte deux fois une cellule")
    exige(
        all(etat in (None, MASQUE) or entier(etat) >= 0 for etat in etats.values()),
        "une cellule est mal écrite",
    )
    attendues = {
        (t["periode"], t["univers"], nom(cle)) for t in preuve["tableaux"] for cle in cles(t["dimensions"])
    }
    exige(set(places) == attendues, "la preuve ne compte pas les cellules de ses tableaux")
    for tableau in document["tableaux"]:
        attendu = [
            (d["code"], d["reponses_multiples"], [v["code"] for v in d["valeurs"]])
            for d in tableau["dimensions"]
        ]
        exige(
            any(
                t["periode"] == periode
                and t["univers"] == tableau["univers"]
                and [(d["code"], d["reponses_multiples"], d["valeurs"]) for d in t["dimensions"]] == attendu
                for t in preuve["tableaux"]
            ),
            f"la preuve oublie le tableau {tableau['code']}",
        )
    imprimes = {place[1:]: etat for place, etat in etats.items() if place[0] == periode and etat is not None}
    exige(
        imprimes == {place: MASQUE if valeur is None else valeur for place, valeur in lus.items()},
        "la preuve ne parle pas des chiffres de ce fichier",
    )
    declarees = [
        (code, sens, entier(constante), [(entier(f), places[rang(r)]) for f, r in termes])
        for code, sens, constante, termes in preuve["relations"]
    ]
    verifier_relations(declarees, etats)
    relations = [relation[1:] for relation in declarees]
    for tableau in preuve["tableaux"]:
        for total, parties in sommes(tableau["dimensions"]):
            ici = (tableau["periode"], tableau["univers"])
            relations.append(("=", 0, [(-1, (*ici, total)), *((1, (*ici, partie)) for partie in parties)]))
    for p, univers, cle in places:
        parties = [(q, univers, cle) for q in parties_de(p) if (q, univers, cle) in etats]
        if parties:
            relations.append(("=", 0, [(-1, (p, univers, cle)), *((1, partie) for partie in parties)]))
    inconnues = [place for place in places if not isinstance(etats[place], int)]
    exige(preuve["fictifs"], "la preuve n’a aucun tableau fictif")
    plus_haut = dict.fromkeys(inconnues, 0)
    for fictif in preuve["fictifs"]:
        exige(
            len(fictif) == len(inconnues) and min(map(entier, fictif), default=0) >= 0,
            "un tableau fictif est incomplet",
        )
        complet = {**etats, **dict(zip(inconnues, fictif))}
        for sens, constante, termes in relations:
            somme = sum(facteur * complet[place] for facteur, place in termes)
            exige(
                somme == constante if sens == "=" else somme <= constante,
                "un tableau fictif contredit les chiffres imprimés",
            )
        for place, valeur in zip(inconnues, fictif):
            plus_haut[place] = max(plus_haut[place], valeur)
    for place in inconnues:
        exige(etats[place] != MASQUE or plus_haut[place] >= k, "un masque n’est jamais montré au seuil")
    return etats, len(preuve["fictifs"])


def rang(valeur):
    exige(entier(valeur) >= 0, "une relation est mal écrite")
    return valeur


def entier(valeur):
    exige(type(valeur) is int, "un nombre entier était attendu")
    return valeur


# 7. Les fichiers ensemble


def verifier(contenus):
    """Vérifie des fichiers du même coffre ; rend le nombre de masques et de tableaux fictifs.

    Un bilan remis deux fois avec les mêmes chiffres ne se contredit pas.
    """
    lus, periodes, masques, fictifs = {}, {}, 0, 0
    for octets in contenus:
        document = lire(octets)
        exige(
            len({d["coffre"] for d, _ in lus.values()} | {document["coffre"]}) == 1,
            "ces bilans ne viennent pas du même coffre",
        )
        code, siens = document["periode"]["code"], chiffres(document)
        tenus = periodes.setdefault(code, set())
        exige(
            all(lus[autre][1] == siens for autre in tenus),
            f"deux bilans différents de la même période ({code})",
        )
        sha256 = hashlib.sha256(octets).hexdigest()
        tenus.add(sha256)
        lus[sha256] = (document, siens)
    for document, siens in lus.values():
        pourcentages(document, siens)
        etats, nombre = verifier_preuve(document, siens)
        masques, fictifs = masques + sum(v is None for v in siens.values()), fictifs + nombre
        for avant in document["preuve"]["predecesseurs"]:
            tenus = periodes.get(avant["periode"])
            if tenus is None:
                continue
            exige(
                avant["sha256"] in tenus,
                f"le bilan {avant['periode']} n’est pas celui que connaît un bilan suivant",
            )
            for (univers, cle), valeur in lus[avant["sha256"]][1].items():
                etat = etats.get((avant["periode"], univers, cle))
                exige(
                    etat == (MASQUE if valeur is None else valeur),
                    f"un bilan rappelle mal les chiffres du bilan {avant['periode']}",
                )
        rappelees = {
            p for (p, _, _), etat in etats.items() if etat == MASQUE or (isinstance(etat, int) and etat)
        }
        connues = {document["periode"]["code"], *(a["periode"] for a in document["preuve"]["predecesseurs"])}
        exige(rappelees <= connues, "la preuve rappelle un bilan qu’elle ne nomme pas")
    return masques, fictifs


def main(noms):
    if not noms:
        print("Usage : python3 verifier_bilan.py FICHIER.json [FICHIER.json…]", file=sys.stderr)
        return 2
    try:
        contenus = []
        for fichier in noms:
            with open(fichier, "rb") as ouvert:
                contenus.append(ouvert.read())
        masques, fictifs = verifier(contenus)
    except OSError as erreur:
        print(f"Le fichier « {erreur.filename} » ne s’ouvre pas.", file=sys.stderr)
        return 2
    except Faux as faux:
        print(f"Faux : {faux}.")
        return 1
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError):
        print("Faux : le fichier n’a pas la forme d’un bilan.")
        return 1
    print(
        f"Juste : {len(contenus)} bilan(s), {masques} masques ;"
        f" {fictifs} tableaux fictifs redonnent les mêmes chiffres."
    )
    return 0


# Ce que chacun sait des chiffres d’une même période, pour le menu 1 ; « ? » : ce que l’on croit, sauf exceptions.
CONNU = """
dossiers_au_plus_accueils : dossiers <= accueils
? dossiers_au_plus_entretiens : dossiers <= entretiens
? dossiers_au_plus_saisines : dossiers <= saisines
? fiches_au_plus_orientations : fiches <= orientations
? retours_au_plus_fiches : retours <= fiches
? suivis_connus : accueils[suivi=oui] <= accueils[connu=connu]
? dossiers_au_plus_accueils_par_famille:intrafamilial : dossiers[principale=intrafamilial] <=
    accueils[principale=intrafamilial]
? dossiers_au_plus_accueils_par_famille:enfance_jeunesse : dossiers[principale=enfance_jeunesse] <=
    accueils[principale=enfance_jeunesse]
? dossiers_au_plus_accueils_par_famille:autres_violences : dossiers[principale=autres_violences] <=
    accueils[principale=autres_violences]
? dossiers_au_plus_accueils_par_famille:voisinage : dossiers[principale=voisinage] <=
    accueils[principale=voisinage]
? dossiers_au_plus_accueils_par_famille:vulnerabilite : dossiers[principale=vulnerabilite] <=
    accueils[principale=vulnerabilite]
? dossiers_au_plus_accueils_par_famille:precarite : dossiers[principale=precarite] <=
    accueils[principale=precarite]
? dossiers_au_plus_accueils_par_famille:sante : dossiers[principale=sante] <= accueils[principale=sante]
? dossiers_au_plus_accueils_par_famille:radicalisation : dossiers[principale=radicalisation] <=
    accueils[principale=radicalisation]
? dossiers_au_plus_accueils_par_famille:autre : dossiers[principale=autre] <= accueils[principale=autre]
? dossiers_au_plus_accueils_par_famille:non_renseigne : dossiers[principale=non_renseigne] <=
    accueils[principale=non_renseigne]
premieres_parmi_orientations : premieres <= orientations[partenaire=secteur]
? premieres_au_plus_accueils : premieres <= accueils
? premieres_connu_au_plus_accueils:inconnu : premieres[connu=inconnu] <= accueils[connu=inconnu]
? premieres_connu_au_plus_accueils:connu : premieres[connu=connu] <= accueils[connu=connu]
? premieres_connu_au_plus_accueils:non_renseigne : premieres[connu=non_renseigne] <=
    accueils[connu=non_renseigne]
engagements_parmi_suites : engagements <= suites[suite=accompagnement_engage]
? engagements_au_plus_orientations : engagements <= orientations
? engagements_suivi_au_plus_accueils:non : engagements[suivi=non] <= accueils[suivi=non]
? engagements_suivi_au_plus_accueils:oui : engagements[suivi=oui] <= accueils[suivi=oui]
? engagements_suivi_au_plus_accueils:non_renseigne : engagements[suivi=non_renseigne] <=
    accueils[suivi=non_renseigne]
? remises_au_plus_fiches : remises <= fiches
? retours_au_plus_remises : retours <= remises
demande_au_moins_une : accueils <= accueils[demande=ecoute] + accueils[demande=information_droits] +
    accueils[demande=hebergement] + accueils[demande=aide_plainte] + accueils[demande=aide_financiere] +
    accueils[demande=mediation] + accueils[demande=aide_educative] + accueils[demande=sante] +
    accueils[demande=autre] + accueils[demande=non_renseigne]
demande_non_renseignee_seule:ecoute : accueils[demande=ecoute] + accueils[demande=non_renseigne] <= accueils
demande_non_renseignee_seule:information_droits : accueils[demande=information_droits] +
    accueils[demande=non_renseigne] <= accueils
demande_non_renseignee_seule:hebergement : accueils[demande=hebergement] + accueils[demande=non_renseigne]
    <= accueils
demande_non_renseignee_seule:aide_plainte : accueils[demande=aide_plainte] + accueils[demande=non_renseigne]
    <= accueils
demande_non_renseignee_seule:aide_financiere : accueils[demande=aide_financiere] +
    accueils[demande=non_renseigne] <= accueils
demande_non_renseignee_seule:mediation : accueils[demande=mediation] + accueils[demande=non_renseigne] <=
    accueils
demande_non_renseignee_seule:aide_educative : accueils[demande=aide_educative] +
    accueils[demande=non_renseigne] <= accueils
demande_non_renseignee_seule:sante : accueils[demande=sante] + accueils[demande=non_renseigne] <= accueils
demande_non_renseignee_seule:autre : accueils[demande=autre] + accueils[demande=non_renseigne] <= accueils
reponse_au_moins_une : accueils <= accueils[reponse=accueil] + accueils[reponse=ecoute_active] +
    accueils[reponse=soutien_moral] + accueils[reponse=evaluation] + accueils[reponse=information_droits] +
    accueils[reponse=aide_aux_demarches] + accueils[reponse=orientation] + accueils[reponse=mediation] +
    accueils[reponse=acte_educatif] + accueils[reponse=conseil_technique] +
    accueils[reponse=accompagnement_physique] + accueils[reponse=mise_a_l_abri] +
    accueils[reponse=visite_a_domicile] + accueils[reponse=non_renseigne]
reponse_non_renseignee_seule:accueil : accueils[reponse=accueil] + accueils[reponse=non_renseigne] <=
    accueils
reponse_non_renseignee_seule:ecoute_active : accueils[reponse=ecoute_active] +
    accueils[reponse=non_renseigne] <= accueils
reponse_non_renseignee_seule:soutien_moral : accueils[reponse=soutien_moral] +
    accueils[reponse=non_renseigne] <= accueils
reponse_non_renseignee_seule:evaluation : accueils[reponse=evaluation] + accueils[reponse=non_renseigne] <=
    accueils
reponse_non_renseignee_seule:information_droits : accueils[reponse=information_droits] +
    accueils[reponse=non_renseigne] <= accueils
reponse_non_renseignee_seule:aide_aux_demarches : accueils[reponse=aide_aux_demarches] +
    accueils[reponse=non_renseigne] <= accueils
reponse_non_renseignee_seule:orientation : accueils[reponse=orientation] + accueils[reponse=non_renseigne]
    <= accueils
reponse_non_renseignee_seule:mediation : accueils[reponse=mediation] + accueils[reponse=non_renseigne] <=
    accueils
reponse_non_renseignee_seule:acte_educatif : accueils[reponse=acte_educatif] +
    accueils[reponse=non_renseigne] <= accueils
reponse_non_renseignee_seule:conseil_technique : accueils[reponse=conseil_technique] +
    accueils[reponse=non_renseigne] <= accueils
reponse_non_renseignee_seule:accompagnement_physique : accueils[reponse=accompagnement_physique] +
    accueils[reponse=non_renseigne] <= accueils
reponse_non_renseignee_seule:mise_a_l_abri : accueils[reponse=mise_a_l_abri] +
    accueils[reponse=non_renseigne] <= accueils
reponse_non_renseignee_seule:visite_a_domicile : accueils[reponse=visite_a_domicile] +
    accueils[reponse=non_renseigne] <= accueils
delais_le_jour_meme : dossiers[delai_entretien=jour_meme] <= dossiers[delai_contact=jour_meme]
delais_en_3_jours : dossiers[delai_entretien=jour_meme] + dossiers[delai_entretien=1_3_jours] <=
    dossiers[delai_contact=jour_meme] + dossiers[delai_contact=1_3_jours]
delais_de_plus_de_7_jours : dossiers[delai_contact=8_30_jours] + dossiers[delai_contact=plus_30_jours] <=
    dossiers[delai_entretien=8_30_jours] + dossiers[delai_entretien=plus_30_jours]
delais_de_plus_de_30_jours : dossiers[delai_contact=plus_30_jours] <=
    dossiers[delai_entretien=plus_30_jours]
delais_inconnus_ensemble : dossiers[delai_contact=non_renseigne] <= dossiers[delai_entretien=non_renseigne]
delais_connus_ensemble : dossiers[delai_entretien=non_renseigne] <= dossiers[delai_contact=non_renseigne]
? minima_majeurs_detail : accueils[minima=minima_sociaux] <= accueils[tranche_age=18_24] +
    accueils[tranche_age=25_34] + accueils[tranche_age=35_44] + accueils[tranche_age=45_54] +
    accueils[tranche_age=55_64] + accueils[tranche_age=65_74] + accueils[tranche_age=75_plus] +
    accueils[tranche_age=non_renseigne]
? ressources_majeurs_detail : accueils[minima=minima_sociaux] + accueils[minima=autres] <=
    accueils[tranche_age=18_24] + accueils[tranche_age=25_34] + accueils[tranche_age=35_44] +
    accueils[tranche_age=45_54] + accueils[tranche_age=55_64] + accueils[tranche_age=65_74] +
    accueils[tranche_age=75_plus] + accueils[tranche_age=non_renseigne]
? minima_majeurs : accueils[minima=minima_sociaux] <= accueils[age_4=18_64] + accueils[age_4=65_plus] +
    accueils[age_4=non_renseigne]
? ressources_majeurs : accueils[minima=minima_sociaux] + accueils[minima=autres] <= accueils[age_4=18_64] +
    accueils[age_4=65_plus] + accueils[age_4=non_renseigne]
age_4:moins_13 : accueils[tranche_age=moins_13] = accueils[age_4=moins_13]
age_4:13_17 : accueils[tranche_age=13_17] = accueils[age_4=13_17]
age_4:18_64 : accueils[tranche_age=18_24] + accueils[tranche_age=25_34] + accueils[tranche_age=35_44] +
    accueils[tranche_age=45_54] + accueils[tranche_age=55_64] = accueils[age_4=18_64]
age_4:65_plus : accueils[tranche_age=65_74] + accueils[tranche_age=75_plus] = accueils[age_4=65_plus]
age_4:non_renseigne : accueils[tranche_age=non_renseigne] = accueils[age_4=non_renseigne]
principale:intrafamilial : dossiers[principale_detail=violences_conjugales_physiques] +
    dossiers[principale_detail=violences_conjugales_verbales] +
    dossiers[principale_detail=violences_conjugales_psychologiques] +
    dossiers[principale_detail=violences_conjugales_sexuelles] +
    dossiers[principale_detail=violences_conjugales_economiques] +
    dossiers[principale_detail=violences_conjugales] + dossiers[principale_detail=conflit_conjugal] +
    dossiers[principale_detail=separation_conflictuelle] + dossiers[principale_detail=conflit_familial] +
    dossiers[principale_detail=violences_sur_ascendant] + dossiers[principale_detail=violences_sur_mineur] +
    dossiers[principale_detail=non_representation] + dossiers[principale_detail=abandon_de_domicile] =
    dossiers[principale=intrafamilial]
principale:enfance_jeunesse : dossiers[principale_detail=mineur_en_danger] +
    dossiers[principale_detail=difficultes_educatives] + dossiers[principale_detail=fugue] +
    dossiers[principale_detail=desocialisation] + dossiers[principale_detail=violence_scolaire] =
    dossiers[principale=enfance_jeunesse]
principale:autres_violences : dossiers[principale_detail=violences_sexuelles_hors_famille] +
    dossiers[principale_detail=violences_physiques_hors_famille] + dossiers[principale_detail=harcelement] +
    dossiers[principale_detail=menaces] + dossiers[principale_detail=vol_escroquerie] =
    dossiers[principale=autres_violences]
principale:voisinage : dossiers[principale_detail=conflit_de_voisinage] = dossiers[principale=voisinage]
principale:vulnerabilite : dossiers[principale_detail=personne_agee_isolee] +
    dossiers[principale_detail=perte_d_autonomie] + dossiers[principale_detail=maltraitance_majeur] +
    dossiers[principale_detail=handicap] = dossiers[principale=vulnerabilite]
principale:precarite : dossiers[principale_detail=sans_domicile] +
    dossiers[principale_detail=expulsion_rupture] + dossiers[principale_detail=difficultes_financieres] +
    dossiers[principale_detail=acces_aux_droits] = dossiers[principale=precarite]
principale:sante : dossiers[principale_detail=troubles_psychiques] + dossiers[principale_detail=alcool] +
    dossiers[principale_detail=stupefiants] + dossiers[principale_detail=risque_suicidaire] +
    dossiers[principale_detail=ivresse_publique] = dossiers[principale=sante]
principale:radicalisation : dossiers[principale_detail=radicalisation] = dossiers[principale=radicalisation]
principale:autre : dossiers[principale_detail=autre] = dossiers[principale=autre]
principale:non_renseigne : dossiers[principale_detail=non_renseigne] = dossiers[principale=non_renseigne]
conjoint:oui : entretiens[mode=conjoint] = entretiens[conjoint=oui]
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
