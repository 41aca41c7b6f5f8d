CREATE VIEW unstable_document AS
WITH newest AS (
    SELECT
        document_id,
        max(observed_at) AS observed_at
    FROM observation
    GROUP BY document_id
),

flips AS (
    SELECT
        o.document_id,
        o.observed_at,
        e.text_hash,
        v.verdict,
        v.reason
    FROM observation AS o
    INNER JOIN newest AS n ON o.document_id = n.document_id
    INNER JOIN verdict AS v ON o.observation_id = v.observation_id AND v.superseded_at IS NULL
    LEFT JOIN extraction AS e ON o.observation_id = e.observation_id AND e.superseded_at IS NULL
    WHERE v.verdict IN ('oscillation', 'cosmetic') AND o.observed_at > n.observed_at - INTERVAL 30 DAYS
),

counted AS (
    SELECT
        document_id,
        count(*) AS flip_count,
        count(*) FILTER (WHERE verdict = 'oscillation') AS oscillation_count,
        count(*) FILTER (WHERE verdict = 'cosmetic') AS cosmetic_count,
        count(DISTINCT text_hash) AS text_count,
        min(observed_at) AS since,
        max(observed_at) AS last_flip_at,
        arg_max(reason, observed_at) AS reason
    FROM flips
    GROUP BY document_id
)

SELECT
    c.document_id,
    d.platform_id,
    d.platform_name,
    d.service,
    d.terms_type,
    d.origin,
    c.flip_count,
    c.oscillation_count,
    c.cosmetic_count,
    c.text_count,
    c.since,
    c.last_flip_at,
    c.reason,
    CASE
        WHEN c.oscillation_count > 0
            THEN 'the site serves texts in turn: compare them, then narrow the selector or fix language and region'
        ELSE 'only noise differs: a filter in the declaration would spare the captures'
    END AS proposal
FROM counted AS c
INNER JOIN watched_document AS d ON c.document_id = d.document_id
WHERE c.flip_count >= 3;

COMMENT ON VIEW unstable_document IS
'Documents whose page alternates, one row each: three or more observations in the 30 days up to the newest one whose '
'text differed from the version in force by noise, or was an earlier text that came back. Nobody is alerted of these';
