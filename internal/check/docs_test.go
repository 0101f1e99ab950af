package check

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"crawl/internal/report"
)

var update = flag.Bool("update", false, "write the lists of docs/checks.md anew")

// TestDocs: docs/checks.md lists every rule and every question as the code has them.
func TestDocs(t *testing.T) {
	var rules, questions strings.Builder
	for _, group := range report.RuleGroups {
		fmt.Fprintf(&rules, "\n### About %s\n\n| rule | says |\n|---|---|\n", group)
		for _, r := range report.Rules() {
			if r.About == group {
				fmt.Fprintf(&rules, "| `%s` | %s |\n", r.Name, strings.Replace(r.Explain, "soft: ", "*soft:* ", 1))
			}
		}
	}
	questions.WriteString("\n| question | severity | returns |\n|---|---|---|\n")
	for _, c := range All() {
		fmt.Fprintf(&questions, "| `%s` | %s | %s |\n", c.Name, c.Severity, c.Explain)
	}

	const page = "../../docs/checks.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	want := string(text)
	for name, list := range map[string]string{"rules": rules.String(), "questions": questions.String()} {
		block := regexp.MustCompile(`(?s)(<!-- ` + name + `:[^\n]*-->\n).*?(<!-- end of ` + name + ` -->)`)
		if !block.MatchString(want) {
			t.Fatalf("%s has no place for the %s", page, name)
		}
		want = block.ReplaceAllString(want, "${1}"+strings.ReplaceAll(list, "$", "$$")+"\n${2}")
	}
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(text) {
		t.Errorf("%s does not list what there is: go test ./internal/check -run TestDocs -update", page)
	}
}
