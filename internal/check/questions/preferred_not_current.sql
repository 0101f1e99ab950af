-- assertion: a preferred report that is no current one, or has no agency or year
SELECT source, key AS subject,
       CASE WHEN NOT is_current THEN 'another revision of its page is current'
            WHEN agency_id IS NULL THEN 'it has no agency' ELSE 'it has no report year' END AS detail
FROM reports
WHERE is_preferred = 1 AND (is_current = 0 OR agency_id IS NULL OR report_year IS NULL)
