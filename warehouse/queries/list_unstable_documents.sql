-- Documents whose page alternates between texts, the most restless first: nobody is alerted of them, and the
-- declaration may want a filter, a narrower selector or a fixed language.
SELECT
    platform_name,
    service,
    terms_type,
    origin,
    flip_count,
    oscillation_count,
    text_count,
    since,
    last_flip_at,
    reason,
    proposal
FROM unstable_document
ORDER BY oscillation_count DESC, flip_count DESC, service ASC, terms_type ASC;
