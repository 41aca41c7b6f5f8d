-- Entities of the warehouse. Only what a DuckDB file and DuckLake both accept: no primary keys, no unique
-- constraints, no sequences, no enums. Keys are 63-bit integers derived from the natural key's hash; rows are
-- upserted by MERGE.

CREATE TABLE platform (
    platform_id VARCHAR,
    name VARCHAR,
    locale VARCHAR,
    is_declared BOOLEAN
);

CREATE TABLE platform_status (
    platform_id VARCHAR,
    status VARCHAR,
    valid_from DATE,
    valid_until DATE,
    source VARCHAR
);

CREATE TABLE commitment (
    commitment_id VARCHAR,
    axis INTEGER,
    title_fr VARCHAR,
    title_en VARCHAR,
    evidence_level VARCHAR,
    legal_references VARCHAR
);

CREATE TABLE document (
    document_id BIGINT,
    platform_id VARCHAR,
    service VARCHAR,
    terms_type VARCHAR,
    origin VARCHAR,
    title VARCHAR,
    language VARCHAR,
    audience VARCHAR,
    state VARCHAR,
    attribution VARCHAR
);

CREATE TABLE declaration (
    declaration_hash VARCHAR,
    document_id BIGINT,
    body VARCHAR,
    valid_from TIMESTAMPTZ,
    valid_until TIMESTAMPTZ
);

CREATE TABLE observation (
    observation_id BIGINT,
    document_id BIGINT,
    observed_at TIMESTAMPTZ,
    source_id VARCHAR,
    outcome VARCHAR,
    outcome_reason VARCHAR,
    technical_reason VARCHAR,
    evidence VARCHAR,
    run_id VARCHAR,
    recorded_at TIMESTAMPTZ
);

CREATE TABLE snapshot (
    snapshot_hash VARCHAR,
    media_type VARCHAR,
    byte_count BIGINT,
    kept_until TIMESTAMPTZ
);

CREATE TABLE "fetch" (
    fetch_id BIGINT,
    observation_id BIGINT,
    url VARCHAR,
    http_status INTEGER,
    outcome VARCHAR,
    outcome_reason VARCHAR,
    started_at TIMESTAMPTZ,
    elapsed_ms BIGINT,
    snapshot_hash VARCHAR,
    warc_file VARCHAR,
    warc_offset BIGINT
);

CREATE TABLE text_body (
    text_hash VARCHAR,
    document_id BIGINT,
    body VARCHAR,
    char_count BIGINT
);

CREATE TABLE extraction (
    extraction_id BIGINT,
    observation_id BIGINT,
    declaration_hash VARCHAR,
    extractor VARCHAR,
    extractor_version VARCHAR,
    text_hash VARCHAR,
    recorded_at TIMESTAMPTZ,
    superseded_at TIMESTAMPTZ
);

CREATE TABLE verdict (
    verdict_id BIGINT,
    observation_id BIGINT,
    document_id BIGINT,
    verdict VARCHAR,
    rule_id VARCHAR,
    reason VARCHAR,
    noise_classes VARCHAR,
    comparison_id BIGINT,
    is_alert BOOLEAN,
    engine_version VARCHAR,
    recorded_at TIMESTAMPTZ,
    superseded_at TIMESTAMPTZ
);

CREATE TABLE version (
    version_id BIGINT,
    document_id BIGINT,
    observation_id BIGINT,
    text_hash VARCHAR,
    clause_set_hash VARCHAR,
    valid_from TIMESTAMPTZ,
    valid_until TIMESTAMPTZ,
    opened_by VARCHAR,
    recorded_at TIMESTAMPTZ,
    superseded_at TIMESTAMPTZ
);

CREATE TABLE clause_text (
    clause_hash VARCHAR,
    body VARCHAR
);

CREATE TABLE clause (
    version_id BIGINT,
    position INTEGER,
    clause_id BIGINT,
    document_id BIGINT,
    number VARCHAR,
    heading VARCHAR,
    kind VARCHAR,
    context VARCHAR,
    clause_hash VARCHAR,
    superseded_at TIMESTAMPTZ
);

CREATE TABLE change (
    change_id BIGINT,
    comparison_id BIGINT,
    document_id BIGINT,
    before_text_hash VARCHAR,
    after_text_hash VARCHAR,
    ordinal INTEGER,
    kind VARCHAR,
    nature VARCHAR,
    nature_rule VARCHAR,
    noise_class VARCHAR,
    heading VARCHAR,
    number VARCHAR,
    clause_before VARCHAR,
    clause_after VARCHAR,
    edits VARCHAR,
    facts VARCHAR,
    direction VARCHAR,
    direction_rule VARCHAR,
    engine_version VARCHAR,
    recorded_at TIMESTAMPTZ,
    superseded_at TIMESTAMPTZ
);

CREATE TABLE match (
    match_id BIGINT,
    change_id BIGINT,
    document_id BIGINT,
    commitment_id VARCHAR,
    rule_id VARCHAR,
    span_start INTEGER,
    span_end INTEGER,
    score DOUBLE,
    confidence DOUBLE,
    superseded_at TIMESTAMPTZ
);

CREATE TABLE alert (
    alert_id BIGINT,
    document_id BIGINT,
    observation_id BIGINT,
    before_clause_set_hash VARCHAR,
    after_clause_set_hash VARCHAR,
    comparison_id BIGINT,
    changed_after TIMESTAMPTZ,
    changed_before TIMESTAMPTZ,
    stated_effective_date DATE,
    is_sendable BOOLEAN,
    state VARCHAR,
    state_since TIMESTAMPTZ,
    recorded_at TIMESTAMPTZ,
    superseded_at TIMESTAMPTZ
);

CREATE TABLE alert_delivery (
    delivery_id BIGINT,
    alert_id BIGINT,
    channel VARCHAR,
    status VARCHAR,
    payload_hash VARCHAR,
    message_ts VARCHAR,
    attempt_count INTEGER,
    error VARCHAR,
    claimed_by VARCHAR,
    unresolved_since TIMESTAMPTZ,
    recorded_at TIMESTAMPTZ
);

CREATE TABLE quarantine (
    quarantine_id BIGINT,
    subject_table VARCHAR,
    subject_key VARCHAR,
    document_id BIGINT,
    expectation VARCHAR,
    reason VARCHAR,
    payload VARCHAR,
    run_id VARCHAR,
    recorded_at TIMESTAMPTZ,
    decision VARCHAR,
    decided_by VARCHAR,
    decided_reason VARCHAR,
    decided_at TIMESTAMPTZ
);

CREATE TABLE validation (
    validation_id BIGINT,
    run_id VARCHAR,
    suite VARCHAR,
    is_success BOOLEAN,
    row_count BIGINT,
    failed_count BIGINT,
    evaluated_count INTEGER,
    failed_expectations VARCHAR,
    docs_path VARCHAR,
    recorded_at TIMESTAMPTZ
);

CREATE TABLE pipeline_run (
    run_id VARCHAR,
    step VARCHAR,
    source VARCHAR,
    detail VARCHAR,
    started_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ
);
