-- The tables of reports.db. Their names and columns are a promise to researchers;
-- work.db holds the same ones. report_wide, panel and panel_imputed follow from
-- the codebook and are written by wide.go.
--
-- Dates printed on pages are ISO 8601, with +08:00 where a time is printed and a
-- bare date where not. Machine times (*_at, except published_at) are UTC with Z
-- and six decimals, so that they sort as text. NULL means that there is no such
-- number; it is never 0. References to captures are deferred: a row and the
-- capture it cites may come in any order within one transaction.

CREATE TABLE divisions (
  code        TEXT NOT NULL,             -- GB/T 2260, six digits
  valid_from  TEXT NOT NULL,             -- day of the first published list with it; the change came after the list before
  valid_to    TEXT,                      -- day of the first list without it
  name        TEXT NOT NULL,
  level       TEXT,
  parent      TEXT,
  successor   TEXT,
  PRIMARY KEY (code, valid_from)
) WITHOUT ROWID;

CREATE TABLE dictionary (
  tbl         TEXT NOT NULL,             -- t2 | t3 | t4 | statistics
  item        TEXT NOT NULL,
  col         TEXT NOT NULL,
  forms       TEXT NOT NULL,             -- separated by one space
  label_zh    TEXT,
  label_en    TEXT,
  unit        TEXT,
  legal_basis TEXT,
  stata_name  TEXT,
  note        TEXT,
  UNIQUE (tbl, item, col)
);

CREATE TABLE sources (
  id          TEXT PRIMARY KEY,
  name        TEXT,
  url         TEXT,
  host        TEXT,
  adapter     TEXT,                      -- the family; where the config says auto, the one detected
  region_code TEXT,
  level       TEXT,
  note        TEXT
) WITHOUT ROWID;

CREATE TABLE agencies (
  id              TEXT PRIMARY KEY,      -- region code (000000 for the whole state), slash, name
  name            TEXT NOT NULL,         -- official name of the innermost region, then the organ
  kind            TEXT,                  -- government | office | department | township | subdistrict | zone | vertical | central
  region_code     TEXT,
  province_code   TEXT,
  prefecture_code TEXT,
  county_code     TEXT,
  level           TEXT,
  valid_from      TEXT,                  -- first report year under this name
  valid_to        TEXT,                  -- last report year under this name, not the organ's end
  successor       TEXT REFERENCES agencies (id) -- the same organ of a renamed or recoded division; NULL where not certain
) WITHOUT ROWID;

CREATE TABLE agency_aliases (
  agency_id TEXT NOT NULL REFERENCES agencies (id),
  name      TEXT NOT NULL,               -- as printed
  basis     TEXT NOT NULL,               -- what tells the region: name | body | signoff | source | site | breadcrumb | publisher
  PRIMARY KEY (agency_id, name, basis)
) WITHOUT ROWID;

CREATE TABLE expected (
  agency_id   TEXT NOT NULL REFERENCES agencies (id),
  report_year INTEGER NOT NULL,
  scope       TEXT NOT NULL,
  source      TEXT REFERENCES sources (id),
  deadline    TEXT,
  why         TEXT,
  PRIMARY KEY (agency_id, report_year, scope)
) WITHOUT ROWID;

CREATE TABLE captures (
  record_id      TEXT PRIMARY KEY,       -- WARC-Record-ID
  source         TEXT NOT NULL REFERENCES sources (id),
  url            TEXT NOT NULL,          -- as requested
  final_url      TEXT NOT NULL,          -- where a redirect points, else url
  method         TEXT NOT NULL,
  request_sha256 TEXT,
  kind           TEXT,                   -- robots | list | page | file | views
  of_url         TEXT,                   -- the page that led to it
  fetched_at     TEXT NOT NULL,
  status         INTEGER,                -- NULL for a failed exchange
  media_type     TEXT,
  charset        TEXT,
  sha256         TEXT,
  file           TEXT NOT NULL,
  offset         INTEGER NOT NULL,
  transport      TEXT,
  outcome        TEXT NOT NULL,
  detail         TEXT
) WITHOUT ROWID;

CREATE TABLE listing_items (
  source        TEXT NOT NULL REFERENCES sources (id),
  url           TEXT NOT NULL,
  title         TEXT,
  listed_date   TEXT,
  first_seen_at TEXT NOT NULL,
  last_seen_at  TEXT NOT NULL,
  removed_at    TEXT,                    -- the third complete listing without it
  decision      TEXT NOT NULL,           -- followed | skipped
  reason        TEXT,
  PRIMARY KEY (source, url)
) WITHOUT ROWID;

CREATE TABLE reports (
  id                INTEGER PRIMARY KEY, -- for joins inside one file only; key is the citable one
  key               TEXT NOT NULL UNIQUE,
  source            TEXT NOT NULL REFERENCES sources (id),
  url               TEXT NOT NULL,
  title             TEXT,
  agency            TEXT,
  agency_raw        TEXT,
  agency_basis      TEXT,
  agency_id         TEXT REFERENCES agencies (id),
  region_code       TEXT,
  level             TEXT,
  scope             TEXT NOT NULL,       -- region_wide | own_organ | unknown
  report_year       INTEGER,
  report_year_basis TEXT,
  published_at      TEXT,                -- as printed
  published_date    TEXT,
  published_label   TEXT,
  published_basis   TEXT,
  days_late         INTEGER,             -- after the deadline, 0 when in time; NULL when either date is not certain
  views             INTEGER,
  views_state       TEXT,                -- inline | counter | placeholder | label_only | none | counter_off | counter_failed
  views_at          TEXT,
  form_t2           TEXT,
  form_t3           TEXT,
  form_t4           TEXT,
  form_statistics   TEXT,
  revision          INTEGER NOT NULL DEFAULT 1,
  is_current        INTEGER NOT NULL DEFAULT 0,
  is_preferred      INTEGER NOT NULL DEFAULT 0,
  preferred_why     TEXT,
  content_sha256    TEXT NOT NULL,
  stale             INTEGER NOT NULL DEFAULT 0,
  first_seen_at     TEXT NOT NULL,
  last_seen_at      TEXT NOT NULL,
  removed_at        TEXT,
  record_id         TEXT NOT NULL REFERENCES captures (record_id) DEFERRABLE INITIALLY DEFERRED,
  extractor         TEXT NOT NULL
);

CREATE TABLE report_dates (
  report_id INTEGER NOT NULL REFERENCES reports (id),
  label     TEXT,
  raw       TEXT,
  value     TEXT
);

CREATE TABLE sections (
  report_id INTEGER NOT NULL REFERENCES reports (id),
  no        INTEGER NOT NULL,            -- 1..6 in the forms since 2019; before, in printed order from 1
  heading   TEXT,                        -- empty for a body without headings
  text      TEXT,
  PRIMARY KEY (report_id, no)
);

CREATE TABLE disclosure (
  report_id INTEGER NOT NULL REFERENCES reports (id),
  item      TEXT NOT NULL,
  measure   TEXT NOT NULL,
  raw       TEXT,
  value     NUMERIC,
  unit      TEXT,
  value_wan REAL,
  PRIMARY KEY (report_id, item, measure)
) WITHOUT ROWID;

CREATE TABLE applications (
  report_id          INTEGER NOT NULL REFERENCES reports (id),
  item               TEXT NOT NULL,
  natural_person     INTEGER,
  org_commercial     INTEGER,
  org_research       INTEGER,
  org_public_welfare INTEGER,
  org_legal_service  INTEGER,
  org_other          INTEGER,
  total              INTEGER,
  states             TEXT,
  PRIMARY KEY (report_id, item)
) WITHOUT ROWID;

CREATE TABLE disputes (
  report_id    INTEGER NOT NULL REFERENCES reports (id),
  route        TEXT NOT NULL,
  upheld       INTEGER,
  corrected    INTEGER,
  other_result INTEGER,
  pending      INTEGER,
  total        INTEGER,
  states       TEXT,
  PRIMARY KEY (report_id, route)
) WITHOUT ROWID;

CREATE TABLE statistics (
  report_id INTEGER NOT NULL REFERENCES reports (id),
  form      TEXT,
  item      TEXT,                        -- NULL for a label without a code
  label     TEXT,
  period    TEXT,                        -- year | cumulative
  raw       TEXT,
  value     NUMERIC,
  unit      TEXT
);

CREATE TABLE cell_remarks (
  report_id INTEGER NOT NULL REFERENCES reports (id),
  tbl       TEXT NOT NULL,
  item      TEXT,
  col       TEXT,
  state     TEXT NOT NULL,
  raw       TEXT
);

CREATE TABLE report_checks (
  report_id INTEGER NOT NULL REFERENCES reports (id),
  rule      TEXT NOT NULL,
  tested    INTEGER NOT NULL,
  failed    INTEGER NOT NULL,
  blank     INTEGER NOT NULL,
  PRIMARY KEY (report_id, rule)
) WITHOUT ROWID;

CREATE TABLE findings (
  report_id       INTEGER REFERENCES reports (id),
  other_report_id INTEGER REFERENCES reports (id),
  source          TEXT REFERENCES sources (id),
  rule            TEXT NOT NULL,
  place           TEXT,
  verdict         TEXT NOT NULL,         -- fail | fail_unless_blank_is_zero | not_testable
  lhs             NUMERIC,
  rhs             NUMERIC,
  note            TEXT
);

CREATE TABLE view_counts (
  url         TEXT NOT NULL,
  observed_at TEXT NOT NULL,
  views       INTEGER NOT NULL,
  how         TEXT NOT NULL,             -- inline: printed in the page; else answered by a counter
  record_id   TEXT NOT NULL REFERENCES captures (record_id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (url, observed_at, how)
) WITHOUT ROWID;

CREATE TABLE attachments (
  report_id  INTEGER NOT NULL REFERENCES reports (id),
  url        TEXT NOT NULL,
  name       TEXT,
  media_type TEXT,
  sha256     TEXT,
  role       TEXT,
  record_id  TEXT REFERENCES captures (record_id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE runs (
  id          TEXT PRIMARY KEY,
  command     TEXT NOT NULL,
  started_at  TEXT NOT NULL,
  finished_at TEXT,                      -- NULL while a source is unfinished
  outcome     TEXT NOT NULL              -- ok, or the worst of its sources; unfinished
) WITHOUT ROWID;

CREATE TABLE source_runs (
  run_id    TEXT NOT NULL REFERENCES runs (id),
  source    TEXT NOT NULL REFERENCES sources (id),
  listed    INTEGER,
  new       INTEGER NOT NULL,            -- report pages read for the first time
  changed   INTEGER NOT NULL,            -- known pages whose content had changed
  unchanged INTEGER NOT NULL,            -- known pages read again with the same content
  removed   INTEGER NOT NULL,            -- items whose removal became certain
  failed    INTEGER,
  requests  INTEGER,
  seconds   REAL,
  outcome   TEXT NOT NULL,
  detail    TEXT,
  PRIMARY KEY (run_id, source)
) WITHOUT ROWID;

CREATE TABLE coverage (
  agency_id      TEXT NOT NULL REFERENCES agencies (id),
  report_year    INTEGER NOT NULL,
  scope          TEXT NOT NULL,
  status         TEXT NOT NULL,          -- published | late | missing | blocked | broken | removed
  deadline       TEXT,
  published_date TEXT,
  report_id      INTEGER REFERENCES reports (id),
  as_of          TEXT,
  PRIMARY KEY (agency_id, report_year, scope)
) WITHOUT ROWID;
