// Package archive keeps raw HTTP exchanges and run events as WARC 1.1 files, one
// directory per source. The WARC files are the only truth; index.cdxj beside them
// is a cache.
//
// It knows WARC, CDXJ, digests, content codings, charsets and locks. It knows
// nothing of portals, reports or databases and imports nothing of ours.
package archive
