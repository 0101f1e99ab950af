-- assertion: a source whose followed items are all something else than reports
SELECT i.source, i.source AS subject,
       format('%d items followed, no report; one reason: %s', count(*), coalesce(min(i.reason), 'none given')) AS detail
FROM listing_items i
WHERE i.decision = 'followed' AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.source = i.source)
GROUP BY i.source
