-- What the data team has to look at, longest first: documents whose newest observation gave no accepted text.
SELECT
    platform_name,
    terms_type,
    origin,
    verdict,
    reason,
    proposal,
    since,
    observation_count,
    last_good_at,
    quarantine_id,
    run_id
FROM incident
ORDER BY since ASC, platform_name ASC, terms_type ASC;
