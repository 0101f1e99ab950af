package db

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestSchemaIsDocumented fails when docs/schema.md lacks a table or a column.
func TestSchemaIsDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/schema.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, part := range strings.Split(string(text), "\n## ")[1:] {
		name, body, _ := strings.Cut(part, "\n")
		sections[name] = body
	}
	tables := regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\)`).FindAllStringSubmatch(schemaSQL, -1)
	if len(tables) < 20 {
		t.Fatalf("only %d tables found in schema.sql", len(tables))
	}
	column := regexp.MustCompile(`(?m)^\s+([a-z]\w*)\s+(?:TEXT|INTEGER|REAL)\b`)
	for _, table := range tables {
		for _, c := range column.FindAllStringSubmatch(table[2], -1) {
			if !strings.Contains(sections[table[1]], "| `"+c[1]+"` |") {
				t.Errorf("docs/schema.md does not name %s.%s", table[1], c[1])
			}
		}
	}
}
