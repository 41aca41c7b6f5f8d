-- What was not announced and why: differences by class of noise, with the documents that produce them most.
SELECT
    noise_class,
    count(*) AS differences,
    count(DISTINCT document_id) AS documents,
    count(DISTINCT comparison_id) AS comparisons,
    arg_max(platform_name || ' / ' || terms_type, observed_at) AS latest_document,
    max(observed_at) AS latest
FROM clause_change
WHERE nature = 'noise'
GROUP BY noise_class
ORDER BY differences DESC, noise_class ASC;
