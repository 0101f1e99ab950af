package db

import (
	"fmt"
	"time"
)

// Decisions about a listed item.
const (
	Followed = "followed"
	Skipped  = "skipped"
)

// ListingItem is one sighting of an item in a source's listing.
type ListingItem struct {
	Source, URL, Title string
	ListedDate         string    // ISO, "" if the listing gives none
	SeenAt             time.Time // of the list page's capture
	Decision           string    // Followed or Skipped
	Reason             string    // of the decision
}

// PutItem takes one sighting. What is shown of an item is its newest sighting; of
// two on the same page (once pinned, once in its place) the one that was followed.
func (t *Tx) PutItem(it ListingItem) error {
	if it.Decision != Followed && it.Decision != Skipped {
		return fmt.Errorf("item %s: decision %q is neither %s nor %s", it.URL, it.Decision, Followed, Skipped)
	}
	if err := t.source(it.Source); err != nil {
		return fmt.Errorf("item %s: %w", it.URL, err)
	}
	seen := machineTime(it.SeenAt)
	// followed sorts before skipped; the other columns only make the choice total.
	err := t.exec(`INSERT INTO items AS i VALUES (?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET
		(title, listed_date, decision, reason) = (
			SELECT iif(newer, excluded.title, i.title), iif(newer, excluded.listed_date, i.listed_date),
			       iif(newer, excluded.decision, i.decision), iif(newer, excluded.reason, i.reason)
			FROM (SELECT (excluded.last_seen_at, i.decision, excluded.title, excluded.listed_date, excluded.reason)
			           > (i.last_seen_at, excluded.decision, i.title, i.listed_date, i.reason) AS newer)),
		first_seen_at = min(i.first_seen_at, excluded.first_seen_at),
		last_seen_at  = max(i.last_seen_at, excluded.last_seen_at)`,
		it.Source, it.URL, it.Title, it.ListedDate, seen, seen, it.Decision, it.Reason)
	if err != nil {
		return fmt.Errorf("item %s: %w", it.URL, err)
	}
	return nil
}

// PutNotReport says that the page at url, as captured, is no annual report. It
// shows as the reason of the followed item until a later capture is one.
func (t *Tx) PutNotReport(source, url, recordID, reason string, at time.Time) error {
	if err := t.source(source); err != nil {
		return fmt.Errorf("not a report, %s: %w", url, err)
	}
	err := t.exec("INSERT INTO not_reports VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
		recordID, url, machineTime(at), reason)
	if err != nil {
		return fmt.Errorf("not a report, %s: %w", url, err)
	}
	return nil
}
