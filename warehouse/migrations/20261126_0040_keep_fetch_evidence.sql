-- What a crawl leaves behind: fetches with their validators and WARC record, snapshots with the record that holds their
-- bytes; texts in quarantine by hash, so that one decision holds for every sight of the same text.

ALTER TABLE document ADD COLUMN declared_id VARCHAR;

ALTER TABLE "fetch" ADD COLUMN document_id BIGINT;
ALTER TABLE "fetch" ADD COLUMN page INTEGER;
ALTER TABLE "fetch" ADD COLUMN attempt INTEGER;
ALTER TABLE "fetch" ADD COLUMN final_url VARCHAR;
ALTER TABLE "fetch" ADD COLUMN observed_at TIMESTAMPTZ;
ALTER TABLE "fetch" ADD COLUMN signals VARCHAR;
ALTER TABLE "fetch" ADD COLUMN is_rendered BOOLEAN;
ALTER TABLE "fetch" ADD COLUMN render_ms BIGINT;
ALTER TABLE "fetch" ADD COLUMN etag VARCHAR;
ALTER TABLE "fetch" ADD COLUMN last_modified VARCHAR;
ALTER TABLE "fetch" ADD COLUMN warc_record_id VARCHAR;
ALTER TABLE "fetch" ADD COLUMN run_id VARCHAR;
ALTER TABLE "fetch" ADD COLUMN recorded_at TIMESTAMPTZ;

ALTER TABLE snapshot ADD COLUMN payload_digest VARCHAR;
ALTER TABLE snapshot ADD COLUMN warc_file VARCHAR;
ALTER TABLE snapshot ADD COLUMN warc_offset BIGINT;
ALTER TABLE snapshot ADD COLUMN warc_record_id VARCHAR;
ALTER TABLE snapshot ADD COLUMN fetched_at TIMESTAMPTZ;
ALTER TABLE snapshot ADD COLUMN thinned_at TIMESTAMPTZ;
ALTER TABLE snapshot ADD COLUMN nearest_hash VARCHAR;

ALTER TABLE extraction ADD COLUMN previous_text_hash VARCHAR;
ALTER TABLE extraction ADD COLUMN warnings VARCHAR;
ALTER TABLE extraction ADD COLUMN selector_hits VARCHAR;

ALTER TABLE quarantine ADD COLUMN text_hash VARCHAR;
