package main

import (
	"fmt"
	"path/filepath"
	"time"

	"crawl/internal/demo"
)

type demoCommand struct {
	Serve bool     `help:"Keep the made-up portals open for a browser afterwards, until interrupted."`
	Fault []string `help:"Switch a fault of the portals on (may be repeated); an unknown name lists them all." placeholder:"NAME"`
	Full  bool     `help:"Walk every listing to its end."`
}

// demoData is apart from the data of real portals, so that made-up numbers never
// stand among real ones.
var demoData = filepath.Join("data", "demo")

// Run does the whole main job against the made-up province.
func (c *demoCommand) Run(s *session) error {
	province, err := demo.New(c.Fault...)
	if err != nil {
		return exit{exitUsage, err}
	}
	server, err := province.Listen()
	if err != nil {
		return fmt.Errorf("start the made-up province: %w", err)
	}
	defer func() { _ = server.Close() }()

	data := s.opts.Data
	if data == "" {
		data = demoData
	}
	settings := defaults()
	settings.UserAgent = "crawl/1.0 (demo)"
	settings.Delay = 0 // loopback: nobody to be polite to
	settings.AllowPrivate = true
	p := pass{data: data, sources: province.Sources(), crawl: settings.crawlOptions("demo")}
	p.crawl.Dial = server.Dial
	p.crawl.Full = c.Full
	p.crawl.Timeout = 10 * time.Second

	fmt.Fprintf(s.stdout, "A made-up province: %d portals on %s, crawled over HTTP like real ones.\n\n", len(p.sources), server.Addr())
	done, err := p.run(s)
	if err != nil {
		return err
	}
	done.print(s.stdout)
	if done.nothingNew() {
		fmt.Fprintf(s.stdout, "\nNothing changed since the last run; finding that out took %d requests.\n", done.requests())
	}
	if err := c.ask(s, data); err != nil {
		return err
	}
	if c.Serve {
		fmt.Fprintf(s.stdout, "\nThe portals stay open at http://%s/ until you press Ctrl-C.\n", server.Addr())
		<-s.ctx.Done()
	}
	return done.verdict()
}

func (p passed) requests() (n int) {
	for _, r := range p.crawled {
		n += r.Requests
	}
	return n
}

func (p passed) nothingNew() bool {
	for _, r := range p.crawled {
		if r.New > 0 {
			return false
		}
	}
	return len(p.crawled) > 0 && !p.published.Changed
}

// demoQueries are ready to paste into any SQLite tool.
var demoQueries = []struct{ title, sql string }{
	{"Who reported on 2023, when, and what was asked of them?",
		`SELECT r.agency, r.published_date, r.days_late, a.total AS applications
FROM reports r LEFT JOIN applications a ON a.report_id = r.id AND a.item = 'received_new'
WHERE r.report_year = 2023 AND r.is_current ORDER BY r.published_date, r.agency LIMIT 8`},
	{"How were applications answered, year by year?",
		`SELECT r.report_year AS year, a.item, SUM(a.total) AS applications, COUNT(a.total) AS reports
FROM reports r JOIN applications a ON a.report_id = r.id
WHERE r.is_current AND a.item IN ('granted', 'granted_partial', 'processed_total')
GROUP BY r.report_year, a.item ORDER BY r.report_year, a.item LIMIT 9`},
	{"Which printed numbers contradict the form?",
		`SELECT r.agency, r.report_year AS year, f.rule, f.place, f.lhs, f.rhs
FROM findings f JOIN reports r ON r.id = f.report_id
WHERE f.verdict = 'fail' AND f.place GLOB 't[234].*' ORDER BY r.agency, r.report_year, f.place LIMIT 8`},
}

// ask prints the three queries with their answers.
func (c *demoCommand) ask(s *session, data string) error {
	for _, q := range demoQueries {
		fmt.Fprintf(s.stdout, "\n-- %s\n%s;\n\n", q.title, q.sql)
		if err := printQuery(s, reportsPath(data), q.sql); err != nil {
			return err
		}
	}
	return nil
}

func printQuery(s *session, path, sql string) error {
	columns, rows, err := query(s.ctx, path, sql)
	if err != nil {
		return err
	}
	return table(s.stdout, columns, rows)
}
