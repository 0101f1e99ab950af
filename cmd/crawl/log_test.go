package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// logKeys are the keys of a log line; docs/operations.md lists them.
var logKeys = []string{"level", "ts", "msg", "source", "run", "outcome", "detail", "url", "requests", "seconds"}

// TestLogKeys runs what logs and looks at the lines.
func TestLogKeys(t *testing.T) {
	o := newOffice(t)
	text, err := os.ReadFile(o.config)
	if err != nil {
		t.Fatal(err)
	}
	o.write(o.config, string(text)+"  - {id: dead, name: nobody, url: \"http://127.0.0.1:9/nb/\"}\n")
	out, code := o.crawl("run", "--log", "debug")
	if code != exitSourceFault {
		t.Fatalf("exit %d\n%s", code, out)
	}
	lines := 0
	for _, line := range strings.Split(out, "\n") {
		if !strings.HasPrefix(line, "{") {
			continue
		}
		lines++
		var fields map[string]any
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			t.Errorf("%v: %s", err, line)
		}
		for key := range fields {
			if !slices.Contains(logKeys, key) {
				t.Errorf("key %q in %s", key, line)
			}
		}
		for _, key := range []string{"level", "ts", "msg", "source", "run", "outcome", "requests", "seconds"} {
			if fields[key] == nil {
				t.Errorf("no %s in %s", key, line)
			}
		}
	}
	if lines != 2 {
		t.Errorf("%d log lines of two sources:\n%s", lines, out)
	}
}

// TestLogCalls goes through the calls that make fields: no other key is ever logged.
func TestLogCalls(t *testing.T) {
	calls := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			f, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || packageOf(f) != "zap" || strings.HasPrefix(f.Sel.Name, "New") || strings.HasPrefix(f.Sel.Name, "Redirect") {
				return true
			}
			calls++
			key := "error" // zap.Error's
			if len(call.Args) > 1 {
				if lit, ok := call.Args[0].(*ast.BasicLit); ok {
					key, _ = strconv.Unquote(lit.Value)
				}
			}
			if !slices.Contains(logKeys, key) {
				t.Errorf("%s logs %q with zap.%s", path, key, f.Sel.Name)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls < 6 {
		t.Errorf("only %d fields found", calls)
	}
}

func packageOf(f *ast.SelectorExpr) string {
	if name, ok := f.X.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

func TestLogKeysDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z]+)` \\| log \\|").FindAllStringSubmatch(string(doc), -1) {
		listed = append(listed, m[1])
	}
	if !slices.Equal(listed, logKeys) {
		t.Errorf("docs/operations.md lists the keys %v, they are %v", listed, logKeys)
	}
}
