package report

// Rule is a kind of finding: its name, as in findings.rule, and what it says in one
// line. An Explain that starts with "soft: " is of a rule that honest reports break too.
type Rule struct {
	Name    string
	About   string // one of RuleGroups
	Explain string
}

// RuleGroups are what rules are about, in the order they are shown.
var RuleGroups = []string{
	"numbers of one report", "numbers of two years", "publication", "reading a table", "reading a page", "a source",
}

// Rules lists every rule that any room writes, group by group. A rule that is not
// here fails a test.
func Rules() []Rule {
	var rules []Rule
	for _, id := range Identities {
		rules = append(rules, Rule{id.Rule, RuleGroups[0], id.Explain})
	}
	for _, f := range Flags {
		rules = append(rules, Rule{f.Rule, RuleGroups[0], f.Explain})
	}
	for i, group := range otherRules {
		for _, r := range group {
			rules = append(rules, Rule{r[0], RuleGroups[i+1], r[1]})
		}
	}
	return rules
}

// otherRules are the rules of the groups after the first: those that SQL computes
// over several reports, and those of reading.
var otherRules = [][][2]string{
	{
		{"t3_carry", "soft: carried forward = carried in a year later, in each column of table 3 (mergers and corrections break it)"},
		{"t2_stock", "soft: in force = in force a year before + issued - abolished, for regulations and normative documents (2021 form)"},
		{"t2_items", "soft: items of the year before = items of the year before that + their change, in each row of items (2019 form)"},
	},
	{
		{"published_late", "published after the statutory deadline: 31 January for an organ's own report since 2019, else 31 March; lhs is the days"},
		{"date_implausible", "the publish date lies before the end of the year reported on, or after the day the page was fetched; or the page was there before that year's end"},
		{"date_missing", "the publish date is NULL: no date stated is known to be it"},
		{"date_weak", "the page names no publish date; another of its dates is taken"},
		{"date_unreadable", "something stands where a date is printed that is not read as one"},
		{"year_conflict", "the title and the statistical period name different report years"},
		{"year_implausible", "a year is named that no report of this publish date can be about"},
		{"year_guessed", "the page names no report year; the year before the publish date is taken"},
	},
	{
		{"form_unread", "a table stands there, of a form that is not read: no cells, only the report's row and text"},
		{"form_mixed", "a table prints column labels of two generations of the form"},
		{"label_misprinted", "a label is read by its place, since its words are those of another"},
		{"head_unread", "the columns of a table are not certain, so that none of its cells is read"},
		{"column_unread", "a column of figures whose heading is not known is left out"},
		{"period_unread", "a column for a period that is not the year is compared with the year's and left out"},
		{"column_missing", "a column of the form is not printed: its cells are absent, not zero"},
		{"row_missing", "a row of the form is not printed: its cells are absent, not zero"},
		{"row_shape", "a row has more or fewer cells than its table: which number stands where is not certain, and none is taken"},
		{"row_twice", "a row is printed twice with different cells: none of them is taken"},
		{"cell_unclaimed", "a cell with something in it belongs to no known row and column, and is left out"},
		{"cell_unparsed", "a cell's text is not read as a number: NULL, the text stands in cell_remarks"},
		{"count_not_integer", "a count is printed with decimals: NULL, the text stands in cell_remarks"},
		{"count_negative", "a count is printed negative: NULL, the text stands in cell_remarks"},
		{"unit_misplaced", "a unit of money is printed at a count, or a count's unit at money: NULL"},
		{"printed_twice", "the page prints a row or section twice; the first is kept"},
		{"table_is_image", "the section shows a picture instead of its table"},
		{"table_missing", "the section has no table"},
	},
	{
		{"page_cut_off", "the page ends in the middle; a whole reading of it stays the current one"},
		{"body_is_attachment", "the page gives the report as a file only"},
		{"body_is_image", "the page gives the report as pictures only"},
		{"text_outside_sections", "much text stands before the first heading and is in no section"},
		{"views_unreadable", "something stands where a view count is printed that is not read as one"},
		{"counter_unknown", "a script fills in the view count, and asks no counter that is known: it is never asked, and the note is its pattern"},
		{"title_weak", "the page prints no title; it is taken from elsewhere"},
		{"agency_missing", "the page names no agency"},
		{"agency_generic", "the page names the organ, but not which region's it is"},
		{"region_ambiguous", "several divisions have the region's name, and nothing on the page or in the config decides: no region, no agency id"},
		{"region_conflict", "the name says one region, the source or the site another; the name counts"},
		{"region_unknown", "nothing says which region's organ this is, or no list of divisions has it: no region, no agency id"},
		{"region_outdated", "the division named is not in the lists of that year"},
		{"views_rounded", "the view count is printed rounded (1.2万), so that it is no number"},
		{"report_by_hand", "a person decided that this page is a report, against its own reading"},
	},
	{
		{"source_blocked", "the portal refuses us, robots.txt forbids it, or the host cannot be reached: since when, and what it said"},
		{"source_unlisted", "the listing cannot be read: it is empty, its paging is not understood, it falls short of its stated total, or it answers with an error"},
		{"source_reader", "our reader broke: the source's reports lost what they had in the last publication, whose rows are kept, marked stale"},
		{"source_stopped", "the listing was seen whole after a deadline and does not show what was due; lhs of rhs reports"},
		{"source_unread", "the listing shows what was due, as far as can be told, and it was not read as a report; lhs of rhs reports"},
		{"source_minimum", "fewer reports (lhs) than the config expects (rhs)"},
		{"source_moved", "the listing's address in the config leads elsewhere: put the new one there before the old one goes"},
		{"source_years", "no report of years that the config expects and whose deadline has passed"},
	},
}
