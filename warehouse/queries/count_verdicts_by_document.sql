-- How many observations of each document ended in which verdict: how noisy a source is, at a glance.
SELECT
    platform_name,
    terms_type,
    origin,
    count(*) AS observations,
    count(*) FILTER (WHERE verdict = 'changed') AS changed,
    count(*) FILTER (WHERE verdict = 'oscillation') AS oscillation,
    count(*) FILTER (WHERE verdict = 'cosmetic') AS cosmetic,
    count(*) FILTER (WHERE verdict = 'technical') AS technical,
    count(*) FILTER (WHERE verdict IN ('baseline', 'unchanged')) AS baseline_or_unchanged,
    count(*) FILTER (WHERE verdict = 'quarantined') AS quarantined,
    count(*) FILTER (WHERE verdict IN ('unreachable', 'policy_blocked', 'withdrawn')) AS not_seen,
    count(*) FILTER (WHERE is_alert) AS alerts
FROM current_verdict
GROUP BY platform_name, terms_type, origin
ORDER BY observations DESC, platform_name ASC, terms_type ASC;
