-- data: a count below zero or above ten million
SELECT r.source, r.key AS subject, 't3.' || x.item AS detail
FROM applications x JOIN reports r ON r.id = x.report_id
WHERE x.natural_person NOT BETWEEN 0 AND 10000000 OR x.org_commercial NOT BETWEEN 0 AND 10000000 OR x.org_research NOT BETWEEN 0 AND 10000000 OR x.org_public_welfare NOT BETWEEN 0 AND 10000000 OR x.org_legal_service NOT BETWEEN 0 AND 10000000 OR x.org_other NOT BETWEEN 0 AND 10000000 OR x.total NOT BETWEEN 0 AND 10000000
UNION ALL
SELECT r.source, r.key, 't4.' || x.route
FROM disputes x JOIN reports r ON r.id = x.report_id
WHERE x.upheld NOT BETWEEN 0 AND 10000000 OR x.corrected NOT BETWEEN 0 AND 10000000 OR x.other_result NOT BETWEEN 0 AND 10000000 OR x.pending NOT BETWEEN 0 AND 10000000 OR x.total NOT BETWEEN 0 AND 10000000
UNION ALL
SELECT r.source, r.key, format('t2.%s.%s: %s', x.item, x.measure, x.value)
FROM disclosure x JOIN reports r ON r.id = x.report_id
WHERE x.measure NOT IN ('change', 'amount', 'amount_wan') AND x.value NOT BETWEEN 0 AND 10000000
UNION ALL
SELECT r.source, r.key, format('statistics.%s: %s', coalesce(x.item, x.label), x.value)
FROM statistics x JOIN reports r ON r.id = x.report_id
WHERE x.value < 0
