-- Notice periods that changed, old and new, by the platform's charter status on the day of the change. The
-- charter sets no figure: 15 and 30 days come from Regulation (EU) 2019/1150 (P2B). Platforms that no file
-- declares stay out of the comparison.
WITH notice AS (
    SELECT
        c.platform_id,
        c.platform_name,
        c.terms_type,
        c.observed_at,
        c.change_id,
        c.commitments,
        c.evidence_levels,
        unnest(from_json(c.facts, '["JSON"]')) AS fact
    FROM clause_change AS c
    WHERE c.is_declared AND c.nature = 'substantive' AND coalesce(c.facts, '') <> ''
)

SELECT
    n.platform_name,
    n.terms_type,
    n.observed_at,
    n.commitments,
    n.evidence_levels,
    n.change_id,
    coalesce(s.status, 'none') AS charter_status,
    n.fact ->> 'old' AS notice_before,
    n.fact ->> 'new' AS notice_after,
    n.fact ->> 'unit' AS notice_unit,
    n.fact ->> 'obligor' AS bound_party
FROM notice AS n
LEFT JOIN charter_status AS s
    ON
        n.platform_id = s.platform_id
        AND s.valid_from <= cast(timezone('Europe/Paris', n.observed_at) AS DATE)
        AND s.valid_until > cast(timezone('Europe/Paris', n.observed_at) AS DATE)
WHERE (n.fact ->> 'role') = 'notice'
ORDER BY charter_status, n.platform_name, n.observed_at, n.change_id;
