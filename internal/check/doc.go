// Package check asks the database what no single report can answer: whether the
// rows are what they claim to be, and whether each source keeps what the config
// promises of it.
//
// Each question is one file of questions/: SQL that returns the offending rows, with
// a comment that says what is wrong with them. It knows SQL and the tables of db; it
// computes nothing and changes nothing. Findings about printed numbers are not made
// here: they come with the reports, and with db's rules over several of them.
package check
