package db

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// fullReport is a report with every cell of the 2021 form printed.
func fullReport(i int) (archive.Capture, *report.Report) {
	at := time.Date(2024, 1, 9, 2, 6, 0, i, time.UTC)
	url := fmt.Sprintf("http://www.example.gov.cn/nb/%d.html", i)
	id := fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%012d", i)
	n := float64(i % 90)
	cell := report.Cell{Raw: fmt.Sprint(n), State: report.Number, Value: &n}
	r := &report.Report{
		URL: url, Source: "s", RecordID: id, FetchedAt: at, Title: "某市某局2023年政府信息公开工作年度报告",
		Agency: "某市某局", Scope: "own_organ", Year: 2023, YearBasis: "title", ViewsState: report.ViewsNone,
		FormT2: report.Form2021, FormT3: report.Form2021, FormT4: report.Form2021, ContentSHA256: fmt.Sprintf("%064d", i),
	}
	for _, v := range report.Codebook() {
		if v.Table == "t2" && v.Forms[0] == report.Form2021 {
			r.Disclosure = append(r.Disclosure, report.Disclosure{Item: v.Item, Measure: v.Col, Cell: cell})
		}
	}
	for _, row := range report.ApplicationRows {
		if row.Code == "other_total" {
			continue
		}
		a := report.Application{Item: row.Code}
		for j := range a.Cells {
			a.Cells[j] = cell
		}
		r.Applications = append(r.Applications, a)
	}
	for _, route := range report.DisputeRoutes {
		d := report.Dispute{Route: route.Code}
		for j := range d.Cells {
			d.Cells[j] = cell
		}
		r.Disputes = append(r.Disputes, d)
	}
	return archive.Capture{RecordID: id, Source: "s", URL: url, Method: "GET", At: at, Status: 200, Outcome: archive.OutcomeOK, File: "f.warc.gz"}, r
}

// BenchmarkPutReport writes reports with full tables, 200 to a transaction.
func BenchmarkPutReport(b *testing.B) {
	d, err := Open(b.Context(), filepath.Join(b.TempDir(), "work.db"), "bench")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	b.ReportAllocs()
	written := 0
	for b.Loop() {
		err := d.Write(b.Context(), func(tx *Tx) error {
			for range 200 {
				capture, r := fullReport(written)
				if err := tx.PutCapture(capture); err != nil {
					return err
				}
				if err := tx.PutReport(r); err != nil {
					return err
				}
				written++
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(written)/b.Elapsed().Seconds(), "reports/s")
}
