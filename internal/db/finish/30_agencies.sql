-- Which agency a report is of, as its page was read. Of the readings of one content
-- the newest that knew the region decides, since a source may be given a region
-- after its first crawl. A report without a region has no agency id.
CREATE TEMP TABLE placed AS
SELECT r.id AS report_id, r.agency, r.report_year, o.agency_id, o.region_code, o.region_basis, coalesce(o.level, r.level) AS level
FROM reports r
LEFT JOIN (
  SELECT report_id, agency_id, region_code, region_basis, level,
         row_number() OVER (PARTITION BY report_id ORDER BY agency_id IS NULL, at DESC, record_id DESC) AS n
  FROM observations
) AS o ON o.report_id = r.id AND o.n = 1;

DELETE FROM agency_aliases;
UPDATE agencies SET successor = NULL WHERE successor IS NOT NULL;

-- An agency is one name in one region, from the first to the last year reported
-- under it. Its codes are those of the divisions around it: municipalities have no
-- prefectures. The codes of a made-up province, which no list has, say so by digits.
INSERT INTO agencies (id, name, kind, region_code, province_code, prefecture_code, county_code, level, valid_from, valid_to)
SELECT agency_id, substr(agency_id, instr(agency_id, '/') + 1),
       CASE WHEN level GLOB '*_gov' THEN 'government' WHEN level GLOB '*_dept' THEN 'department'
            WHEN level = 'government_office' THEN 'office' ELSE level END,
       region, substr(region, 1, 2) || '0000',
       CASE WHEN substr(region, 3, 2) <> '00'
             AND (EXISTS (SELECT 1 FROM divisions WHERE code = substr(region, 1, 4) || '00')
                  OR NOT EXISTS (SELECT 1 FROM divisions WHERE code = substr(region, 1, 2) || '0000'))
            THEN substr(region, 1, 4) || '00' END,
       CASE WHEN substr(region, 5, 2) <> '00' THEN region END,
       level, first_year, last_year
FROM (
  SELECT agency_id, min(region_code) AS region,
         CASE WHEN min(level) = max(level) THEN min(level) END AS level, -- none where its reports differ
         CAST(min(report_year) AS TEXT) AS first_year, CAST(max(report_year) AS TEXT) AS last_year
  FROM placed WHERE agency_id IS NOT NULL GROUP BY agency_id
)
WHERE true
ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, region_code = excluded.region_code,
  province_code = excluded.province_code, prefecture_code = excluded.prefecture_code, county_code = excluded.county_code,
  level = excluded.level, valid_from = excluded.valid_from, valid_to = excluded.valid_to;

UPDATE reports SET agency_id = p.agency_id, region_code = p.region_code, level = p.level
FROM placed AS p
WHERE p.report_id = reports.id
  AND (reports.agency_id, reports.region_code, reports.level) IS NOT (p.agency_id, p.region_code, p.level);

INSERT INTO agency_aliases (agency_id, name, basis)
SELECT DISTINCT agency_id, agency, coalesce(region_basis, 'name') FROM placed WHERE agency_id IS NOT NULL AND agency IS NOT NULL;

DELETE FROM agencies WHERE id NOT IN (SELECT agency_id FROM reports WHERE agency_id IS NOT NULL);

-- Only a division that took another code or name, with the organ's own name as
-- before, makes a successor certain; and only if it reports.
UPDATE agencies SET successor = n.id
FROM (
  SELECT a.id AS former, b.id
  FROM agencies a
  JOIN divisions d ON d.code = a.region_code AND substr(a.name, 1, length(d.name)) = d.name
  JOIN divisions s ON s.code = d.successor AND s.valid_from = d.valid_to
  JOIN agencies b ON b.id = s.code || '/' || s.name || substr(a.name, length(d.name) + 1)
) AS n
WHERE n.former = agencies.id AND n.id <> agencies.id;

DROP TABLE placed;
