// Package report holds the nouns that are stored: a source, a report with its
// sections and tables, a finding, the run events; the codebook that names every
// cell of the official forms; the identities the forms must satisfy; and the
// administrative divisions since 2008 with their codes.
//
// It knows the forms' vocabulary and arithmetic. It does no I/O, imports nothing
// of ours and knows nothing of HTML, WARC or SQL.
package report
