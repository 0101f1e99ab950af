package extract

import (
	"fmt"
	"strings"
	"testing"
)

// drawn shows a page's first grid as a picture: the text of the cell that covers each slot.
func drawn(t *testing.T, markup string) string {
	t.Helper()
	p, err := readHTML(`<body><div id="zoom"><p>表格如下，供核对所用，这里是一段足够长的正文文字。</p>`+markup+`</div></body>`, "http://www.linjiang.example/")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range p.Blocks {
		if b.Grid == nil {
			continue
		}
		var rows []string
		for r := range b.Grid.Rows {
			var row []string
			for c := range b.Grid.Cols {
				text := "."
				if cell := b.Grid.At(r, c); cell != nil {
					text = strings.ReplaceAll(cell.Text, "\n", "¶")
				}
				row = append(row, text)
			}
			rows = append(rows, strings.Join(row, " "))
		}
		return strings.Join(rows, "\n")
	}
	return "no grid"
}

func TestGridFollowsHTMLsTableAlgorithm(t *testing.T) {
	tests := []struct{ name, markup, want string }{
		{"spans", `<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><th>c</th><td>d</td></tr></table>`, "a b b\na c d"},
		{"ragged rows", `<table><tr><td>a<td>b<td>c</tr><tr><td>d</tr></table>`, "a b c\nd . ."},
		{"a row span beyond the table", `<table><tr><td rowspan=99>a</td><td>b</td></tr><tr><td>c</td></tr></table>`, "a b\na c"},
		{"rowspan=0 goes to the end of its group", `<table><tbody><tr><td rowspan=0>a</td><td>b</td></tr><tr><td>c</td></tr></tbody><tbody><tr><td>d</td><td>e</td></tr></tbody></table>`, "a b\na c\nd e"},
		{"a row span ends with its group", `<table><thead><tr><td rowspan=3>a</td><td>b</td></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>`, "a b\nc d"},
		{"colspan=0 and nonsense are 1", `<table><tr><td colspan=0>a</td><td colspan=x>b</td><td colspan=-2>c</td></tr></table>`, "a b c"},
		{"lines of a cell", `<table><tr><td><p>结<br>果</p><p>维持</p></td><td><span>1</span><span>2</span><o:p></o:p></td></tr></table>`, "结¶果¶维持 12"},
		{"hidden rows and cells do not count", `<table><tr style="DISPLAY: none"><td>x</td></tr><tr><td>a</td><td hidden>y</td><td>b</td></tr></table>`, "a b"},
		{"scripts and comments are no text", `<table><tr><td>a<script>1</script><!-- 2 --><style>b{}</style></td><td>b</td></tr></table>`, "a b"},
		{"a small table in a cell is its text", `<table><tr><td>a</td><td><table><tr><td>7</td></tr></table></td></tr></table>`, "a 7"},
		{"digits and a footnote mark stay apart", `<table><tr><td>5<sup>2</sup></td><td>b</td></tr></table>`, "5 2 b"},
		{"a table in a frame", `<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>`, "a b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := drawn(t, tt.markup); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// Spans that ask for a huge table must cost neither time nor memory.
func TestGridWithHugeSpans(t *testing.T) {
	var b strings.Builder
	b.WriteString("<table>")
	for i := range 3000 {
		fmt.Fprintf(&b, "<tr><td rowspan=65534 colspan=1000>%d</td><td>x</td></tr>", i)
	}
	b.WriteString("</table>")
	got := drawn(t, b.String())
	if rows := strings.Count(got, "\n") + 1; rows != 3000 {
		t.Errorf("%d rows, want 3000", rows)
	}
}
