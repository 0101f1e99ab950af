-- One report for each agency, scope and year among the current ones. What a person
-- prefers goes before everything; else they compete, each rule deciding only where
-- those before it leave them equal:
--   1. a year that is printed goes before one inferred from the publish date;
--   2. what is still listed goes before what was removed: a page that moved, or a
--      whole portal under new software;
--   3. a page goes before its mobile or print version, told by the address;
--   4. the newest printed date; one known only from the address is not printed, and
--      one that cannot be (a misprint, a day of the future) is as good as none;
--   5. the host that shows reports of this agency alone goes before a portal's;
--   6. the text that appeared last: a correction that prints the old date;
--   7. of one text at several addresses, https before http, and then the address
--      seen first, so that a new alias changes nothing.
CREATE TEMP TABLE preference AS
SELECT id, n = 1 AS is_preferred,
  CASE
    WHEN n > 1 THEN NULL
    WHEN rivals = 1 THEN 'the only one'
    WHEN by_hand THEN 'of ' || rivals || ', decided by hand'
    WHEN guessed < next_guessed THEN 'of ' || rivals || ', the one whose year is not inferred from its publish date'
    WHEN gone < next_gone THEN 'of ' || rivals || ', the one still listed'
    WHEN variant < next_variant THEN 'of ' || rivals || ', the page before its mobile or print version'
    WHEN printed IS NOT next_printed THEN 'of ' || rivals || ', the newest printed date: ' || printed
    ELSE 'of ' || rivals || CASE WHEN printed IS NULL THEN ' without a printed date to go by, ' ELSE ', several printed ' || printed || ': of these ' END ||
      CASE
        WHEN shared < next_shared THEN 'the one on the agency''s own host'
        WHEN content_sha256 <> next_content THEN 'the one seen first most recently'
        WHEN plain < next_plain THEN 'the same text under https'
        ELSE 'the same text seen first'
      END
  END AS why
FROM (
  SELECT *,
         row_number() OVER best AS n,
         lead(guessed) OVER best AS next_guessed,
         lead(gone) OVER best AS next_gone,
         lead(variant) OVER best AS next_variant,
         lead(printed) OVER best AS next_printed,
         lead(shared) OVER best AS next_shared,
         lead(content_sha256) OVER best AS next_content,
         lead(plain) OVER best AS next_plain,
         count(*) OVER (PARTITION BY agency_id, scope, report_year) AS rivals
  FROM (
    SELECT r.*, h.agencies > 1 AS shared,
           min(first_seen_at) OVER (PARTITION BY r.agency_id, scope, report_year, content_sha256) AS content_at
    FROM (
      SELECT *, substr(address, 1, instr(address || '/', '/') - 1) AS host
      FROM (
        SELECT id, key, agency_id, scope, report_year, first_seen_at, content_sha256,
               EXISTS (SELECT 1 FROM decisions d WHERE d.url = reports.url AND d.field = 'preferred') AS by_hand,
               CASE WHEN published_basis IS NOT 'url' AND id NOT IN (SELECT report_id FROM findings WHERE rule = 'date_implausible' AND report_id IS NOT NULL)
                    THEN published_date END AS printed,
               report_year_basis IS 'published' AS guessed,
               removed_at IS NOT NULL AS gone,
               url NOT LIKE 'https:%' AS plain,
               substr(url, instr(url, '//') + 2) AS address,
               url LIKE '%\_wap.%' ESCAPE '\' OR url LIKE '%ismobile=%' OR url LIKE '%/mpost\_%' ESCAPE '\'
                 OR url LIKE '%://m.%' OR url LIKE '%://wap.%' OR url LIKE '%://3g.%'
                 OR url LIKE '%/wap/%' OR url LIKE '%/mobile/%' OR url LIKE '%/m/%'
                 OR url LIKE '%\_print.%' ESCAPE '\' OR url LIKE '%/print/%' OR url LIKE '%/print.%'
                 OR url LIKE '%?print=%' OR url LIKE '%&print=%' AS variant
        FROM reports
        WHERE is_current = 1 AND agency_id IS NOT NULL AND report_year IS NOT NULL
      )
    ) AS r
    JOIN (
      SELECT host, count(DISTINCT agency_id) AS agencies
      FROM (SELECT agency_id, substr(address, 1, instr(address || '/', '/') - 1) AS host
            FROM (SELECT agency_id, substr(url, instr(url, '//') + 2) AS address
                  FROM reports WHERE is_current = 1 AND agency_id IS NOT NULL))
      GROUP BY host
    ) AS h ON h.host = r.host
  )
  WINDOW best AS (PARTITION BY agency_id, scope, report_year
                  ORDER BY by_hand DESC, guessed, gone, variant, printed DESC NULLS LAST, shared, content_at DESC, content_sha256, plain, first_seen_at, key)
);
CREATE UNIQUE INDEX temp.preference_by_id ON preference (id);

UPDATE reports SET is_preferred = 0, preferred_why = NULL
WHERE is_preferred = 1 AND id NOT IN (SELECT id FROM preference WHERE is_preferred);

UPDATE reports SET is_preferred = 1, preferred_why = p.why
FROM preference AS p
WHERE p.id = reports.id AND p.is_preferred AND (reports.is_preferred, reports.preferred_why) IS NOT (1, p.why);

DROP TABLE preference;
