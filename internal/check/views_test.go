package check

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/archive"
	"crawl/internal/db"
	"crawl/internal/report"
)

// TestConstantViewsAgreeWithPlaceholder: of every number that a host shows under most
// of its reports, the mark in the data and the question say the same, and one of them
// never speaks of what the other has not seen.
func TestConstantViewsAgreeWithPlaceholder(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "work.db")
	work, err := db.Open(ctx, path, "1")
	if err != nil {
		t.Fatal(err)
	}
	defer work.Close()
	at := func(day int) time.Time { return time.Date(2025, time.March, day, 2, 0, 0, 0, time.UTC) }
	capture := func(tx *db.Tx, kind archive.Kind, url, record string, at time.Time) error {
		return tx.PutCapture(archive.Capture{RecordID: record, Source: "portal", URL: url, Method: "GET", At: at, Status: 200,
			Outcome: archive.OutcomeOK, Why: archive.Why{Kind: kind}})
	}
	err = work.Write(ctx, func(tx *db.Tx) error {
		// page is one reading of a host's n-th report. All are listed by one source.
		page := func(host string, n, day int, views int64) error {
			r := &report.Report{
				URL: fmt.Sprintf("http://%s.example/nb/%d.htm", host, n), Source: "portal", RecordID: fmt.Sprintf("%s-%d-%d", host, n, day),
				FetchedAt: at(day), Title: "临江县某局2024年政府信息公开工作年度报告", Year: 2024, YearBasis: "title",
				ViewsState: report.ViewsInline, Views: &views,
			}
			sum := sha256.Sum256(fmt.Append(nil, host, n))
			r.ContentSHA256 = hex.EncodeToString(sum[:])
			return errors.Join(capture(tx, archive.KindPage, r.URL, r.RecordID, r.FetchedAt), tx.PutReport(r))
		}
		for n := range 10 {
			for host, views := range map[string]int64{
				"all":    1,                            // the template's
				"nine":   int64(1 + 40*(n/9)),          // and one of another template
				"half":   int64([]int{3, 70 + n}[n%2]), // who knows
				"differ": int64(n),
			} {
				if err := page(host, n, 1, views); err != nil {
					return err
				}
			}
			if n < 5 { // the visitors of the site, say
				for day := range 3 {
					if err := page("grow", n, 1+day, int64(900+day)); err != nil {
						return err
					}
				}
			}
			if n < 4 {
				if err := page("few", n, 1, 1); err != nil {
					return err
				}
			}
			if n < 6 {
				if err := page("counter", n, 1, 1); err != nil {
					return err
				}
				of, record := fmt.Sprintf("http://counter.example/nb/%d.htm", n), fmt.Sprint("views-", n)
				err := errors.Join(capture(tx, archive.KindViews, fmt.Sprint("http://counter.example/hits?id=", n), record, at(2)),
					tx.PutView(of, at(2), 7, string(report.ViewsCounter), record))
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := work.Finish(ctx); err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, c := range All() {
		if c.Name != "views_constant" {
			continue
		}
		hits, err := c.Ask(ctx, work.Reader, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range hits {
			detail, _, _ := strings.Cut(h.Detail, " a placeholder")
			told = append(told, h.Subject+": "+detail)
		}
	}
	want := []string{
		"all.example: 10 of 10 reports with a count, each with 1 views: marked as",
		"counter.example: 6 of 6 reports with a count, each with 7 views: not marked as",
		"grow.example: 5 of 5 reports with a count, each with 902 views: not marked as",
		"half.example: 5 of 10 reports with a count, each with 3 views: not marked as",
		"nine.example: 9 of 10 reports with a count, each with 1 views: marked as",
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("told:\n%s", diff)
	}
	_, rows, err := work.Query(ctx, `SELECT substr(url, 8, instr(url, '.example') - 8), count(*) FROM reports
		WHERE views_state = 'placeholder' GROUP BY 1 ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(rows); got != "[[all 10] [nine 9]]" {
		t.Errorf("marked: %s", got)
	}
}
