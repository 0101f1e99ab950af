// Package portal knows the software behind Chinese government portals: how each
// family lists pages, goes to the next page, counts readings and attaches files, and
// how the walls in front of them refuse.
//
// An Adapter is a plain struct of pure functions from a Page to a Listing, to the
// request that asks a counter, to the count it answered. The families stand in one
// visible list (families.go); adding one is a file and a line. What a family assumes
// stands in the comment at the top of its file, and is written so that a wrong
// assumption shows as a named error (PagingError), never as a list that is silently short.
//
// It imports archive only. It fetches nothing, logs nothing, and knows neither reports
// nor databases.
package portal
