-- From each substantive change back to what it rests on: observation, verdict, both texts, declaration, and for each
-- page the address, the moment and the WARC record that holds the bytes (warcio extract --payload FILE OFFSET).
-- Choose one with: SET VARIABLE change = 1234; without it, all substantive changes are shown.
SELECT
    c.change_id,
    c.nature_rule,
    c.direction_rule,
    r.before_text_hash,
    r.after_text_hash,
    r.engine_version,
    e.platform_name,
    e.terms_type,
    e.observed_at,
    e.source_id,
    e.evidence_kind,
    e.verdict,
    e.verdict_rule,
    e.verdict_reason,
    e.extractor,
    e.extractor_version,
    e.declaration_hash,
    e.declaration,
    e.page,
    e.attempt,
    e.url,
    e.final_url,
    e.fetched_at,
    e.http_status,
    e.outcome,
    e.snapshot_hash,
    e.byte_count,
    e.is_nearest_capture,
    e.warc_file,
    e.warc_offset,
    e.warc_record_id,
    e.attribution
FROM clause_change AS c
INNER JOIN change AS r ON c.change_id = r.change_id AND r.superseded_at IS NULL
LEFT JOIN evidence AS e ON c.observation_id = e.observation_id
WHERE
    c.nature = 'substantive'
    AND (getvariable('change') IS NULL OR c.change_id = getvariable('change'))
ORDER BY c.observed_at DESC, c.change_id ASC, e.page ASC, e.attempt ASC;
