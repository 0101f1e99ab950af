package report

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// emitted finds the names of rules in the sources: findings that a reader adds, the
// rule field of identities and findings, a number's fault, and what SQL inserts.
var emitted = []*regexp.Regexp{
	regexp.MustCompile(`\bfind\((?:[a-z.]+, )?"([a-z0-9_]+)"`),
	regexp.MustCompile(`\b[Rr]ule: +"([a-z0-9_]+)"`),
	regexp.MustCompile(`\bfault: "([a-z0-9_]+)"`),
	regexp.MustCompile(`DELETE FROM findings WHERE rule (?:=|IN) \(?('[^)\n;]+)`),
}

// TestRulesAreComplete: every rule that any room writes has its line in Rules.
func TestRulesAreComplete(t *testing.T) {
	known := map[string]bool{}
	for _, r := range Rules() {
		known[r.Name] = true
	}
	found := map[string]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		if ext := filepath.Ext(path); ext != ".go" && ext != ".sql" || strings.Contains(path, "testdata") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, re := range emitted {
			for _, m := range re.FindAllStringSubmatch(string(text), -1) {
				for _, name := range strings.FieldsFunc(m[1], func(c rune) bool { return strings.ContainsRune("', ", c) }) {
					found[name] = path
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"t3_flow", "cell_unclaimed", "count_negative", "printed_twice", "published_late", "t2_items", "form_unexpected", "row_twice", "region_unknown"} {
		if found[name] == "" {
			t.Errorf("the search does not see that %s is written", name)
		}
	}
	for name, path := range found {
		if !known[name] {
			t.Errorf("%s writes findings of rule %s, which Rules does not explain", path, name)
		}
	}
}

func TestRulesAreWellFormed(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.Name] {
			t.Errorf("%s: twice", r.Name)
		}
		seen[r.Name] = true
		if r.Explain == "" || len(r.Explain) > 160 || strings.Contains(r.Explain, "\n") || strings.HasSuffix(r.Explain, ".") {
			t.Errorf("%s: %q is not one line without a full stop", r.Name, r.Explain)
		}
	}
	for _, list := range [][]string{{"narr", "t2_disc", "t3_carry", "t2_stock", "t2_items", "t2_items_look_like_cases", "form_unexpected"}} {
		for _, name := range list {
			for _, r := range Rules() {
				if r.Name == name && !strings.HasPrefix(r.Explain, "soft: ") {
					t.Errorf("%s does not say that it is soft", name)
				}
			}
		}
	}
}
