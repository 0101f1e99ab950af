// Package db keeps the SQLite files: work.db, the disposable working database
// that the archive fills, and reports.db, what researchers open.
//
// work.db takes facts (captures, run events, listed items, readings of reports,
// view counts), in any order and any number of times, and keeps them as they came.
// Everything that follows from several facts together (revisions, the preferred
// report of a year, runs, tombstones) is computed over all of them by the SQL in
// finish/, so that an incremental pass and a rebuild end in the same rows.
//
// It knows SQL and the tables; it knows no network, no HTML and no WARC.
package db
