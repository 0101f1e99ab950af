package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"crawl/internal/report"
)

const (
	checkWidth = 110 // columns of a terminal that lines are wrapped to
	hitsShown  = 10  // of one question
)

// print writes for people: findings by rule, worst first, then one by one where
// asked for, then what the questions found.
func (f checked) print(w io.Writer) error {
	var b bytes.Buffer
	f.printRules(&b)
	f.printFindings(&b)
	f.printQuestions(&b)
	_, err := w.Write(b.Bytes())
	return err
}

// ruleBlock is one rule with its verdicts, worst first.
type ruleBlock struct {
	rule, explain string
	groups        []ruleGroup
}

// blocks gathers the groups by rule: worst verdict first, hard rules before soft
// ones, many findings before few. Rules that found nothing come last.
func blocks(groups []ruleGroup) []ruleBlock {
	var out []ruleBlock
	at := map[string]int{}
	for _, g := range groups {
		i, ok := at[g.Rule]
		if !ok {
			i = len(out)
			at[g.Rule] = i
			out = append(out, ruleBlock{rule: g.Rule, explain: g.Explain})
		}
		out[i].groups = append(out[i].groups, g)
	}
	rank := func(b ruleBlock) (verdict, soft, findings int) {
		if strings.HasPrefix(b.explain, "soft: ") {
			soft = 1
		}
		return slices.Index(verdictOrder, b.groups[0].Verdict), soft, -b.groups[0].Findings
	}
	slices.SortStableFunc(out, func(x, y ruleBlock) int {
		xv, xs, xn := rank(x)
		yv, ys, yn := rank(y)
		return cmp.Or(cmp.Compare(xv, yv), cmp.Compare(xs, ys), cmp.Compare(xn, yn), cmp.Compare(x.rule, y.rule))
	})
	return out
}

var verdictOrder = []report.Verdict{report.Fail, report.FailUnlessBlankIsZero, report.NotTestable, ""}

func (f checked) printRules(b *bytes.Buffer) {
	list := blocks(f.Rules)
	if len(list) == 0 && len(f.Questions)+len(f.Unasked) == 1 {
		return // one question was asked for, no rule
	}
	fmt.Fprintf(b, "Findings about current reports in %s\n\n", f.File)
	if len(list) == 0 {
		fmt.Fprintln(b, "  none")
		return
	}
	rows := [][]string{{"rule", "verdict", "findings", "reports", "failed of tested", "with blanks"}}
	notes := map[int]string{}
	for _, block := range list {
		for i, g := range block.groups {
			row := []string{"", string(g.Verdict), strconv.Itoa(g.Findings), strconv.Itoa(g.Reports), "", ""}
			if g.Verdict == "" {
				row[1] = "nothing found"
			}
			if i == 0 {
				row[0] = block.rule
				if g.Tested+g.Blank > 0 {
					row[4] = fmt.Sprintf("%d of %d", g.Failed, g.Tested)
					row[5] = strconv.Itoa(g.Blank)
				}
			}
			rows = append(rows, row)
		}
		notes[len(rows)-1] = block.explain
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], columnsOf(cell))
		}
	}
	for n, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-columnsOf(cell))
			if i < 2 {
				line.WriteString(cell + pad + "  ")
			} else {
				line.WriteString(pad + cell + "  ")
			}
		}
		fmt.Fprintln(b, strings.TrimRight(line.String(), " "))
		if note, ok := notes[n]; ok {
			wrap(b, "    ", note)
		}
	}
}

func (f checked) printFindings(b *bytes.Buffer) {
	if len(f.Findings) == 0 {
		return
	}
	fmt.Fprintln(b, "\nOne by one")
	for _, r := range f.Findings {
		about := r.Title
		if about == "" {
			about = r.Source
		}
		fmt.Fprintf(b, "\n  %s  %s  %s  %s\n", r.Verdict, r.Rule, r.Place, about)
		wrap(b, "    ", r.Note)
		if r.Report != "" {
			fmt.Fprintf(b, "    report %s  %s\n", r.Report, r.URL)
		}
		if r.Other != "" {
			fmt.Fprintf(b, "    against report %s\n", r.Other)
		}
	}
	if f.Unshown > 0 {
		fmt.Fprintf(b, "\n  and %d more: --json lists all\n", f.Unshown)
	}
}

func (f checked) printQuestions(b *bytes.Buffer) {
	if len(f.Questions)+len(f.Unasked) == 0 {
		return
	}
	fmt.Fprintln(b, "\nQuestions to the data")
	silent := 0
	for _, q := range f.Questions {
		if len(q.Hits) == 0 {
			silent++
			continue
		}
		fmt.Fprintf(b, "\n  %s  %s  %d\n", q.Severity, q.Name, len(q.Hits))
		wrap(b, "    ", q.Explain)
		for i, h := range q.Hits {
			if i == hitsShown {
				fmt.Fprintf(b, "      and %d more: --json lists all\n", len(q.Hits)-i)
				break
			}
			subject := h.Subject
			if h.Source != "" && h.Source != subject {
				subject = h.Source + "  " + subject
			}
			wrap(b, "      ", subject+"  "+h.Detail)
		}
	}
	fmt.Fprintf(b, "\n  %d of %d questions find nothing.\n", silent, len(f.Questions))
	if len(f.Unasked) > 0 {
		wrap(b, "  ", "Not asked, for want of a work.db with the runs: "+strings.Join(f.Unasked, ", "))
	}
}

// wrap writes text in lines of at most checkWidth columns, each behind indent. It
// breaks at blanks, and within Chinese, which has none, anywhere.
func wrap(b *bytes.Buffer, indent, text string) {
	room := checkWidth - columnsOf(indent)
	for text = strings.TrimSpace(text); text != ""; {
		cut, used, blank := 0, 0, 0
		for i, r := range text {
			n := columnsOf(string(r))
			if used+n > room {
				break
			}
			used += n
			cut = i + len(string(r))
			if r == ' ' {
				blank = cut
			}
		}
		if cut < len(text) && blank > cut/2 {
			cut = blank
		}
		fmt.Fprintf(b, "%s%s\n", indent, strings.TrimRight(text[:cut], " "))
		text = strings.TrimLeft(text[cut:], " ")
	}
}
