package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"crawl/internal/db"
	"crawl/internal/report"
)

type statusCommand struct {
	All  bool `help:"List the healthy sources too."`
	JSON bool `help:"For machines; docs/coverage.md explains the keys."`
}

// Run prints how the crawl stands. Whatever it finds, it has done its work.
func (c *statusCommand) Run(s *session) error {
	data, err := s.data()
	if err != nil {
		return err
	}
	o, err := s.overview(data)
	if err != nil {
		return fmt.Errorf("status: %w", err)
	}
	if c.JSON {
		out := json.NewEncoder(s.stdout)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(o)
	}
	return o.print(s.stdout, c.All, time.Now())
}

// print is one screen: a head, what needs attention by what is to be done about it,
// and the healthy ones in a line.
func (o overview) print(w io.Writer, all bool, now time.Time) error {
	var b strings.Builder
	o.head.print(&b, now)
	for _, st := range states {
		if o.States[st.state] == 0 {
			continue
		}
		heading := fmt.Sprintf("%s (%d): %s", strings.ToUpper(string(st.state)), o.States[st.state], st.means)
		fmt.Fprintf(&b, "\n%s\n", heading)
		o.lines(&b, st.state, func(l sourceLine) (since, words string) {
			if l.Begun != "" {
				since = "since " + l.Begun[:10]
			}
			return since, l.Words
		})
	}
	o.moved(&b)
	o.counters(&b)
	b.WriteString("\n")
	well := o.States[stateWell]
	switch {
	case well == 0:
	case all:
		fmt.Fprintf(&b, "OK (%d)\n", well)
		o.lines(&b, stateWell, func(l sourceLine) (since, words string) {
			cost := ""
			if l.CostPerNew != nil {
				cost = fmt.Sprintf(", %.1f requests for a new one", *l.CostPerNew)
			}
			return "seen " + day10(l.LastSuccess), count(l.Reports, "report") + cost
		})
	default:
		fmt.Fprintf(&b, "OK (%d): nothing to do (--all lists them)\n", well)
	}
	if o.Dropped > 0 {
		fmt.Fprintf(&b, "%s of the data no longer in the config\n", count(o.Dropped, "source"))
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// moved prints the sources whose address in the config is to be changed, whatever their state.
func (o overview) moved(b *strings.Builder) {
	var lines []string
	for _, l := range o.Sources {
		for _, f := range l.Findings {
			if f.Rule == "source_moved" {
				lines = append(lines, "  "+l.Source+"  "+f.Note)
			}
		}
	}
	if len(lines) > 0 {
		fmt.Fprintf(b, "\nMOVED (%d): put the new address into the config\n%s\n", len(lines), strings.Join(lines, "\n"))
	}
}

// counters prints the commonest view counters that are not known.
func (o overview) counters(b *strings.Builder) {
	const most = 5
	if len(o.Counters) == 0 {
		return
	}
	fmt.Fprintln(b, "\nCOUNTERS NOT KNOWN: never asked, so that these reports have no view count")
	for _, c := range o.Counters[:min(len(o.Counters), most)] {
		tail := fmt.Sprintf("  %s of %s", count(c.Reports, "report"), count(c.Sources, "source"))
		fmt.Fprintf(b, "  %s%s\n", cut(c.Pattern, pageWidth-4-columnsOf(tail)), tail)
	}
	if more := len(o.Counters) - most; more > 0 {
		fmt.Fprintf(b, "  and %d more (--json lists them, with an example each)\n", more)
	}
}

// labelWidth bounds what is said to name a source.
const labelWidth = 32

// lines prints the sources of one state, one a line, cut to the screen.
func (o overview) lines(b *strings.Builder, of state, say func(sourceLine) (since, words string)) {
	wide, sinceWide := 0, 0
	for _, l := range o.Sources {
		if l.State == of {
			since, _ := say(l)
			wide, sinceWide = max(wide, min(columnsOf(l.label()), labelWidth)), max(sinceWide, len(since))
		}
	}
	if sinceWide > 0 {
		sinceWide += 2
	}
	for _, l := range o.Sources {
		if l.State == of {
			since, words := say(l)
			line := "  " + padRight(cut(l.label(), labelWidth), wide+2) + padRight(since, sinceWide) + cut(words, pageWidth-4-wide-sinceWide)
			fmt.Fprintln(b, strings.TrimRight(line, " "))
		}
	}
}

func (l sourceLine) label() string {
	if l.Name == "" {
		return l.Source
	}
	return l.Source + " " + l.Name
}

func (h head) print(b *strings.Builder, now time.Time) {
	r := h.Run
	if r == nil {
		fmt.Fprintln(b, "No run yet.")
		return
	}
	took := "not ended"
	if r.FinishedAt != "" {
		took = roundly(time.Duration(r.Seconds * float64(time.Second)))
	}
	ago := ""
	if at, err := time.Parse(time.RFC3339Nano, r.StartedAt); err == nil && now.After(at) {
		ago = ", " + roundly(now.Sub(at)) + " ago"
	}
	fmt.Fprintf(b, "Last run   %s UTC%s: %s, %s\n", strings.Replace(r.StartedAt[:16], "T", " ", 1), ago, r.Command, took)
	fmt.Fprintf(b, "           %s\n", cut(fmt.Sprintf("%s; %s, %d changed, %s", outcomesLine(r),
		count(r.New, "new report"), r.Changed, count(r.Failed, "failed page")), pageWidth-11))
	published := count(h.Published.Reports, "report")
	if h.Published.Stale > 0 {
		published += fmt.Sprintf(", %d of them stale", h.Published.Stale)
	}
	if h.Behind {
		published += "; THE LAST RUN IS NOT IN IT: crawl publish says why"
	}
	fmt.Fprintf(b, "Published  %s\n", published)
	if y := h.Coverage; y != nil {
		var parts []string
		for _, p := range []struct {
			n     int
			words string
		}{{y.Published, "in time"}, {y.Late, "late"}, {y.Missing, "missing"}, {y.Blocked, "blocked"}, {y.Broken, "broken"}, {y.Removed, "removed"}} {
			if p.n > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", p.n, p.words))
			}
		}
		fmt.Fprintf(b, "On %d    %s\n", y.Year, strings.Join(parts, ", "))
	}
}

// outcomesLine counts the outcomes of a run's sources, ok first, then by number.
func outcomesLine(r *db.RunStatus) string {
	kinds := slices.SortedFunc(maps.Keys(r.Outcomes), func(a, b report.Outcome) int {
		if (a == report.OutcomeOK) != (b == report.OutcomeOK) {
			if a == report.OutcomeOK {
				return -1
			}
			return 1
		}
		if d := r.Outcomes[b] - r.Outcomes[a]; d != 0 {
			return d
		}
		return strings.Compare(string(a), string(b))
	})
	var parts []string
	for _, k := range kinds {
		parts = append(parts, fmt.Sprintf("%d %s", r.Outcomes[k], k))
	}
	return count(r.Sources, "source") + ": " + strings.Join(parts, ", ")
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func day10(at string) string {
	if len(at) < 10 {
		return "never"
	}
	return at[:10]
}

// roundly says how long something took in one unit.
func roundly(d time.Duration) string {
	switch {
	case d < 90*time.Second:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d < 90*time.Minute:
		return fmt.Sprintf("%.0f min", d.Minutes())
	case d < 48*time.Hour:
		return fmt.Sprintf("%.0f h", d.Hours())
	}
	return fmt.Sprintf("%.0f days", d.Hours()/24)
}
