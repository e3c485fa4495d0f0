#!/usr/bin/env python3
"""Vérifie un bilan ISCG (fichier JSON) sans le programme qui l’a fait : Python 3.11 seul, aucune bibliothèque.

    python3 verifier_bilan.py bilan-2026-T1.json bilan-2026-T2.json bilan-2026-S1.json

Donnez tous les bilans que vous tenez du même coffre : chacun est vérifié seul, puis avec les autres. Réponse : une
ligne ; code 0 si tout est juste, 1 si quelque chose est faux, 2 si l’appel n’est pas compris.

Ce qui est vérifié, dans l’ordre :

1. le fichier est entier et tel qu’il a été écrit (empreinte), et ses pourcentages sont ceux de ses chiffres ;
2. aucun chiffre imprimé n’est sous le seuil, et toutes les sommes de chiffres imprimés tombent juste ;
3. la preuve parle bien de ces chiffres-là : mêmes tableaux, même chiffres, mêmes masques ;
4. chaque tableau « fictif » de la preuve redonne tous les chiffres imprimés, toutes les sommes et les relations ;
5. chaque masque (•) vaut le seuil ou davantage dans l’un d’eux : rien de ce qui est imprimé ne le rend petit ;
6. les chiffres des bilans antérieurs que la preuve rappelle sont ceux des fichiers antérieurs que vous tenez.

Ce qui ne peut pas être vérifié ici : que les chiffres imprimés sont vrais. Cela, seul le coffre le sait.
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
        document.get("version") == 1, "ce bilan est d’une autre version : prenez le vérificateur qui va avec"
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


# 2 et 4. Les sommes


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


# 3 à 5. La preuve


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
    relations = [
        (sens, constante, [(f, places[r]) for f, r in termes])
        for _, sens, constante, termes in preuve["relations"]
    ]
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


def entier(valeur):
    exige(type(valeur) is int, "un nombre entier était attendu")
    return valeur


# 6. Les fichiers ensemble


def verifier(contenus):
    """Vérifie des fichiers du même coffre ; rend le nombre de masques et de tableaux fictifs."""
    lus, masques, fictifs = {}, 0, 0
    for octets in contenus:
        document = lire(octets)
        exige(
            len({d["coffre"] for _, d, _ in lus.values()} | {document["coffre"]}) == 1,
            "ces bilans ne viennent pas du même coffre",
        )
        code = document["periode"]["code"]
        exige(
            code not in lus or lus[code][0] == octets, f"deux bilans différents de la même période ({code})"
        )
        lus[code] = (octets, document, chiffres(document))
    for _, document, siens in lus.values():
        pourcentages(document, siens)
        etats, nombre = verifier_preuve(document, siens)
        masques, fictifs = masques + sum(v is None for v in siens.values()), fictifs + nombre
        for avant in document["preuve"]["predecesseurs"]:
            if avant["periode"] not in lus:
                continue
            octets, _, anciens = lus[avant["periode"]]
            exige(
                hashlib.sha256(octets).hexdigest() == avant["sha256"],
                f"le bilan {avant['periode']} n’est pas celui que connaît un bilan suivant",
            )
            for (univers, cle), valeur in anciens.items():
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
