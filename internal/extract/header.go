package extract

import "crawl/internal/report"

// header fills the facts that stand around a report's body: title, agency with
// level and scope, report year, publish date and views. FetchedAt is read, to
// refuse dates of the future. What the page does not state stays empty; what
// contradicts itself or had to be guessed becomes a finding.
func header(p *Page, h Hint, r *report.Report) {
	lines := stripFields(p.Strip)
	title := findTitle(p, lines, h)
	r.Title = title.text

	findAgency(p, title, lines, r)

	stated := statedDates(p, lines, h)
	for _, d := range stated {
		r.Dates = append(r.Dates, d.Date)
	}
	r.Published = published(stated)
	reportYear(p, title, h, r)
	placeAgency(p, h, r) // regions' names depend on the year
	dateFindings(r)

	n, state, rounded := views(lines, p.Counter)
	r.Views, r.ViewsState = n, state
	if rounded != "" {
		find(r, "views_rounded", "views", report.NotTestable, "the view count is printed rounded: "+rounded)
	}
}

func find(r *report.Report, rule, place string, verdict report.Verdict, note string) {
	r.Findings = append(r.Findings, report.Finding{Rule: rule, Place: place, Verdict: verdict, Note: note})
}
