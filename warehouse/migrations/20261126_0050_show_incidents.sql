-- What the data team looks at: refused rows that wait for a decision, one line for each text however often it was seen,
-- and the documents whose newest observation gave no accepted text.

DROP VIEW quarantine_open;

CREATE VIEW quarantine_open AS
WITH decided AS (
    SELECT DISTINCT
        document_id,
        text_hash
    FROM quarantine
    WHERE decision IS NOT NULL AND text_hash IS NOT NULL
),

waiting AS (
    SELECT
        q.*,
        count(*) OVER same_text AS seen_count,
        min(q.recorded_at) OVER same_text AS first_recorded_at,
        row_number() OVER (
            PARTITION BY q.subject_table, q.document_id, coalesce(q.text_hash, cast(q.quarantine_id AS VARCHAR))
            ORDER BY q.recorded_at DESC, q.quarantine_id ASC
        ) AS newest_first
    FROM quarantine AS q
    LEFT JOIN decided AS d ON q.document_id = d.document_id AND q.text_hash = d.text_hash
    WHERE q.decision IS NULL AND d.document_id IS NULL
    WINDOW
        same_text AS (
            PARTITION BY q.subject_table, q.document_id, coalesce(q.text_hash, cast(q.quarantine_id AS VARCHAR))
        )
)

SELECT
    w.quarantine_id,
    w.subject_table,
    w.subject_key,
    w.document_id,
    d.platform_id,
    d.platform_name,
    d.service,
    d.terms_type,
    d.origin,
    w.expectation,
    w.reason,
    w.text_hash,
    w.seen_count,
    w.payload,
    w.run_id,
    w.first_recorded_at,
    w.recorded_at,
    w.text_hash IS NOT NULL AS is_releasable
FROM waiting AS w
LEFT JOIN watched_document AS d ON w.document_id = d.document_id
WHERE w.newest_first = 1;

CREATE VIEW incident AS
WITH judged AS (
    SELECT
        o.document_id,
        o.observation_id,
        o.observed_at,
        o.run_id,
        v.verdict,
        v.reason,
        q.quarantine_id,
        q.text_hash,
        v.verdict IN ('quarantined', 'unreachable', 'policy_blocked', 'withdrawn') AS is_failure
    FROM observation AS o
    INNER JOIN verdict AS v ON o.observation_id = v.observation_id AND v.superseded_at IS NULL
    LEFT JOIN quarantine AS q
        ON q.subject_table = 'observation' AND q.subject_key = cast(o.observation_id AS VARCHAR)
),

last_good AS (
    SELECT
        document_id,
        max(observed_at) FILTER (NOT is_failure) AS observed_at
    FROM judged
    GROUP BY document_id
),

row_of_failures AS (
    SELECT
        j.document_id,
        count(*) AS observation_count,
        min(j.observed_at) AS since,
        max(j.observed_at) AS last_observed_at,
        arg_max(j.verdict, j.observed_at) AS verdict,
        arg_max(j.reason, j.observed_at) AS reason,
        arg_max(j.run_id, j.observed_at) AS run_id,
        arg_max(j.quarantine_id, j.observed_at) AS quarantine_id,
        arg_max(j.text_hash, j.observed_at) AS text_hash,
        any_value(g.observed_at) AS last_good_at
    FROM judged AS j
    INNER JOIN last_good AS g ON j.document_id = g.document_id
    WHERE j.is_failure AND (g.observed_at IS NULL OR j.observed_at > g.observed_at)
    GROUP BY j.document_id
),

repeated AS (
    SELECT
        f.document_id,
        count(*) AS same_text_count
    FROM row_of_failures AS f
    INNER JOIN judged AS j ON f.document_id = j.document_id AND f.text_hash = j.text_hash
    WHERE f.verdict = 'quarantined' AND j.observed_at >= f.since
    GROUP BY f.document_id
),

rejected AS (
    SELECT
        document_id,
        text_hash,
        arg_max(decided_by || ': ' || decided_reason, decided_at) AS decided
    FROM quarantine
    WHERE decision = 'rejected' AND text_hash IS NOT NULL
    GROUP BY document_id, text_hash
)

SELECT
    f.document_id,
    d.platform_id,
    d.platform_name,
    d.service,
    d.terms_type,
    d.origin,
    f.verdict,
    f.reason,
    f.since,
    f.last_observed_at,
    f.last_good_at,
    f.observation_count,
    f.quarantine_id,
    f.run_id,
    CASE
        WHEN f.verdict = 'quarantined' AND q.decided IS NOT NULL THEN 'rejected by ' || q.decided
        WHEN f.verdict = 'quarantined' AND r.same_text_count >= 3
            THEN 'the same text was refused ' || r.same_text_count || ' times in a row: read it, then release it or not'
        WHEN f.verdict = 'quarantined' AND f.text_hash IS NOT NULL THEN 'read the text: release_quarantine'
        WHEN f.verdict = 'quarantined' THEN 'look at the page: mend the declaration, or wait for the next round'
        WHEN f.verdict = 'policy_blocked' THEN 'the site does not want to be crawled: ask, or set the document aside'
        WHEN f.verdict = 'withdrawn' THEN 'look for the document''s new address'
        ELSE 'wait for the next round'
    END AS proposal
FROM row_of_failures AS f
INNER JOIN watched_document AS d ON f.document_id = d.document_id
LEFT JOIN repeated AS r ON f.document_id = r.document_id
LEFT JOIN rejected AS q ON f.document_id = q.document_id AND f.text_hash = q.text_hash;

CREATE VIEW evidence AS
SELECT
    o.observation_id,
    o.document_id,
    d.platform_name,
    d.service,
    d.terms_type,
    d.origin,
    o.observed_at,
    o.source_id,
    o.evidence AS evidence_kind,
    v.verdict,
    v.rule_id AS verdict_rule,
    v.reason AS verdict_reason,
    e.text_hash,
    e.extractor,
    e.extractor_version,
    e.declaration_hash,
    n.body AS declaration,
    f.page,
    f.attempt,
    f.url,
    f.final_url,
    f.observed_at AS fetched_at,
    f.http_status,
    f.outcome,
    f.snapshot_hash,
    s.byte_count,
    d.attribution,
    s.thinned_at IS NOT NULL AS is_nearest_capture,
    coalesce(s.warc_file, k.warc_file) AS warc_file,
    coalesce(s.warc_offset, k.warc_offset) AS warc_offset,
    coalesce(s.warc_record_id, k.warc_record_id) AS warc_record_id
FROM observation AS o
INNER JOIN watched_document AS d ON o.document_id = d.document_id
LEFT JOIN verdict AS v ON o.observation_id = v.observation_id AND v.superseded_at IS NULL
LEFT JOIN extraction AS e ON o.observation_id = e.observation_id AND e.superseded_at IS NULL
LEFT JOIN declaration AS n ON e.declaration_hash = n.declaration_hash AND o.document_id = n.document_id
LEFT JOIN "fetch" AS f ON o.observation_id = f.observation_id
LEFT JOIN snapshot AS s ON f.snapshot_hash = s.snapshot_hash
LEFT JOIN snapshot AS k ON s.nearest_hash = k.snapshot_hash;

COMMENT ON COLUMN document.declared_id IS 'Identifier of the document in its platform file; empty for imported series';
COMMENT ON COLUMN "fetch".document_id IS 'The document';
COMMENT ON COLUMN "fetch".page IS 'Page of the document, from 0 in the order of the declaration';
COMMENT ON COLUMN "fetch".attempt IS 'Attempt at this page within the round, from 1';
COMMENT ON COLUMN "fetch".final_url IS 'Address that answered in the end, after redirects';
COMMENT ON COLUMN "fetch".observed_at IS 'Moment of the answer; in a replay, the moment that the archive states';
COMMENT ON COLUMN "fetch".signals IS 'What speaks for a block, a wall or a shell, each with its weight';
COMMENT ON COLUMN "fetch".is_rendered IS 'A browser made the page; bytes and record are those of its DOM';
COMMENT ON COLUMN "fetch".render_ms IS 'Milliseconds the browser took, beside the exchanges';
COMMENT ON COLUMN "fetch".etag IS 'Validator that came with the answer';
COMMENT ON COLUMN "fetch".last_modified IS 'Date of last change that came with the answer';
COMMENT ON COLUMN "fetch".warc_record_id IS 'WARC-Record-ID of the answer itself';
COMMENT ON COLUMN "fetch".run_id IS 'Part of the round that fetched';
COMMENT ON COLUMN "fetch".recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN snapshot.payload_digest IS 'SHA-256 of the body as transferred, as in the WARC record';
COMMENT ON COLUMN snapshot.warc_file IS 'WARC file that holds the bytes, relative to the data folder';
COMMENT ON COLUMN snapshot.warc_offset IS 'Offset of the record that holds the bytes';
COMMENT ON COLUMN snapshot.warc_record_id IS 'WARC-Record-ID of the record that holds the bytes';
COMMENT ON COLUMN snapshot.fetched_at IS 'When the bytes were first fetched';
COMMENT ON COLUMN snapshot.thinned_at IS 'When the bytes were removed, another capture of the same text being kept';
COMMENT ON COLUMN snapshot.nearest_hash IS 'The kept capture of the same text that is nearest in time to removed bytes';
COMMENT ON COLUMN extraction.previous_text_hash IS
'Text that the capture before gives under this declaration and extractor, where they changed in between: a '
'difference to it is the platform''s, the rest is ours';
COMMENT ON COLUMN extraction.warnings IS 'What was guessed or found to be missing';
COMMENT ON COLUMN extraction.selector_hits IS 'JSON: page, role, selector, number of elements it fitted';
COMMENT ON COLUMN quarantine.text_hash IS
'The text in question; a decision holds for every sight of the same text of the document';
COMMENT ON VIEW quarantine_open IS
'Refused rows that wait for a decision, the newest of each text with the number of times it was seen; is_releasable '
'tells whether there is a text to accept';
COMMENT ON VIEW evidence IS
'What each observation rests on, one row per fetch of one of its pages: verdict, text, declaration, address, '
'moment, and the WARC record that holds the bytes (is_nearest_capture: they were thinned, and the record is the '
'nearest kept capture of the same text). Every row of the warehouse that names an observation is traced here; '
'imported series have the source_id of their archive instead of pages';
COMMENT ON VIEW incident IS
'Documents whose newest observation gave no accepted text: since when, why, how many observations in a row, and '
'what to do about it';
