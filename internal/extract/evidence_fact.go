package extract

import (
	"fmt"
	"strings"

	"crawl/internal/report"
)

// FactEvidence says where a fact that stands around the tables was read.
type FactEvidence struct {
	Name  string `json:"name"`    // title | agency | year | published | views
	Value string `json:"value"`   // as stored, "" for none
	Raw   string `json:"printed"` // as printed
	Label string `json:"label"`   // the printed label in front of it (发布时间), "" for none
	Basis string `json:"basis"`   // the kind of place it was read from
}

// FactNames are the names Fact knows.
var FactNames = []string{"title", "agency", "year", "published", "views"}

// Fact returns the evidence of a header fact. A fact the page does not state has no
// Value; its Basis then says why, if anything does.
func (e *Evidence) Fact(name string) (FactEvidence, error) {
	r := e.Report
	f := FactEvidence{Name: name}
	switch name {
	case "title":
		f.Value = r.Title
		f.Raw, f.Basis = e.titleSource()
	case "agency":
		f.Value, f.Raw, f.Basis = r.Agency, r.AgencyRaw, r.AgencyBasis
	case "year":
		if r.Year != 0 {
			f.Value = fmt.Sprint(r.Year)
		}
		f.Raw, f.Basis = e.yearSource(), r.YearBasis
	case "published":
		f.Value, f.Raw, f.Label, f.Basis = r.Published.Value, r.Published.Raw, r.Published.Label, r.Published.Basis
	case "views":
		f.Basis = string(r.ViewsState)
		if r.Views != nil {
			f.Value = fmt.Sprint(*r.Views)
		}
		f.Label, f.Raw = e.viewsSource()
	default:
		return f, fmt.Errorf("no fact %q: one of %s", name, strings.Join(FactNames, ", "))
	}
	return f, nil
}

// titleSource looks for the string the title was made of: the shortest that holds
// it wins within a place, since lines around a title belong to it less.
func (e *Evidence) titleSource() (raw, basis string) {
	title := withoutSpace(e.Report.Title)
	if title == "" {
		return "", ""
	}
	var strip, body []string
	strip = append(strip, e.page.Strip...)
	for _, b := range e.page.Blocks {
		if b.Grid == nil && !b.Image {
			body = append(body, b.Text)
		}
	}
	for _, place := range []struct {
		basis string
		texts []string
	}{
		{"heading", e.page.Headings}, {"strip", strip}, {"body", body},
		{"listing", []string{e.hint.Title}}, {"document", []string{e.page.DocTitle}},
	} {
		found := ""
		for _, s := range place.texts {
			if strings.Contains(withoutSpace(s), title) && (found == "" || len(s) < len(found)) {
				found = s
			}
		}
		if found != "" {
			return found, place.basis
		}
	}
	return e.Report.Title, "several lines" // broken over lines, joined by us
}

func withoutSpace(s string) string { return strings.Join(strings.Fields(s), "") }

// yearSource is the string that names the report year.
func (e *Evidence) yearSource() string {
	switch e.Report.YearBasis {
	case "title":
		return e.Report.Title
	case "period":
		return periodRE.FindString(opening(e.page))
	case "breadcrumb":
		if e.hint.Column != "" {
			return strings.Join(append(e.page.Breadcrumb, e.hint.Column), " > ")
		}
		return strings.Join(e.page.Breadcrumb, " > ")
	case "url":
		return e.page.URL
	case "published":
		return e.Report.Published.Raw
	}
	return ""
}

// viewsSource is the first view label with a number behind it, else the first.
func (e *Evidence) viewsSource() (label, raw string) {
	for _, fields := range stripFields(e.page.Strip) {
		for _, f := range fields {
			if f.kind != viewsLabel {
				continue
			}
			if n, _ := readCount(f.value); n != nil && e.Report.ViewsState == report.ViewsInline {
				return f.label, f.value.String()
			}
			if label == "" {
				label, raw = f.label, f.value.String()
			}
		}
	}
	return label, raw
}
