package extract

import (
	"regexp/syntax"
	"strings"
	"testing"
)

// TestHeadingBegins: a heading that begins with another character would never be found.
func TestHeadingBegins(t *testing.T) {
	for no := 1; no < len(headingText); no++ {
		parsed, err := syntax.Parse(headingText[no].String(), syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		prog, err := syntax.Compile(parsed.Simplify())
		if err != nil {
			t.Fatal(err)
		}
		var begins strings.Builder
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
						begins.WriteRune(r)
					}
				}
			default:
				t.Errorf("heading %d: it may begin with %v", no, in)
			}
		}
		walk(uint32(prog.Start))
		for _, r := range begins.String() {
			if !strings.ContainsRune(headingBegins[no], r) {
				t.Errorf("heading %d may begin with %c", no, r)
			}
		}
		if begins.Len() == 0 {
			t.Errorf("heading %d begins with nothing", no)
		}
	}
}
