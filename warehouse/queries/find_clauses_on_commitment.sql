-- Clauses that changed on a commitment, latest first.
-- Choose one with: SET VARIABLE commitment = 'terms-change-notice'; without it, all commitments are shown.
SELECT
    k.commitment_id,
    k.title_fr,
    k.evidence_level,
    k.confidence,
    c.platform_name,
    c.terms_type,
    c.observed_at,
    c.kind,
    c.nature,
    c.direction,
    c.heading,
    c.clause_before,
    c.clause_after,
    c.attribution
FROM change_commitment AS k
INNER JOIN clause_change AS c ON k.change_id = c.change_id
WHERE
    c.nature <> 'noise'
    AND (getvariable('commitment') IS NULL OR k.commitment_id = getvariable('commitment'))
ORDER BY c.observed_at DESC, k.commitment_id ASC, c.change_id ASC;
