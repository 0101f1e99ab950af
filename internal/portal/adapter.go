package portal

import (
	"fmt"
	"net/http"
)

// Request is an HTTP request that a family derives from a page.
type Request struct {
	Method string      // "" is GET
	URL    string      // absolute
	Body   string      // of a POST
	Header http.Header // what the portal insists on beyond the crawler's own headers; may be nil

	// Else is asked instead when this address does not exist or brings no new item:
	// the family's other habit, where the page does not tell which one it follows.
	Else *Request

	// Frame says that the address is of a frame that holds the list of a plain page, or of
	// a page that such a list leads on to: it is read by the family that claims it.
	Frame bool

	// Guess says that the address is one a page does not give; nil for any other.
	Guess *Guess
}

// Guess is what is expected of a page whose address was guessed. The page counts only if it
// brings items that are new and lie below Under; if no guess does, the listing is short.
type Guess struct {
	Evidence string // what says that the page exists
	Under    string // path of the items so far, "" where they have none in common
	First    int    // number in the address of the second page
	Pages    int    // pages the listing should have
}

// Item is one row of a listing.
type Item struct {
	URL   string // absolute, without fragment and session id
	Title string // the full title attribute where the text is cut, white space collapsed
	Date  string // as printed in the row, ISO 8601 (2006-01-02); "" when the row has no whole date
}

// Listing is what one page of a listing says.
type Listing struct {
	Items  []Item    // in page order, pinned ones included, no URL twice
	Next   []Request // requests for the page after this one; empty on the last page
	Total  int       // items the portal states for the whole listing, -1 if it does not
	Pages  int       // pages the portal states, -1 if it does not
	Column string    // the column's name, from breadcrumb, meta ColumnName or title; "" if none is found
	Mixed  bool      // the items are of several columns, so that no column's name speaks for them
}

// Under is a page's listing with the column of the page that led to it, where the page
// itself names none: answers of endpoints hardly ever do.
func (l Listing) Under(before Listing) Listing {
	if l.Column == "" && !l.Mixed {
		l.Column, l.Mixed = before.Column, before.Mixed
	}
	return l
}

// Adapter is the knowledge about one family of portals. All functions are pure.
type Adapter struct {
	Name   string
	Detect func(*Page) string           // the evidence it goes by, "" when the page is not its own
	List   func(*Page) (Listing, error) // the error may be a *PagingError, which comes with the items
	Views  func(*Page) (Request, bool)  // the request that reads the page's counter without counting; nil: none known
	Count  func(*Page) (int64, error)   // the number that counter answered
	Files  func(*Page) []Item           // attachments of an article; nil: none known
}

// PagingError says that a page has more pages, or is another page than its address
// says, and that no next request could be derived. The items of the page are good.
type PagingError struct {
	URL      string // of the page
	Evidence string // what in the page says so
}

func (e *PagingError) Error() string {
	return fmt.Sprintf("list %s: paging not understood: %s", e.URL, e.Evidence)
}
