-- Alerts owed that no channel has received yet, newest first. Alerts of imported histories are never sent:
-- is_sendable tells them apart. Evidence levels are in the order of the commitments.
SELECT
    alert_id,
    platform_name,
    charter_status,
    terms_type,
    changed_after,
    changed_before,
    state,
    is_sendable,
    commitments,
    evidence_levels,
    directions,
    clauses_before,
    clauses_after,
    deliveries,
    attribution
FROM alert_feed
WHERE NOT is_sent
ORDER BY changed_before DESC, alert_id ASC;
