"""Names of the terms types of Open Terms Archive (github.com/OpenTermsArchive/terms-types), the field's
vocabulary.

A platform file may use these and no other, so that a misspelt type is an error and not a document that
matches nothing. When the vocabulary grows, add the name here. Imported collections are not held to the list.
"""

from __future__ import annotations

TERMS_TYPES = frozenset(
    {
        "Acceptable Use Policy",
        "Affiliate Disclosure",
        "Brand Guidelines",
        "Business Mediation Policy",
        "Business Privacy Policy",
        "Closed Captioning Policy",
        "Commercial Terms",
        "Community Guidelines",
        "Complaints Policy",
        "Conditions of Carriage",
        "Copyright Claims Policy",
        "Data Controller Agreement",
        "Data Processor Agreement",
        "Deceased Users",
        "Developer Terms",
        "Editorial Policy",
        "Frequently Asked Questions",
        "General Conditions of Sale",
        "Human Rights Policy",
        "Imprint",
        "In-App Purchases Policy",
        "Law Enforcement Guidelines",
        "Legal Information",
        "Live Policy",
        "Marketplace Buyers Conditions",
        "Marketplace Sellers Conditions",
        "Platform to Business Notice",
        "Premium Partner Conditions",
        "Privacy Policy",
        "Quality Guidelines",
        "Ranking Parameters Description",
        "Restricted Use Policy",
        "Review Guidelines",
        "Safety Guidelines",
        "Seller Warranty",
        "Service Level Agreement",
        "Single Sign-On Policy",
        "Terms of Service",
        "Trackers Policy",
        "User Consent Policy",
        "Vulnerability Disclosure Policy",
    }
)
