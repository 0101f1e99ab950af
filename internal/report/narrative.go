package report

import "regexp"

// The text of sections 1 to 4 repeats numbers of the tables. Only clauses that are
// nothing but such a statement are taken: the whole clause must be one of the
// wordings below, with no word in it that is not known to be without effect. A
// wrong match is worse than none, so percentages, comparisons, round numbers,
// breakdowns by channel, other years and other organs fall out by not being listed.

// wording is one sure way to state one number of a table in words.
type wording struct {
	core  string // regular expression of the clause's words before the number
	after string // and behind number and unit
	needs clue   // what the sentence must have said before, or the clause itself say
	part  bool   // 其中 may stand before: the number is one of a total's parts
	mark  clue   // what the clause says for those that follow
	place string
	cells func(t *tables) [][]Cell // each a sum the number may be; the first is reported. None: the table has no such cell
}

// clue is what a sentence is about so far.
type clue byte

const (
	nothing  clue = iota
	requests      // applications for information
	reviews       // administrative reviews over disclosure, with their number
)

// narrativeWordings are all that is taken.
var narrativeWordings = []wording{
	{core: `新收到?` + aRequest + countWord, mark: requests,
		place: "t3.received_new.total", cells: application1("received_new")},
	{core: `新收到?`, needs: requests, part: true, mark: requests,
		place: "t3.received_new.total", cells: application1("received_new")},
	// 收到 may or may not count what was carried in.
	{core: `(?:收到|接收到?|接到)` + aRequest + countWord, mark: requests,
		place: "t3.received_new.total", cells: receivedCells},
	{core: `(?:收到|接收到?|接到|新收到?)`, after: aRequest, mark: requests,
		place: "t3.received_new.total", cells: receivedCells},
	{core: `(?:上年度?|上一年度?|去年)结转` + maybeRequest + countWord, needs: requests, part: true, mark: requests,
		place: "t3.received_carried_in.total", cells: application1("received_carried_in")},
	{core: toNextYear + maybeRequest + countWord, needs: requests, part: true, mark: requests,
		place: "t3.carried_forward.total", cells: application1("carried_forward")},
	{after: toNextYear, needs: requests, part: true, mark: requests,
		place: "t3.carried_forward.total", cells: application1("carried_forward")},
	{core: `(?:已|依法)?办结` + maybeRequest + countWord, needs: requests, mark: requests,
		place: "t3.processed_total.total", cells: application1("processed_total")},
	{core: `(?:决定|依法)?予以公开(?:的)?`, needs: requests, part: true, mark: requests,
		place: "t3.granted.total", cells: application1("granted")},
	{core: `(?:决定|予以|依法)?部分公开(?:的)?`, needs: requests, part: true, mark: requests,
		place: "t3.granted_partial.total", cells: application1("granted_partial")},
	{core: becauseOf + `(?:被)?(?:申请|提起)?(?:的)?行政复议(?:案件|申请)?` + countWord, mark: reviews,
		place: "t4.review.total", cells: disputes1("review")},
	{core: becauseOf + `(?:被)?(?:提起)?(?:的)?行政诉讼(?:案件)?` + countWord,
		place: "t4", cells: disputes1("litigation_direct", "litigation_after_review")},
	{core: `(?:被)?(?:提起)?行政诉讼(?:案件)?` + countWord, needs: reviews,
		place: "t4", cells: disputes1("litigation_direct", "litigation_after_review")},
	{core: `(?:制发|制定)行政规范性文件` + countWord,
		place: "t2.norm.issued", cells: disclosure1("norm", "issued")},
	{core: `废止行政规范性文件` + countWord,
		place: "t2.norm.abolished", cells: disclosure1("norm", "abolished")},
	{core: `现行有效(?:的)?行政规范性文件` + countWord,
		place: "t2.norm.in_force", cells: disclosure1("norm", "in_force")},
	{core: decisionOf + `行政许可(?:处理)?(?:决定)?` + countWord,
		place: "t2.licence.decisions", cells: disclosure1("licence", "decisions")},
	{core: decisionOf + `行政处罚(?:处理)?(?:决定)?` + countWord,
		place: "t2.penalty.decisions", cells: disclosure1("penalty", "decisions")},
	{core: decisionOf + `行政强制(?:处理)?(?:决定)?` + countWord,
		place: "t2.coercion.decisions", cells: disclosure1("coercion", "decisions")},
}

const (
	aRequest = `(?:(?:政府)?信息公开(?:的)?申请|依申请公开(?:(?:的)?(?:政府)?信息)?(?:的)?(?:申请)?|依申请(?:政府)?信息公开(?:申请)?)`

	maybeRequest = `(?:` + aRequest + `|申请)?`
	countWord    = `(?:数量|总数)?(?:共计?|为)?`
	becauseOf    = `(?:因)?(?:政府)?信息公开(?:工作|申请)?(?:引起|引发|发生|产生)?(?:的)?`
	toNextYear   = `结转(?:至|到)?(?:下一?年度?|次年|明年)(?:继续)?(?:办理|处理)?`
	decisionOf   = `(?:作出|做出)`
	number       = `(\d{1,9})(?:件|份|宗|起|个)` // 件次 and 万件 are not the units of a table
)

// compiled are the wordings as expressions over a whole clause, subject removed.
var compiled = func() []*regexp.Regexp {
	out := make([]*regexp.Regexp, len(narrativeWordings))
	for i, w := range narrativeWordings {
		part := ""
		if w.part {
			part = `(?:其中)?`
		}
		out[i] = regexp.MustCompile(`^` + part + `(?:` + w.core + `)` + number + `(?:` + w.after + `)$`)
	}
	return out
}()

// tables are the cells the text may speak of.
type tables struct {
	rows2 map[[2]string]Cell
	rows3 map[string]*Application
	rows4 map[string]*Dispute
}

func application1(item string) func(*tables) [][]Cell {
	return func(t *tables) [][]Cell { return [][]Cell{column(t.rows3, 6, item)} }
}

func receivedCells(t *tables) [][]Cell {
	return [][]Cell{column(t.rows3, 6, "received_new"), column(t.rows3, 6, "received_new", "received_carried_in")}
}

// disclosure1 is a cell of table 2. A table of another generation has none of that
// name; only where the whole table is missing does the text stand alone.
func disclosure1(item, measure string) func(*tables) [][]Cell {
	return func(t *tables) [][]Cell {
		c := printed(t.rows2, item, measure)
		if c.State == Absent && len(t.rows2) > 0 {
			return nil
		}
		return [][]Cell{{c}}
	}
}

func disputes1(routes ...string) func(*tables) [][]Cell {
	return func(t *tables) [][]Cell {
		var cells []Cell
		for _, route := range routes {
			c := Cell{State: Absent}
			if d := t.rows4[route]; d != nil {
				c = d.Cells[4]
			}
			cells = append(cells, c)
		}
		return [][]Cell{cells}
	}
}

// narrativeInstances are the numbers of the text, each against its cell. A cell of
// which the text gives two different numbers is left out: at least one of them is
// of something else.
func narrativeInstances(r *Report) []Instance {
	if r.Year < 2019 && r.FormT2 == "" && r.FormT3 == "" && r.FormT4 == "" {
		return nil // nothing the codes of the tables could stand for
	}
	t := &tables{rows2: cells2(r), rows3: rows3(r), rows4: map[string]*Dispute{}}
	for i := range r.Disputes {
		t.rows4[r.Disputes[i].Route] = &r.Disputes[i]
	}
	var order []string
	found := map[string]Instance{}
	torn := map[string]bool{}
	for _, s := range r.Sections {
		if s.No > 4 {
			continue
		}
		for _, st := range statements(s.Text, r) {
			in, ok := st.instance(t)
			if !ok {
				continue
			}
			if old, ok := found[in.Place]; ok {
				torn[in.Place] = torn[in.Place] || *old.LHS[0].Value != *in.LHS[0].Value
				continue
			}
			found[in.Place] = in
			order = append(order, in.Place)
		}
	}
	var out []Instance
	for _, place := range order {
		if !torn[place] {
			out = append(out, found[place])
		}
	}
	return out
}
