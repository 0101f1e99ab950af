// Package crawler walks sources politely and leaves everything it received in the
// archive.
//
// The hosts of a run are split into jobs that share no host. A job is one goroutine
// with one synchronous Colly collector, so politeness needs no locks and nothing is
// fetched before the page in hand has been read. The transports under the collector,
// from the outside in:
//
//	trail     notes where the redirects of a request ended
//	Since     answers from the archive what an unfinished run already fetched
//	pace      waits out the host's delay, sets the time limit, counts
//	Record    archives the exchange as it came over the wire
//	wire      dials, refusing private addresses; one connection a host
//
// The crawler reads only what the archive holds, never what Colly hands over: Colly
// gunzips and recodes bodies.
//
// It knows neither databases nor reports' contents. What a listing looks like is
// portal's knowledge.
package crawler
