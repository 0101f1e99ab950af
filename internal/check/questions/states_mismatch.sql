-- assertion: cell states of table 3 or 4 that say otherwise than the NULLs beside them
SELECT r.source, r.key AS subject, format('t3.%s: states %s', x.item, coalesce(x.states, 'NULL')) AS detail
FROM applications x JOIN reports r ON r.id = x.report_id
WHERE length(x.states) <> 7 OR
   (x.natural_person IS NULL) = (coalesce(substr(x.states, 1, 1), 'n') = 'n') OR
   (x.org_commercial IS NULL) = (coalesce(substr(x.states, 2, 1), 'n') = 'n') OR
   (x.org_research IS NULL) = (coalesce(substr(x.states, 3, 1), 'n') = 'n') OR
   (x.org_public_welfare IS NULL) = (coalesce(substr(x.states, 4, 1), 'n') = 'n') OR
   (x.org_legal_service IS NULL) = (coalesce(substr(x.states, 5, 1), 'n') = 'n') OR
   (x.org_other IS NULL) = (coalesce(substr(x.states, 6, 1), 'n') = 'n') OR
   (x.total IS NULL) = (coalesce(substr(x.states, 7, 1), 'n') = 'n')
UNION ALL
SELECT r.source, r.key, format('t4.%s: states %s', x.route, coalesce(x.states, 'NULL'))
FROM disputes x JOIN reports r ON r.id = x.report_id
WHERE length(x.states) <> 5 OR
   (x.upheld IS NULL) = (coalesce(substr(x.states, 1, 1), 'n') = 'n') OR
   (x.corrected IS NULL) = (coalesce(substr(x.states, 2, 1), 'n') = 'n') OR
   (x.other_result IS NULL) = (coalesce(substr(x.states, 3, 1), 'n') = 'n') OR
   (x.pending IS NULL) = (coalesce(substr(x.states, 4, 1), 'n') = 'n') OR
   (x.total IS NULL) = (coalesce(substr(x.states, 5, 1), 'n') = 'n')
