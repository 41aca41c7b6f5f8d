-- Views for analysts. Rows that a later fold superseded are left out; platforms that no file of ours declares
-- (is_declared is false) are shown, but with the charter status 'unknown': they belong to no comparison.

CREATE VIEW charter_status AS
SELECT
    platform_id,
    status,
    coalesce(valid_from, DATE '0001-01-01') AS valid_from,
    coalesce(valid_until, DATE '9999-12-31') AS valid_until
FROM platform_status;

CREATE VIEW watched_document AS
SELECT
    d.document_id,
    d.platform_id,
    d.service,
    d.terms_type,
    d.origin,
    d.title,
    d.language,
    d.audience,
    d.state,
    d.attribution,
    coalesce(p.name, d.service) AS platform_name,
    coalesce(p.is_declared, FALSE) AS is_declared
FROM document AS d
LEFT JOIN platform AS p ON d.platform_id = p.platform_id;

CREATE VIEW current_version AS
SELECT
    v.version_id,
    v.document_id,
    d.platform_id,
    d.platform_name,
    d.is_declared,
    d.service,
    d.terms_type,
    d.origin,
    v.observation_id,
    o.observed_at,
    o.source_id,
    o.evidence,
    v.valid_from,
    v.valid_until,
    v.opened_by,
    v.text_hash,
    v.clause_set_hash,
    d.attribution,
    v.valid_until IS NULL AS is_in_force
FROM version AS v
INNER JOIN watched_document AS d ON v.document_id = d.document_id
LEFT JOIN observation AS o ON v.observation_id = o.observation_id
WHERE v.superseded_at IS NULL;

CREATE VIEW current_verdict AS
SELECT
    v.verdict_id,
    v.document_id,
    d.platform_id,
    d.platform_name,
    d.is_declared,
    d.service,
    d.terms_type,
    d.origin,
    v.observation_id,
    o.observed_at,
    o.source_id,
    o.evidence,
    v.verdict,
    v.rule_id,
    v.reason,
    v.noise_classes,
    v.comparison_id,
    v.is_alert,
    v.engine_version,
    d.attribution
FROM verdict AS v
INNER JOIN watched_document AS d ON v.document_id = d.document_id
LEFT JOIN observation AS o ON v.observation_id = o.observation_id
WHERE v.superseded_at IS NULL;

CREATE VIEW change_commitment AS
WITH best AS (
    SELECT
        change_id,
        commitment_id,
        max(confidence) AS confidence
    FROM match
    WHERE superseded_at IS NULL
    GROUP BY change_id, commitment_id
)

SELECT
    b.change_id,
    b.commitment_id,
    c.title_fr,
    c.title_en,
    c.evidence_level,
    b.confidence
FROM best AS b
LEFT JOIN commitment AS c ON b.commitment_id = c.commitment_id;

CREATE VIEW clause_change AS
WITH first_sight AS (
    SELECT
        comparison_id,
        min(observed_at) AS observed_at,
        arg_min(observation_id, observed_at) AS observation_id,
        arg_min(verdict, observed_at) AS verdict,
        arg_min(source_id, observed_at) AS source_id,
        arg_min(evidence, observed_at) AS evidence
    FROM current_verdict
    WHERE comparison_id IS NOT NULL
    GROUP BY comparison_id
),

touched AS (
    SELECT
        change_id,
        string_agg(commitment_id, ', ' ORDER BY commitment_id) AS commitments,
        string_agg(coalesce(evidence_level, 'unknown'), ', ' ORDER BY commitment_id) AS evidence_levels,
        max(confidence) AS confidence
    FROM change_commitment
    GROUP BY change_id
)

SELECT
    c.change_id,
    c.comparison_id,
    c.document_id,
    d.platform_id,
    d.platform_name,
    d.is_declared,
    d.service,
    d.terms_type,
    d.origin,
    f.observed_at,
    f.observation_id,
    f.source_id,
    f.evidence,
    f.verdict,
    c.ordinal,
    c.kind,
    c.nature,
    c.nature_rule,
    c.noise_class,
    c.heading,
    c.number,
    c.clause_before,
    c.clause_after,
    t.commitments,
    t.evidence_levels,
    t.confidence,
    c.direction,
    c.direction_rule,
    c.facts,
    c.edits,
    d.attribution
FROM change AS c
INNER JOIN watched_document AS d ON c.document_id = d.document_id
LEFT JOIN first_sight AS f ON c.comparison_id = f.comparison_id
LEFT JOIN touched AS t ON c.change_id = t.change_id
WHERE c.superseded_at IS NULL;

CREATE VIEW alert_feed AS
WITH alerting AS (
    SELECT
        comparison_id,
        count(*) AS change_count,
        string_agg(clause_before, chr(10) || chr(10) ORDER BY ordinal) AS clauses_before,
        string_agg(clause_after, chr(10) || chr(10) ORDER BY ordinal) AS clauses_after,
        string_agg(DISTINCT direction, ', ' ORDER BY direction) AS directions
    FROM clause_change
    WHERE nature = 'substantive' AND commitments IS NOT NULL
    GROUP BY comparison_id
),

touched AS (
    SELECT DISTINCT
        c.comparison_id,
        k.commitment_id,
        coalesce(k.evidence_level, 'unknown') AS evidence_level
    FROM change AS c
    INNER JOIN change_commitment AS k ON c.change_id = k.change_id
    WHERE c.superseded_at IS NULL AND c.nature = 'substantive'
),

listed AS (
    SELECT
        comparison_id,
        string_agg(commitment_id, ', ' ORDER BY commitment_id) AS commitments,
        string_agg(evidence_level, ', ' ORDER BY commitment_id) AS evidence_levels
    FROM touched
    GROUP BY comparison_id
),

delivered AS (
    SELECT
        alert_id,
        string_agg(channel || ': ' || status, ', ' ORDER BY channel) AS deliveries,
        bool_or(status = 'sent') AS is_sent
    FROM alert_delivery
    GROUP BY alert_id
),

dated AS (
    SELECT
        a.alert_id,
        max(s.status) AS status
    FROM alert AS a
    INNER JOIN document AS d ON a.document_id = d.document_id
    INNER JOIN charter_status AS s
        ON
            d.platform_id = s.platform_id
            AND s.valid_from <= cast(timezone('Europe/Paris', a.changed_before) AS DATE)
            AND s.valid_until > cast(timezone('Europe/Paris', a.changed_before) AS DATE)
    GROUP BY a.alert_id
)

SELECT
    a.alert_id,
    a.document_id,
    d.platform_id,
    d.platform_name,
    d.is_declared,
    d.service,
    d.terms_type,
    d.origin,
    a.observation_id,
    a.comparison_id,
    a.changed_after,
    a.changed_before,
    a.stated_effective_date,
    a.state,
    a.state_since,
    a.is_sendable,
    l.commitments,
    l.evidence_levels,
    g.directions,
    g.clauses_before,
    g.clauses_after,
    o.evidence,
    e.deliveries,
    d.attribution,
    coalesce(t.status, CASE WHEN d.is_declared THEN 'none' ELSE 'unknown' END) AS charter_status,
    coalesce(g.change_count, 0) AS change_count,
    coalesce(e.is_sent, FALSE) AS is_sent
FROM alert AS a
INNER JOIN watched_document AS d ON a.document_id = d.document_id
LEFT JOIN observation AS o ON a.observation_id = o.observation_id
LEFT JOIN alerting AS g ON a.comparison_id = g.comparison_id
LEFT JOIN listed AS l ON a.comparison_id = l.comparison_id
LEFT JOIN delivered AS e ON a.alert_id = e.alert_id
LEFT JOIN dated AS t ON a.alert_id = t.alert_id
WHERE a.superseded_at IS NULL;

CREATE VIEW document_health AS
WITH seen AS (
    SELECT
        o.document_id,
        count(*) AS observation_count,
        max(o.observed_at) AS last_observed_at,
        max(o.observed_at) FILTER (
            WHERE v.verdict NOT IN ('quarantined', 'unreachable', 'policy_blocked', 'withdrawn')
        ) AS last_good_at,
        count(*) FILTER (WHERE v.verdict = 'quarantined') AS quarantined_count,
        arg_max(v.verdict, o.observed_at) AS last_verdict,
        arg_max(v.reason, o.observed_at) AS last_reason
    FROM observation AS o
    LEFT JOIN verdict AS v ON o.observation_id = v.observation_id AND v.superseded_at IS NULL
    GROUP BY o.document_id
),

newest AS (
    SELECT
        d.origin,
        max(o.observed_at) AS observed_at
    FROM observation AS o
    INNER JOIN document AS d ON o.document_id = d.document_id
    GROUP BY d.origin
)

SELECT
    d.document_id,
    d.platform_id,
    d.platform_name,
    d.is_declared,
    d.service,
    d.terms_type,
    d.origin,
    d.state,
    s.last_observed_at,
    s.last_good_at,
    s.last_verdict,
    s.last_reason,
    coalesce(s.observation_count, 0) AS observation_count,
    coalesce(s.quarantined_count, 0) AS quarantined_count,
    date_diff(
        'day',
        cast(timezone('Europe/Paris', s.last_good_at) AS DATE),
        cast(timezone('Europe/Paris', n.observed_at) AS DATE)
    ) AS days_unseen_at_newest,
    date_diff(
        'day',
        cast(timezone('Europe/Paris', s.last_good_at) AS DATE),
        cast(timezone('Europe/Paris', now()) AS DATE)
    ) AS days_unseen_now
FROM watched_document AS d
LEFT JOIN seen AS s ON d.document_id = s.document_id
LEFT JOIN newest AS n ON d.origin = n.origin;

CREATE VIEW quarantine_open AS
SELECT
    q.quarantine_id,
    q.subject_table,
    q.subject_key,
    q.document_id,
    d.platform_id,
    d.platform_name,
    d.service,
    d.terms_type,
    d.origin,
    q.expectation,
    q.reason,
    q.payload,
    q.run_id,
    q.recorded_at
FROM quarantine AS q
LEFT JOIN watched_document AS d ON q.document_id = d.document_id
WHERE q.decision IS NULL;
