-- Documents by days without a good observation, up to the newest observation of their origin: silence is a
-- signal. After the last good observation a document is unknown, not unchanged.
SELECT
    platform_name,
    terms_type,
    origin,
    state,
    days_unseen_at_newest,
    days_unseen_now,
    last_good_at,
    last_verdict,
    last_reason,
    observation_count,
    quarantined_count
FROM document_health
ORDER BY days_unseen_at_newest DESC NULLS FIRST, platform_name ASC, terms_type ASC;
