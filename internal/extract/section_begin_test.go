package extract

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"testing"
)

// TestHeadingBegins: a heading or label that begins with another character would never
// be found.
func TestHeadingBegins(t *testing.T) {
	for no := 1; no < len(headingText); no++ {
		beginsWith(t, headingText[no], headingBegins[no])
	}
	beginsWith(t, asideHead, asideBegins)
}

// beginsWith looks for characters that a match of re can begin with and begins lacks.
func beginsWith(t *testing.T, re *regexp.Regexp, begins string) {
	t.Helper()
	parsed, err := syntax.Parse(re.String(), syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		t.Fatal(err)
	}
	seen := make([]bool, len(prog.Inst))
	var walk func(pc uint32)
	walk = func(pc uint32) {
		if seen[pc] {
			return
		}
		seen[pc] = true
		switch in := &prog.Inst[pc]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			walk(in.Out)
			walk(in.Arg)
		case syntax.InstCapture, syntax.InstEmptyWidth, syntax.InstNop:
			walk(in.Out)
		case syntax.InstRune, syntax.InstRune1:
			for i := 0; i < len(in.Rune); i += 2 {
				for r := in.Rune[i]; r <= in.Rune[min(i+1, len(in.Rune)-1)]; r++ {
					if !strings.ContainsRune(begins, r) {
						t.Errorf("%v may begin with %c", re, r)
					}
				}
			}
		default:
			t.Errorf("%v may begin with %v", re, in)
		}
	}
	walk(uint32(prog.Start))
}
