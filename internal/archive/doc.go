// Package archive keeps raw HTTP exchanges and run events as WARC 1.1 files, one
// directory per source. The WARC files are the only truth; index.cdxj beside them
// is a cache, made anew whenever it is missing, damaged or behind.
//
// It knows WARC, CDXJ, digests, content codings, charsets and locks. It knows
// nothing of portals, reports or databases and imports nothing of ours.
//
// # Records
//
// An exchange is written in one call as request, metadata and response, each a gzip
// member of its own, so that a crash never leaves a response without what it was
// asked for. A response whose payload the source already holds for the same request
// is a revisit (identical-payload-digest), as is an answer 304 (server-not-modified).
// A failed exchange is request and metadata; one whose content coding could not be
// undone keeps its response as well. Digests are sha256 in lower-case hex. A metadata
// record is a JSON object with either "exchange" (why it was made, how it ended, what
// its charset is) or "event" and "data".
//
// What was erased keeps its records' ids and times as stubs: a request of one line, an
// "exchange" of outcome erased that knows where a redirect led, and in place of the
// answer a metadata record with "erased", when and why. That no other source fetches
// it either is told by erased.jsonl beside the sources' directories.
//
// # What net/http cannot keep
//
// Bodies are the bytes that came over the wire, content coding included. Lost are the
// order and the case of header lines, the framing of chunks and their trailers,
// interim answers (1xx) and the frames of HTTP/2; a Transfer-Encoding that was undone
// is kept as X-Archive-Orig-Transfer-Encoding. Requests are put together from what
// net/http was given to send.
package archive
