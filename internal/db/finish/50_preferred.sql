-- One report for each agency, scope and year: of the current ones the newest
-- printed date, else the one that appeared last. A year that is printed goes
-- before one inferred from the publish date, and a date known only from the
-- address counts as not printed. What a person prefers goes before everything.
CREATE TEMP TABLE preference AS
SELECT id, n = 1 AS is_preferred,
  CASE
    WHEN n > 1 THEN NULL
    WHEN rivals = 1 THEN 'the only one'
    WHEN by_hand THEN 'of ' || rivals || ', decided by hand'
    WHEN NOT guessed AND next_guessed THEN 'of ' || rivals || ', the one whose year is not inferred from its publish date'
    WHEN printed IS NULL THEN 'of ' || rivals || ' without a printed date, the one seen first most recently'
    WHEN printed IS next_printed THEN 'of ' || rivals || ', several printed ' || printed || ': of these the one seen first most recently'
    ELSE 'of ' || rivals || ', the newest printed date: ' || printed
  END AS why
FROM (
  SELECT id, printed, guessed, by_hand,
         row_number() OVER best AS n,
         lead(printed) OVER best AS next_printed,
         lead(guessed) OVER best AS next_guessed,
         count(*) OVER (PARTITION BY agency_id, scope, report_year) AS rivals
  FROM (
    SELECT *, CASE WHEN published_basis IS NOT 'url' THEN published_date END AS printed,
           report_year_basis IS 'published' AS guessed,
           EXISTS (SELECT 1 FROM decisions d WHERE d.url = reports.url AND d.field = 'preferred') AS by_hand
    FROM reports
    WHERE is_current = 1 AND agency_id IS NOT NULL AND report_year IS NOT NULL
  )
  WINDOW best AS (PARTITION BY agency_id, scope, report_year
                  ORDER BY by_hand DESC, guessed, printed DESC NULLS LAST, first_seen_at DESC, key)
);
CREATE UNIQUE INDEX temp.preference_by_id ON preference (id);

UPDATE reports SET is_preferred = 0, preferred_why = NULL
WHERE is_preferred = 1 AND id NOT IN (SELECT id FROM preference WHERE is_preferred);

UPDATE reports SET is_preferred = 1, preferred_why = p.why
FROM preference AS p
WHERE p.id = reports.id AND p.is_preferred AND (reports.is_preferred, reports.preferred_why) IS NOT (1, p.why);

DROP TABLE preference;
