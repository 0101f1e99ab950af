package extract

import (
	"math/rand/v2"
	"regexp"
	"regexp/syntax"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// TestGates: what is looked for before an expression is tried must never keep it from
// matching. Texts are drawn from pieces of what the expression looks for.
func TestGates(t *testing.T) {
	for name, gate := range map[string]struct {
		expression, gated func(string) bool
		pieces            string
	}{
		"file":     {fileLink.MatchString, isFileLink, ".pdf .PDF .doc .docx .xls .xlsx .wps .ofd .zip .rar .et .caj ? # & Download .jsp downfile .do / downloadfile Attachment/ .html"},
		"title":    {titleName.MatchString, namesTitle, "title Title TIT bt BiaoTi headline Subject h1 H1 article - _ 1 con style xl print h2"},
		"betting":  {hijacked.MatchString, advertisesBetting, strings.Join(finite(t, hijacked), " ") + " 体育 足球 在线 官网"},
		"template": {template.MatchString, leftBlank, "× X x Ｘ ｘ 〇 ○ * ＊ 某 某某 _ ＿ __ 省 市 县 局 年 单位 件"},
		"aside":    {asideHead.MatchString, isAside, "上年 上一年度 去年 往年 的 同期 总计 与 比 较 相比 比较 对比 增减 同比 情况 率 增长 小计 备注 说明"},
		"joined":   {secondOrdinal.MatchString, joinedLabels, "( 一 二 ) 1 2 . ． 、 公开 a"},
	} {
		rng := rand.New(rand.NewPCG(1, 1))
		pieces, met := strings.Fields(gate.pieces), 0
		for range 20_000 {
			var s strings.Builder
			for range rng.IntN(6) {
				s.WriteString(pieces[rng.IntN(len(pieces))])
			}
			want := gate.expression(s.String())
			if gate.gated(s.String()) != want {
				t.Fatalf("%s: %q: the expression says %v", name, s.String(), want)
			}
			if want {
				met++
			}
		}
		if met < 100 {
			t.Errorf("%s: only %d of the texts match", name, met)
		}
	}
	for _, s := range finite(t, hijacked) {
		if !advertisesBetting(s) {
			t.Errorf("%s is not found", s)
		}
	}
}

// finite lists all that an expression without repetitions matches.
func finite(t *testing.T, re *regexp.Regexp) []string {
	t.Helper()
	parsed, err := syntax.Parse(re.String(), syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	var all func(re *syntax.Regexp) []string
	all = func(re *syntax.Regexp) (out []string) {
		switch re.Op {
		case syntax.OpLiteral:
			return []string{string(re.Rune)}
		case syntax.OpCapture:
			return all(re.Sub[0])
		case syntax.OpAlternate:
			for _, sub := range re.Sub {
				out = append(out, all(sub)...)
			}
		case syntax.OpConcat:
			out = []string{""}
			for _, sub := range re.Sub {
				var longer []string
				for _, front := range out {
					for _, back := range all(sub) {
						longer = append(longer, front+back)
					}
				}
				out = longer
			}
		case syntax.OpCharClass:
			for i := 0; i < len(re.Rune); i += 2 {
				for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
					out = append(out, string(r))
				}
			}
		default:
			t.Fatalf("%v is not finite", re)
		}
		return out
	}
	return all(parsed)
}

// TestWithoutFigure: what follows an indicator in its line, as the one expression says
// that is too slow to try on every line of a page.
func TestWithoutFigure(t *testing.T) {
	figure := regexp.MustCompile(`[\s:：,，|｜│\d.]*(` + units + `?[\s\d.,]*)$`)
	pieces := strings.Fields("申请数 12 3.5 , ， ： : | ｜ │ 条 人 次 人次 元 万 万元 亿元 。")
	pieces = append(pieces, " ", "\n", "\u3000")
	rng := rand.New(rand.NewPCG(1, 2))
	for range 50_000 {
		var s strings.Builder
		for range rng.IntN(8) {
			s.WriteString(pieces[rng.IntN(len(pieces))])
		}
		if got, want := withoutFigure(s.String()), figure.ReplaceAllString(s.String(), ""); got != want {
			t.Fatalf("%q: %q, want %q", s.String(), got, want)
		}
	}
}

// TestPlainCharacters: the short ways for the characters that pages consist of give what
// the long ones give.
func TestPlainCharacters(t *testing.T) {
	for r := rune(1); r < 0x30000; r++ {
		for _, s := range []string{string(r), "a" + string(r) + "总", "一" + string(r) + " 1", string(r) + "、" + string(r)} {
			if got, want := fold(s), foldAny(s); got != want {
				t.Fatalf("fold(%q) = %q, want %q", s, got, want)
			}
			if got, want := squeezed(s), strings.Join(strings.Fields(norm.NFKC.String(s)), ""); got != want {
				t.Fatalf("squeezed(%q) = %q, want %q", s, got, want)
			}
			if isTidy(s) && tidy("\u200b"+s) != s {
				t.Fatalf("isTidy(%q) is wrong", s)
			}
		}
	}
}
