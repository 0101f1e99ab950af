package db

import (
	"context"
	"fmt"
)

// CounterPattern is a kind of view counter that is not known and was never asked.
type CounterPattern struct {
	Pattern string `json:"pattern"` // of the script's address, its call, or the element it fills
	Reports int    `json:"reports"` // current reports without a view count that show it
	Sources int    `json:"sources"`
	Example string `json:"example"` // address of one of the reports
}

// UnknownCounters lists the commonest counters that are not known, at most so many.
func (r *Reader) UnknownCounters(ctx context.Context, most int) ([]CounterPattern, error) {
	list := []CounterPattern{}
	err := eachRow(ctx, r.pool, `SELECT f.note, count(DISTINCT r.id), count(DISTINCT r.source), min(r.url)
		FROM findings f JOIN reports r ON r.id = f.report_id
		WHERE f.rule = 'counter_unknown' AND r.is_current = 1 AND r.views IS NULL
		GROUP BY f.note ORDER BY 2 DESC, 3 DESC, 1 LIMIT ?`, []any{most}, 4, func(row []any) {
		list = append(list, CounterPattern{row[0].(string), int(row[1].(int64)), int(row[2].(int64)), row[3].(string)})
	})
	if err != nil {
		return nil, fmt.Errorf("unknown counters: %w", err)
	}
	return list, nil
}
