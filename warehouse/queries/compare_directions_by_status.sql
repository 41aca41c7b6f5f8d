-- Substantive changes on each commitment, for or against the seller, by the platform's charter status on the
-- day. Platforms that no file declares stay out of the comparison. Counts say what moved, never who complies.
SELECT
    k.commitment_id,
    k.title_fr,
    k.evidence_level,
    coalesce(s.status, 'none') AS charter_status,
    count(*) FILTER (WHERE c.direction = 'better') AS better,
    count(*) FILTER (WHERE c.direction = 'worse') AS worse,
    count(*) FILTER (WHERE c.direction IN ('neutral', 'unclear')) AS neutral_or_unclear,
    count(DISTINCT c.platform_id) AS platforms
FROM clause_change AS c
INNER JOIN change_commitment AS k ON c.change_id = k.change_id
LEFT JOIN charter_status AS s
    ON
        c.platform_id = s.platform_id
        AND s.valid_from <= cast(timezone('Europe/Paris', c.observed_at) AS DATE)
        AND s.valid_until > cast(timezone('Europe/Paris', c.observed_at) AS DATE)
WHERE c.is_declared AND c.nature = 'substantive'
GROUP BY k.commitment_id, k.title_fr, k.evidence_level, coalesce(s.status, 'none')
ORDER BY k.commitment_id, charter_status;
