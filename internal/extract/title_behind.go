package extract

import "regexp"

// behindTail is what a title says behind the report's name.
type behindTail struct {
	agency string // as printed; "" if none
	firm   bool   // brackets or a long dash show that it is the title's own, not the site's
}

// readBehind reads what stands behind the report's name: nothing, remarks and years,
// or the organ itself (…年度报告（某县教育局）, …年度报告——某县教育局). ok is false if a
// sentence goes on.
func readBehind(rest line) (b behindTail, ok bool) {
	if m := bracketsRE.FindAllStringIndex(string(rest.folded), -1); len(m) > 0 {
		text := string(rest.folded)
		for k := len(m) - 1; k >= 0; k-- {
			from, to := runeIndex(text, m[k][0]), runeIndex(text, m[k][1])
			if name := nameWithin(rest.slice(from, to)); namesOrgan(name) {
				b, rest = behindTail{agency: name, firm: true}, rest.without(from, to)
			}
		}
	}
	if endsLikeTitle(rest) {
		return b, true
	}
	dash := longDashRE.MatchString(string(rest.folded))
	name := nameWithin(rest)
	if b.agency != "" || !namesOrgan(name) || isGeneric(name) && !dash || isGovernment(name) && !dash {
		return behindTail{}, false // a government alone behind a title is the site
	}
	return behindTail{agency: name, firm: dash}, true
}

var (
	bracketsRE = regexp.MustCompile(`[(\[][^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)?[)\]]`)
	longDashRE = regexp.MustCompile(`^ *--`)
)

// nameWithin is a text without years, borders and glue.
func nameWithin(l line) string {
	return squeeze(withoutGlue(withoutYears(l.trim(" -_:|"))))
}

// namesOrgan says that a text beside a title is the organ that reports: remarks end
// like organs too (含乡镇, 全县).
func namesOrgan(s string) bool {
	f := folded(s)
	if !isOrgan(s) || startsWithAny(f, []string{"全", "含", "不", "各", "本", "我", "该", "及", "暨", "对", "向", "由"}) {
		return false
	}
	a := splitAgency(f, 0)
	return !isGeneric(s) || a.rest != "" && (a.rank != "" || startsWithAny(a.rest, departmentOpeners))
}
