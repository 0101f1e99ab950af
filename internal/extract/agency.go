package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"crawl/internal/report"
)

// candidate is a string that may name the agency.
type candidate struct {
	name, raw, basis string
}

// findAgency takes the agency from the title; where the title names none, or not
// whose it is (市应急局), the first fitting name from, in order: the body's first
// lines, the sign-off, the stated publisher, the breadcrumb, the site.
func findAgency(p *Page, t pageTitle, lines [][]field, r *report.Report) {
	own := titleAgency(t)
	if own.name != "" && !isGeneric(own.name) {
		r.Agency, r.AgencyRaw, r.AgencyBasis = own.name, own.raw, own.basis
		return
	}
	for _, c := range agencyElsewhere(p, t, lines) {
		if plainName(folded(c.name)) && !isGeneric(c.name) && fits(own.name, c) {
			r.Agency, r.AgencyRaw, r.AgencyBasis = c.name, c.raw, c.basis
			return
		}
	}
	if own.name != "" && !strings.HasPrefix(folded(own.name), "我") && !strings.HasPrefix(folded(own.name), "本") {
		r.Agency, r.AgencyRaw, r.AgencyBasis = own.name, own.raw, own.basis
		find(r, "agency_generic", "agency", report.NotTestable, "the page does not say which region's organ this is")
		return
	}
	find(r, "agency_missing", "agency", report.NotTestable, "the page names no agency")
}

// titleAgency is the agency the visible title names, if it can be one.
func titleAgency(t pageTitle) candidate {
	name := t.parsed.agency
	if n := utf8.RuneCountInString(name); n < 2 || n > 40 || !plainName(folded(name)) || !isHan(firstRune(folded(name))) || leftOfTitle.MatchString(folded(name)) {
		return candidate{}
	}
	return candidate{name, t.text, "title"}
}

// leftOfTitle is in what remains of a title of another wording (基层政务公开标准化).
var leftOfTitle = regexp.MustCompile(`公开(?:[^办领]|$)`)

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// agencyElsewhere lists other names in the documented order.
func agencyElsewhere(p *Page, t pageTitle, lines [][]field) []candidate {
	var found []candidate
	add := func(name, raw, basis string) {
		if name = strings.Join(strings.Fields(name), ""); isOrgan(name) {
			found = append(found, candidate{name, raw, basis})
		}
	}
	add(t.body.agency, t.body.text, "body")
	for _, s := range bodyHead(p) {
		add(s, s, "body")
	}
	preface := opening(p)
	for _, re := range prefaceREs {
		if m := re.FindStringSubmatch(preface); m != nil && !officeRE.MatchString(splitAgency(m[1], 0).rest) {
			add(m[1], m[0], "body")
		}
	}
	if s := signOff(p); s.agency != "" {
		add(s.agency, s.agency, "signoff")
	}
	for _, fields := range lines {
		for _, f := range fields {
			if f.kind == sourceLabel {
				for _, s := range append([]string{f.value.String()}, strings.Fields(f.value.String())...) {
					add(s, f.value.String(), "publisher")
				}
			}
		}
	}
	add(p.Meta["contentsource"], p.Meta["contentsource"], "publisher")
	for i := len(p.Breadcrumb) - 1; i >= 0; i-- {
		add(p.Breadcrumb[i], p.Breadcrumb[i], "breadcrumb")
	}
	if site := siteOrgan(p.Meta["sitename"]); site != "" {
		add(site, p.Meta["sitename"], "site")
	}
	return found
}

// prefaceREs are a preface's plain wordings: 现将岳阳市民政局2023年政府信息公开…,
// 岳阳市民政局编制了2023年度政府信息公开…, 本报告由岳阳市民政局编制. An office may write
// for its government.
var prefaceREs = []*regexp.Regexp{
	regexp.MustCompile(`(?:现将|现公布|向社会公布)([^,。;:、现将]{3,30}?)` + yearWord + `政府信息公开`),
	regexp.MustCompile(`(?:^|[,。])([^,。;:、现由根按]{3,30}?)(?:组织)?(?:编制|编写|公布)(?:并公布|并发布)?了?(?:本(?:机关|局|单位)?)?` + yearWord + `政府信息公开`),
	regexp.MustCompile(`本(?:年度|年)?报告(?:由|是)([^,。;:、由根按]{3,30}?)(?:负责)?(?:编制|编写|根据|按照|依据)`),
}

// siteOrgan is the organ a site is named after, "" for a government's portal,
// which carries the reports of all its departments.
func siteOrgan(name string) string {
	for _, word := range []string{"门户网站", "官方网站", "网站", "官网", "信息网"} {
		name = strings.TrimSuffix(strings.TrimSpace(name), word)
	}
	if level := agencyLevel(name); strings.HasSuffix(level, suffixDept) || level == levelVertical || level == levelZoneDept {
		return name
	}
	return ""
}

// fits says that a candidate can be the organ that the title calls own: the same
// kind of organ. Publishers, breadcrumbs and sites often name a portal, an
// office or another bureau, so without a name in the title they must at least
// not be a government standing for its departments.
func fits(own string, c candidate) bool {
	own = folded(own)
	name := folded(c.name)
	if own == "" {
		if c.basis == "body" || c.basis == "signoff" {
			return true
		}
		return !isGovernment(c.name) && !officeRE.MatchString(splitAgency(c.name, 0).rest)
	}
	if strings.HasPrefix(own, "我") || strings.HasPrefix(own, "本") {
		return sameKind(strings.TrimLeft(own, "我本"), name)
	}
	core := splitAgency(own, 0).rest
	if strings.HasSuffix(name, core) {
		return true
	}
	runes := []rune(core)
	return len(runes) >= 3 && strings.Contains(name, string(runes[:2])) && sameKind(core, name)
}

// sameKind compares the last character of two organs' names; 委 and 办 stand for
// 委员会 and 办公室.
func sameKind(a, b string) bool {
	return organKind(a) == organKind(b)
}

func organKind(name string) string {
	for _, kind := range []struct{ ending, short string }{{"委员会", "委"}, {"管委会", "委"}, {"办公室", "办"}, {"人民政府", "府"}} {
		if strings.HasSuffix(name, kind.ending) {
			return kind.short
		}
	}
	r, _ := utf8.DecodeLastRuneInString(name)
	return string(r)
}

// signedOff is the end of a report: who signs, and when.
type signedOff struct {
	agency string
	date   report.Date
}

// signOffLines is how far from the end of the body a sign-off may stand.
const signOffLines = 8

// signOff reads a date that is a line of its own among the body's last lines, or
// ends one that begins with an organ, and the organ before it.
func signOff(p *Page) signedOff {
	seen := 0
	for i := len(p.Blocks) - 1; i >= 0 && seen < signOffLines; i-- {
		text := strings.TrimSpace(p.Blocks[i].Text)
		if p.Blocks[i].Grid != nil {
			break
		}
		if text == "" || utf8.RuneCountInString(text) > maxTitleLine {
			seen++
			continue
		}
		seen++
		l := foldLine(text).trim(" ()")
		for at := 0; at < l.len(); at++ {
			value, end, ok := scanDate(l, at)
			if !ok || value == "" || end != l.len() {
				continue
			}
			agency := strings.Join(strings.Fields(l.slice(0, at).String()), "")
			if agency != "" && !isOrgan(agency) {
				break
			}
			for j := i - 1; agency == "" && j >= 0 && p.Blocks[j].Grid == nil; j-- {
				if agency = strings.Join(strings.Fields(p.Blocks[j].Text), ""); agency != "" && !isOrgan(agency) {
					agency = ""
					break
				}
			}
			return signedOff{agency, report.Date{Raw: l.slice(at, end).String(), Value: value, Basis: "signoff"}}
		}
	}
	return signedOff{}
}
