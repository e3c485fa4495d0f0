<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="fr_FR">
<context>
    <name>_AwayCard</name>
    <message numerus="yes">
        <source>%n copie(s)</source>
        <translation>
            <numerusform>%n copie</numerusform>
            <numerusform>%n copies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RestorePanel</name>
    <message numerus="yes">
        <source>%n dossier(s)</source>
        <translation>
            <numerusform>%n dossier</numerusform>
            <numerusform>%n dossiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entretien(s)</source>
        <translation>
            <numerusform>%n entretien</numerusform>
            <numerusform>%n entretiens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FichesPage</name>
    <message numerus="yes">
        <source>sans retour depuis %n jour(s)</source>
        <translation>
            <numerusform>sans retour depuis %n jour</numerusform>
            <numerusform>sans retour depuis %n jours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>depuis %n jour(s)</source>
        <translation>
            <numerusform>depuis %n jour</numerusform>
            <numerusform>depuis %n jours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fiche(s)</source>
        <translation>
            <numerusform>%n fiche</numerusform>
            <numerusform>%n fiches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n service(s)</source>
        <translation>
            <numerusform>%n service</numerusform>
            <numerusform>%n services</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fiche(s) choisie(s)</source>
        <translation>
            <numerusform>%n fiche choisie</numerusform>
            <numerusform>%n fiches choisies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fiche(s) notée(s) :</source>
        <translation>
            <numerusform>%n fiche notée :</numerusform>
            <numerusform>%n fiches notées :</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TourneePage</name>
    <message numerus="yes">
        <source>%n fiche(s)</source>
        <translation>
            <numerusform>%n fiche</numerusform>
            <numerusform>%n fiches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n service(s)</source>
        <translation>
            <numerusform>%n service</numerusform>
            <numerusform>%n services</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fiche(s) notée(s) remise(s).</source>
        <translation>
            <numerusform>%n fiche notée remise.</numerusform>
            <numerusform>%n fiches notées remises.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImpressionPage</name>
    <message numerus="yes">
        <source>Imprimer %n fiche(s)</source>
        <translation>
            <numerusform>Imprimer %n fiche</numerusform>
            <numerusform>Imprimer %n fiches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DelaisCard</name>
    <message numerus="yes">
        <source>%n jour(s)</source>
        <translation>
            <numerusform>%n jour</numerusform>
            <numerusform>%n jours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DossiersPage</name>
    <message numerus="yes">
        <source>%n dossier(s) trouvé(s)</source>
        <translation>
            <numerusform>%n dossier trouvé</numerusform>
            <numerusform>%n dossiers trouvés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dossier(s) dans le coffre</source>
        <translation>
            <numerusform>%n dossier dans le coffre</numerusform>
            <numerusform>%n dossiers dans le coffre</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EntretienLuPage</name>
    <message numerus="yes">
        <source>%n fiches établies à partir de lui restent.</source>
        <translation>
            <numerusform>%n fiche établie à partir de lui reste.</numerusform>
            <numerusform>%n fiches établies à partir de lui restent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FicheGate</name>
    <message numerus="yes">
        <source>et %n autres.</source>
        <translation>
            <numerusform>et %n autre.</numerusform>
            <numerusform>et %n autres.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PdfPreview</name>
    <message numerus="yes">
        <source>%n pages</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PointsPage</name>
    <message numerus="yes">
        <source>%n point(s) en attente</source>
        <translation>
            <numerusform>%n point en attente</numerusform>
            <numerusform>%n points en attente</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SaisieCard</name>
    <message numerus="yes">
        <source>%n saisine(s) enregistrée(s) à la suite</source>
        <translation>
            <numerusform>%n saisine enregistrée</numerusform>
            <numerusform>%n saisines enregistrées à la suite</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SaisinesPage</name>
    <message numerus="yes">
        <source>%n saisine(s) en attente</source>
        <translation>
            <numerusform>%n saisine en attente</numerusform>
            <numerusform>%n saisines en attente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, dont %n en retard</source>
        <translation>
            <numerusform>, dont %n en retard</numerusform>
            <numerusform>, dont %n en retard</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnnuairePage</name>
    <message numerus="yes">
        <source>%n structure(s) sur {total}</source>
        <translation>
            <numerusform>%n structure sur {total}</numerusform>
            <numerusform>%n structures sur {total}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n structure(s)</source>
        <translation>
            <numerusform>%n structure</numerusform>
            <numerusform>%n structures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContactsCard</name>
    <message numerus="yes">
        <source>%n contact(s) noté(s)</source>
        <translation>
            <numerusform>%n contact noté</numerusform>
            <numerusform>%n contacts notés</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EchangeView</name>
    <message numerus="yes">
        <source>%n mise(s) à jour</source>
        <translation>
            <numerusform>%n mise à jour</numerusform>
            <numerusform>%n mises à jour</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n structure(s) ajoutée(s)</source>
        <translation>
            <numerusform>%n structure ajoutée</numerusform>
            <numerusform>%n structures ajoutées</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrientationsCard</name>
    <message numerus="yes">
        <source>%n orientation(s)</source>
        <translation>
            <numerusform>%n orientation</numerusform>
            <numerusform>%n orientations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuitesView</name>
    <message numerus="yes">
        <source>Sans suite, ou « en attente », depuis %n jour(s) ou plus.</source>
        <translation>
            <numerusform>Sans suite, ou « en attente », depuis %n jour ou plus.</numerusform>
            <numerusform>Sans suite, ou « en attente », depuis %n jours ou plus.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Report</name>
    <message numerus="yes">
        <source>%n ligne(s) refusée(s)</source>
        <translation>
            <numerusform>%n ligne refusée</numerusform>
            <numerusform>%n lignes refusées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n identique(s)</source>
        <translation>
            <numerusform>%n identique</numerusform>
            <numerusform>%n identiques</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n déjà connue(s) et différente(s)</source>
        <translation>
            <numerusform>%n déjà connue et différente</numerusform>
            <numerusform>%n déjà connues et différentes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n structure(s) nouvelle(s)</source>
        <translation>
            <numerusform>%n structure nouvelle</numerusform>
            <numerusform>%n structures nouvelles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConsolidationPage</name>
    <message numerus="yes">
        <source>%n intervenant(s)</source>
        <translation>
            <numerusform>%n intervenant</numerusform>
            <numerusform>%n intervenants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bilan(s)</source>
        <translation>
            <numerusform>%n bilan</numerusform>
            <numerusform>%n bilans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n trimestre(s) de travail</source>
        <translation>
            <numerusform>%n trimestre de travail</numerusform>
            <numerusform>%n trimestres de travail</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportationSection</name>
    <message numerus="yes">
        <source>%n ligne(s)</source>
        <translation>
            <numerusform>%n ligne</numerusform>
            <numerusform>%n lignes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MotsCard</name>
    <message numerus="yes">
        <source>%n mot(s) à préciser</source>
        <translation>
            <numerusform>%n mot à préciser</numerusform>
            <numerusform>%n mots à préciser</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RapportCard</name>
    <message numerus="yes">
        <source>%n ligne(s) ne peut (peuvent) pas entrer.</source>
        <translation>
            <numerusform>%n ligne ne peut pas entrer.</numerusform>
            <numerusform>%n lignes ne peuvent pas entrer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dossier(s)</source>
        <translation>
            <numerusform>%n dossier</numerusform>
            <numerusform>%n dossiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entretien(s)</source>
        <translation>
            <numerusform>%n entretien</numerusform>
            <numerusform>%n entretiens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n personne(s)</source>
        <translation>
            <numerusform>%n personne</numerusform>
            <numerusform>%n personnes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>dont %n entretien(s) hors des bilans</source>
        <translation>
            <numerusform>dont %n entretien hors des bilans</numerusform>
            <numerusform>dont %n entretiens hors des bilans</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChiffresView</name>
    <message numerus="yes">
        <source>%n contact(s)</source>
        <translation>
            <numerusform>%n contact</numerusform>
            <numerusform>%n contacts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RelevePage</name>
    <message numerus="yes">
        <source>%n ligne(s) sans dossier, par exemple une saisine sans suite.</source>
        <translation>
            <numerusform>%n ligne sans dossier, par exemple une saisine sans suite.</numerusform>
            <numerusform>%n lignes sans dossier, par exemple une saisine sans suite.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableCard</name>
    <message numerus="yes">
        <source>%n autre(s) à 0</source>
        <translation>
            <numerusform>%n autre à 0</numerusform>
            <numerusform>%n autres à 0</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TotauxCard</name>
    <message numerus="yes">
        <source>%n personne(s) différente(s), à l’écran seulement : une personne peut être accueillie pour plusieurs dossiers.</source>
        <translation>
            <numerusform>%n personne différente, à l’écran seulement : une personne peut être accueillie pour plusieurs dossiers.</numerusform>
            <numerusform>%n personnes différentes, à l’écran seulement : une personne peut être accueillie pour plusieurs dossiers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemisView</name>
    <message numerus="yes">
        <source>%n bilan(s) repris : leurs périodes sont arrêtées, et se remettent à l’identique.</source>
        <translation>
            <numerusform>%n bilan repris : sa période est arrêtée, et se remet à l’identique.</numerusform>
            <numerusform>%n bilans repris : leurs périodes sont arrêtées, et se remettent à l’identique.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bilan(s) en ordre : sommes justes, rien de modifié, preuve vérifiée.</source>
        <translation>
            <numerusform>%n bilan en ordre : sommes justes, rien de modifié, preuve vérifiée.</numerusform>
            <numerusform>%n bilans en ordre : sommes justes, rien de modifié, preuve vérifiée.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ligne(s)</source>
        <translation>
            <numerusform>%n ligne</numerusform>
            <numerusform>%n lignes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Confirmation</name>
    <message numerus="yes">
        <source>Preuve : %n tableau(x) différent(s) donneraient exactement ce fichier.</source>
        <translation>
            <numerusform>Preuve : %n tableau différent donnerait exactement ce fichier.</numerusform>
            <numerusform>Preuve : %n tableaux différents donneraient exactement ce fichier.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RegrouperCard</name>
    <message numerus="yes">
        <source>%n petit(s) chiffre(s) de moins à masquer</source>
        <translation>
            <numerusform>%n petit chiffre de moins à masquer</numerusform>
            <numerusform>%n petits chiffres de moins à masquer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CoffreCard</name>
    <message numerus="yes">
        <source>%n attend(ent) une réponse</source>
        <translation>
            <numerusform>%n attend une réponse</numerusform>
            <numerusform>%n attendent une réponse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n à prolonger ou à effacer</source>
        <translation>
            <numerusform>%n à prolonger ou à effacer</numerusform>
            <numerusform>%n à prolonger ou à effacer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DroitsSection</name>
    <message numerus="yes">
        <source>%n jour(s) pour répondre</source>
        <translation>
            <numerusform>%n jour pour répondre</numerusform>
            <numerusform>%n jours pour répondre</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>en retard de %n jour(s)</source>
        <translation>
            <numerusform>en retard de %n jour</numerusform>
            <numerusform>en retard de %n jours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EcheancesSection</name>
    <message numerus="yes">
        <source>%n fiche(s) sans retour</source>
        <translation>
            <numerusform>%n fiche sans retour</numerusform>
            <numerusform>%n fiches sans retour</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JournalSection</name>
    <message numerus="yes">
        <source>La chaîne est entière : %n ligne(s), depuis le {0}.</source>
        <translation>
            <numerusform>La chaîne est entière : %n ligne, depuis le {0}.</numerusform>
            <numerusform>La chaîne est entière : %n lignes, depuis le {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ligne(s)</source>
        <translation>
            <numerusform>%n ligne</numerusform>
            <numerusform>%n lignes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassationSection</name>
    <message numerus="yes">
        <source>Effacé depuis, et laissé de côté : %n personne(s) ou dossier(s).</source>
        <translation>
            <numerusform>Effacé depuis, et laissé de côté : %n personne ou dossier.</numerusform>
            <numerusform>Effacé depuis, et laissé de côté : %n personnes ou dossiers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n autre(s) dossier(s) ouvert(s), transmis avec « tous ».</source>
        <translation>
            <numerusform>%n autre dossier ouvert, transmis avec « tous ».</numerusform>
            <numerusform>%n autres dossiers ouverts, transmis avec « tous ».</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dossier(s) reçu(s) : {0}</source>
        <translation>
            <numerusform>%n dossier reçu : {0}</numerusform>
            <numerusform>%n dossiers reçus : {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dossier(s) transmis. Ils restent ici jusqu’à ce que vous les effaciez.</source>
        <translation>
            <numerusform>%n dossier transmis. Il reste ici jusqu’à ce que vous l’effaciez.</numerusform>
            <numerusform>%n dossiers transmis. Ils restent ici jusqu’à ce que vous les effaciez.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EffacementCard</name>
    <message numerus="yes">
        <source>%n copie(s) hors de portée garde(nt) encore tout cela : {0}.</source>
        <translation>
            <numerusform>%n copie hors de portée garde encore tout cela : {0}.</numerusform>
            <numerusform>%n copies hors de portée gardent encore tout cela : {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n brouillon(s)</source>
        <translation>
            <numerusform>%n brouillon</numerusform>
            <numerusform>%n brouillons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pièce(s) jointe(s)</source>
        <translation>
            <numerusform>%n pièce jointe</numerusform>
            <numerusform>%n pièces jointes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entretien(s)</source>
        <translation>
            <numerusform>%n entretien</numerusform>
            <numerusform>%n entretiens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dossier(s)</source>
        <translation>
            <numerusform>%n dossier</numerusform>
            <numerusform>%n dossiers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FermetureCard</name>
    <message numerus="yes">
        <source>%n copie(s) hors de portée s’ouvre(nt) encore, à détruire : {0}.</source>
        <translation>
            <numerusform>%n copie hors de portée s’ouvre encore, à détruire : {0}.</numerusform>
            <numerusform>%n copies hors de portée s’ouvrent encore, à détruire : {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Détruits aussi, sans avoir été transmis : %n dossier(s) clos.</source>
        <translation>
            <numerusform>Détruits aussi, sans avoir été transmis : %n dossier clos.</numerusform>
            <numerusform>Détruits aussi, sans avoir été transmis : %n dossiers clos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fichier relu le {0} : %n dossier(s) transmis.</source>
        <translation>
            <numerusform>Fichier relu le {0} : %n dossier transmis.</numerusform>
            <numerusform>Fichier relu le {0} : %n dossiers transmis.</numerusform>
        </translation>
    </message>
</context>
</TS>
