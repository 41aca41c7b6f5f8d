-- Refused rows that wait for a decision, the reason refused most often first, with the documents concerned.
SELECT
    expectation,
    subject_table,
    count(*) AS rows_waiting,
    count(DISTINCT document_id) AS documents,
    min(first_recorded_at) AS oldest,
    max(recorded_at) AS newest,
    sum(seen_count) AS times_seen,
    string_agg(DISTINCT platform_name, ', ' ORDER BY platform_name) AS platforms,
    any_value(reason) AS one_reason
FROM quarantine_open
GROUP BY expectation, subject_table
ORDER BY rows_waiting DESC, expectation ASC, subject_table ASC;
