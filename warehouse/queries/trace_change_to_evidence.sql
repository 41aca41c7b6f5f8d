-- From each substantive change back to what it rests on: observation, verdict, both texts, declaration, and for each
-- page the address, the moment and the WARC record that holds the bytes (warcio extract --payload FILE OFFSET).
-- Choose one with: SET VARIABLE change = 1234; without it, all substantive changes are shown.
SELECT
    c.change_id,
    c.platform_name,
    c.terms_type,
    c.observed_at,
    c.source_id,
    c.evidence,
    c.verdict,
    v.rule_id AS verdict_rule,
    v.reason AS verdict_reason,
    v.engine_version,
    c.nature_rule,
    c.direction_rule,
    r.before_text_hash,
    r.after_text_hash,
    e.extractor,
    e.extractor_version,
    e.declaration_hash,
    n.body AS declaration,
    f.url,
    f.observed_at AS fetched_at,
    f.http_status,
    f.snapshot_hash,
    s.byte_count,
    s.warc_file,
    s.warc_offset,
    s.warc_record_id,
    c.attribution
FROM clause_change AS c
INNER JOIN change AS r ON c.change_id = r.change_id AND r.superseded_at IS NULL
LEFT JOIN current_verdict AS v ON c.observation_id = v.observation_id
LEFT JOIN extraction AS e ON c.observation_id = e.observation_id AND e.superseded_at IS NULL
LEFT JOIN declaration AS n ON e.declaration_hash = n.declaration_hash AND c.document_id = n.document_id
LEFT JOIN "fetch" AS f ON c.observation_id = f.observation_id
LEFT JOIN snapshot AS s ON f.snapshot_hash = s.snapshot_hash
WHERE
    c.nature = 'substantive'
    AND (getvariable('change') IS NULL OR c.change_id = getvariable('change'))
ORDER BY c.observed_at DESC, c.change_id ASC, f.page ASC, f.attempt ASC;
