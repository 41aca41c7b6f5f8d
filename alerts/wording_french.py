"""The sentences of a message in French. Plain spaces and apostrophes: `typeset_french` sets them."""

from __future__ import annotations

from typing import Final

from alerts.wording import Wording

FRENCH: Final = Wording(
    charter_status={
        "signatory-2019": "{platform} a signé la charte du 26 mars 2019.",
        "joined-2020": "{platform} aurait rejoint la charte renouvelée en décembre 2020 (selon la presse).",
        "none": "{platform} n'avait pas signé la charte à la date du changement.",
        "unknown": "Le statut de {platform} au regard de la charte n'est pas renseigné.",
    },
    state_notice={
        "in_force": "",
        "undone": "Annulé le {day} au plus tard : le texte antérieur est de nouveau en vigueur.",
        "in_force_again": "De nouveau en vigueur le {day} au plus tard : le nouveau texte s'applique.",
    },
    state_prefix={"in_force": "", "undone": "Annulé", "in_force_again": "De nouveau en vigueur"},
    kinds={
        "kept": "Clause conservée",
        "moved": "Clause déplacée",
        "renumbered": "Clause renumérotée",
        "split": "Clause scindée",
        "merged": "Clauses fusionnées",
        "modified": "Clause modifiée",
        "added": "Clause ajoutée",
        "removed": "Clause supprimée",
        "restored": "Clause rétablie",
    },
    evidence={"sourced": "sourcé", "topic-sourced": "thème seulement", "inferred": "inféré"},
    roles={
        "notice": "préavis",
        "response": "délai de réponse",
        "payout": "délai de versement",
        "cure": "délai de mise en conformité",
        "appeal": "délai de contestation",
        "delivery": "délai de livraison",
        "return": "délai de retour",
        "cancellation": "annulation",
        "retention": "durée de conservation",
        "term": "durée",
        "commission": "commission",
        "penalty": "pénalité",
        "reserve": "retenue",
        "fee": "frais",
        "cap": "plafond",
        "threshold": "seuil",
    },
    directions={
        "better": "Plus favorable au vendeur professionnel",
        "worse": "Moins favorable au vendeur professionnel",
    },
    direction_reasons={
        "presence": "clause ou termes ajoutés sur ce thème",
        "presence:dropped": "clause ou termes retirés sur ce thème",
        "words:burden": "termes contraignants ajoutés",
        "words:burden:dropped": "termes contraignants retirés",
        "words:relief": "garantie ajoutée",
        "words:relief:dropped": "garantie retirée",
        "words:came": "termes remplacés",
    },
    obligors={"platform": "à la charge de la plateforme", "seller": "à la charge du vendeur"},
    colon=" : ",
    semicolon=" ; ",
    and_more_commitments=" (et {count} de plus)",
    no_commitment="clause modifiée",
    document="Document : ",
    seen_between="Constaté entre le {after} et le {before}.",
    seen_on="Constaté le {before}.",
    stated_effective="Date d'effet annoncée dans le document : {day}.",
    digest="Pour le récapitulatif : engagements inférés seulement.",
    commitment_touched="Engagement touché",
    commitments_touched="Engagements touchés",
    commitment_basis=" (niveau de preuve : {evidence} ; règle {rule}, confiance {confidence} %)",
    fact_added="ajout de {new}",
    fact_dropped="retrait de {old}",
    fact_note=" — {note}",
    by_rule="règle {rule}",
    before="Avant : ",
    after="Après : ",
    full_text={"added": "Texte ajouté : ", "removed": "Texte supprimé : ", "restored": "Texte rétabli : "},
    one_more_change="… et 1 autre changement",
    more_changes="… et {count} autres changements",
    charter_has_no_figures=(
        "La charte ne fixe aucun chiffre. Vigie indique l'engagement touché et ne se prononce pas "
        "sur le respect de la charte."
    ),
    figures_are_p2b="Les seuils cités relèvent du règlement (UE) 2019/1150 (P2B), pas de la charte.",
    signatories="Signataires à la date du changement : {names}.",
    signatories_by_press="Selon la presse, ont aussi rejoint la charte : {names}.",
    attribution="Source du texte : {attribution}.",
    imported="Source du texte : {attribution} (série importée : {collection}).",
    alert_number="Alerte n° {alert_id}",
)
