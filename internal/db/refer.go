package db

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// Referred are the reports that a reference may mean, each with key, url, title and
// revision. One is meant; several are too many; none is unknown, and Near then lists
// reports with a reference like it, and Item what listings say of such an address.
type Referred struct {
	Reports []Record
	Near    []Record
	Item    []Record // source, title, decision, reason
}

const (
	shortestKey = 6 // hex digits of a key that may stand for it
	mostNear    = 5
)

// Refer looks a report up by its key or a unique beginning of it (six digits or
// more), by its address in canonical form, then the newest revision is meant, or by
// its id in this file.
func (r *Reader) Refer(ctx context.Context, ref string) (Referred, error) {
	const fields = "SELECT key, url, title, revision FROM reports WHERE "
	var found Referred
	var err error
	switch {
	case strings.Contains(ref, "://"):
		found.Reports, err = r.records(ctx, fields+"url = ?1 AND is_current = 1", ref)
		if err == nil && len(found.Reports) == 0 {
			found.Item, err = r.records(ctx, "SELECT source, title, decision, reason FROM listing_items WHERE url = ?1 ORDER BY source", ref)
		}
		slash := strings.LastIndexByte(strings.TrimRight(ref, "/"), '/') + 1
		for _, part := range []string{ref[slash:], ref[:slash]} { // the same page under another name, then its neighbours
			if err == nil && len(found.Reports) == 0 && len(found.Near) == 0 {
				found.Near, err = r.records(ctx, fields+"is_current = 1 AND instr(url, ?1) ORDER BY url LIMIT ?2", part, mostNear)
			}
		}
	default:
		key := strings.ToLower(ref)
		id, notID := strconv.ParseInt(ref, 10, 64)
		found.Reports, err = r.records(ctx, fields+`?3 AND id = ?4 OR length(?1) >= ?2 AND key >= ?1 AND key < ?1 || 'g' ORDER BY key`,
			key, shortestKey, notID == nil, id)
		if err == nil && len(found.Reports) == 0 {
			found.Near, err = r.records(ctx, fields+`substr(key, 1, 3) = substr(?1, 1, 3) OR instr(title, ?1) OR instr(url, ?1)
				ORDER BY substr(key, 1, 4) <> substr(?1, 1, 4), key LIMIT ?2`, key, mostNear)
		}
	}
	if err != nil {
		return found, fmt.Errorf("look up report %s: %w", ref, err)
	}
	return found, nil
}
