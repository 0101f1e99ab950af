package portal

import (
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// parts are what the comment at the top of a family's file tells, in this order, each
// under its heading.
var parts = []string{"Recognised by", "Pages by", "Counts by", "Assumptions"}

// TestDocs: docs/portals.md holds what the families' own files say of them, and each file
// says it.
func TestDocs(t *testing.T) {
	told := told(t)
	var table, assumed strings.Builder
	table.WriteString("\n| family | of | recognised by | pages by | counts by |\n|---|---|---|---|---|\n")
	for _, name := range Names() {
		said, ok := told[name]
		if !ok {
			t.Errorf("no file of this room has the adapter %s", name)
			continue
		}
		for _, part := range parts {
			if said[part] == "" {
				t.Errorf("the file of %s does not say %q", name, part)
			}
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s | %s |\n", name, cell(said["Of"]), cell(said["Recognised by"]), cell(said["Pages by"]), cell(said["Counts by"]))
		fmt.Fprintf(&assumed, "\n### `%s`\n\n%s\n", name, said["Assumptions"])
	}

	const page = "../../docs/portals.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	want := string(text)
	for name, list := range map[string]string{"families": table.String(), "assumptions": assumed.String()} {
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
		t.Errorf("%s does not say what the families' files say: go test ./internal/portal -run TestDocs -update", page)
	}
}

// told reads the comments at the top of the room's files, by the name of the adapter that
// stands in the file.
func told(t *testing.T) map[string]map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	adapter := regexp.MustCompile(`\n\s+Name:\s+"(\w[\w-]*)",\n\s+Detect:`)
	heading := regexp.MustCompile(`^(` + strings.Join(parts, "|") + `)(?:, ([^:]+))?:\s*`)
	out := map[string]map[string]string{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := adapter.FindSubmatch(source)
		if m == nil {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, source, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		said := map[string]string{}
		for _, group := range tree.Comments {
			if group.Pos() < tree.Package {
				continue
			}
			for i, text := range strings.Split(strings.TrimSpace(group.Text()), "\n\n") {
				text = strings.TrimSpace(text)
				part := "Of"
				if h := heading.FindStringSubmatch(text); h != nil {
					part, text = h[1], strings.TrimPrefix(text, h[0])
					if h[2] != "" {
						text = h[2] + ": " + text
					}
				} else if i > 0 {
					part = "Assumptions" // goes on
				}
				said[part] = strings.TrimSpace(said[part] + "\n\n" + text)
			}
			break
		}
		out[string(m[1])] = said
	}
	return out
}

// cell is text for a cell of a table of Markdown.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "*", `\*`).Replace(strings.Join(strings.Fields(text), " "))
}
