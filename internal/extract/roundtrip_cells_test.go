package extract

import (
	"fmt"
	"html"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"

	"crawl/internal/report"
)

// mess is one way of printing a report that real pages show. It must keep the
// paper's want true: what it makes unreadable it declares lost.
type mess struct {
	name  string
	fits  func(p *paper) bool // nil: every report
	apply func(p *paper)
}

var bareNumber = regexp.MustCompile(`^\d+(\.\d+)?$`)

// values runs over the value cells that print a bare number in table ("" any), each
// with one chance in n.
func (p *paper) values(table string, n int, do func(c *td, f *fact)) {
	for _, s := range p.official() {
		for _, t := range s.tables {
			t.each(func(c *td) {
				if c.fact != nil && strings.HasPrefix(c.fact.name, table) && c.markup == "" && len(c.lines) == 1 && bareNumber.MatchString(c.text()) && p.rng.IntN(n) == 0 {
					do(c, c.fact)
				}
			})
		}
	}
}

func since2019(p *paper) bool  { return p.t2 != nil }
func before2019(p *paper) bool { return p.st != nil }
func has2019(p *paper) bool {
	return p.t2 != nil && p.t2.tables[0].starting("上一年项目数量") != nil
}
func has2021(p *paper) bool {
	return p.t2 != nil && p.t2.tables[0].starting("本年制发件数") != nil
}

func pick[T any](rng *rand.Rand, from ...T) T { return from[rng.IntN(len(from))] }

// emptied are the operators that print something else than a number.
var emptied = []mess{
	{"blank cells", nil, func(p *paper) {
		p.values("", 8, func(c *td, f *fact) {
			f.empty(report.Blank, "")
			c.lines, c.markup = []string{""}, pick(p.rng, "", "&nbsp;", "<p></p>", "<span><o:p>&nbsp;</o:p></span>", "　", "&#8203;")+"<!-- -->"
		})
	}},
	{"the organisations' columns left blank", since2019, func(p *paper) {
		p.values("t3", 1, func(c *td, f *fact) {
			if strings.Contains(f.name, ".org_") {
				f.empty(report.Blank, "")
				c.lines = []string{""}
			}
		})
	}},
	{"a table left blank", since2019, func(p *paper) {
		p.values(pick(p.rng, "t2", "t3", "t4"), 1, func(c *td, f *fact) {
			f.empty(report.Blank, "")
			c.lines = []string{""}
		})
	}},
	{"dashes for nothing", nil, func(p *paper) {
		dash := pick(p.rng, "-", "—", "——", "－", "--", "–")
		p.values("", 6, func(c *td, f *fact) { f.empty(report.Dash, dash); c.lines = []string{dash} })
	}},
	{"slashes for nothing", nil, func(p *paper) {
		slash := pick(p.rng, "/", "／", "\\")
		p.values("", 6, func(c *td, f *fact) { f.empty(report.Slash, slash); c.lines = []string{slash} })
	}},
	{"无 for nothing", nil, func(p *paper) {
		word := pick(p.rng, "无", "暂无", "不涉及", "未统计")
		p.values("", 12, func(c *td, f *fact) { f.empty(report.Text, word); c.lines = []string{word} })
	}},
	{"a picture in place of a number", since2019, func(p *paper) {
		p.values("", 40, func(c *td, f *fact) {
			f.empty(report.Image, "")
			c.lines, c.markup = []string{""}, `<img src="/img/n`+fmt.Sprint(p.rng.IntN(9))+`.png">`
		})
	}},
}

// spoilt are the operators after which a number cannot be told for certain.
var spoilt = []mess{
	{"the letter O for 0", nil, func(p *paper) {
		p.spoil(10, func(s string) string {
			if strings.Contains(s, "0") {
				return strings.Replace(s, "0", "O", 1)
			}
			return s
		})
	}},
	{"two numbers in a cell", nil, func(p *paper) {
		p.spoil(25, func(s string) string { return s + pick(p.rng, "（5）", "/12", " 3", "-2", "、7") })
	}},
	{"a decimal in a count", nil, func(p *paper) {
		p.values("", 25, func(c *td, f *fact) {
			if f.kind != money {
				f.lost, f.noted = true, true
				c.lines = []string{c.lines[0] + ".5"}
			}
		})
	}},
	{"a number broken over two lines", nil, func(p *paper) {
		p.spoil(25, func(s string) string {
			if len(s) < 2 {
				return s
			}
			return s[:1] + "\n" + s[1:]
		})
	}},
	{"a footnote raised beside a number", nil, func(p *paper) {
		p.values("", 25, func(c *td, f *fact) { f.lost = true; c.markup = c.lines[0] + "<sup>2</sup>" })
	}},
	{"a number struck out and another beside it", nil, func(p *paper) {
		p.values("", 25, func(c *td, f *fact) { f.lost = true; c.markup = "<del>31</del>" + c.lines[0] })
	}},
	{"about so many", nil, func(p *paper) {
		p.spoil(25, func(s string) string { return pick(p.rng, "约", "近", "共") + s })
	}},
	{"a formula's error in a cell", nil, func(p *paper) {
		p.values("", 30, func(c *td, f *fact) {
			f.empty(report.Text, "#REF!")
			c.lines = []string{"#REF!"}
		})
	}},
	{"a negative count", since2019, func(p *paper) {
		p.values("t3", 40, func(c *td, f *fact) {
			if f.value > 0 {
				f.lost = true
				c.lines = []string{"-" + c.lines[0]}
			}
		})
	}},
}

// spoil prints every nth number as change makes it; a number it changes is lost.
func (p *paper) spoil(n int, change func(string) string) {
	p.values("", n, func(c *td, f *fact) {
		if s := change(c.lines[0]); s != c.lines[0] {
			f.lost = true
			c.lines = strings.Split(s, "\n")
		}
	})
}

// worded are the operators that print a number with words.
var worded = []mess{
	{"units behind counts: 2笔, 12件", nil, func(p *paper) {
		p.values("", 4, func(c *td, f *fact) {
			if f.kind == count {
				f.unit, f.noted = pick(p.rng, "件", "笔", "条", "个", "次", "宗"), true
				c.lines = []string{c.lines[0] + pick(p.rng, "", " ") + f.unit}
			}
		})
	}},
	{"money in yuan: 984361元", since2019, func(p *paper) { p.moneyIn("元", false) }},
	{"money with its unit: 1276.5534万元", since2019, func(p *paper) { p.moneyIn("万元", true) }},
	{"change in words: 增10, 减3", has2019, func(p *paper) {
		p.signs(pick(p.rng, "增", "增加"), pick(p.rng, "减", "减少"), true)
	}},
	{"change with a sign: +43, -1942", has2019, func(p *paper) { p.signs(pick(p.rng, "+", "＋"), pick(p.rng, "-", "－", "−"), false) }},
	{"the unit in the label of the sum: 采购总金额(万元)", has2019, func(p *paper) {
		c := p.t2.tables[0].starting("采购总金额")
		c.lines = []string{"采购总金额", pick(p.rng, "(万元)", "（单位：万元）", "（万元）")}
		if f := p.want.facts["t2.procurement_amount"]; f.unit == "" {
			f.unit = "万元"
		}
	}},
}

// moneyIn prints sums of money with a unit.
func (p *paper) moneyIn(unit string, fine bool) {
	p.values("t2", 1, func(c *td, f *fact) {
		if f.kind != money {
			return
		}
		if fine {
			f.value = math.Round(f.value*1e4+float64(p.rng.IntN(100))) / 1e4
		} else {
			f.value = float64(int(f.value))
		}
		f.unit, f.noted = unit, true
		f.printed = strconv.FormatFloat(f.value, 'f', -1, 64) + unit
		c.lines = []string{f.printed}
	})
}

// signs prints the column of changes with words or signs.
func (p *paper) signs(plus, minus string, noted bool) {
	p.t2.tables[0].each(func(c *td) {
		f := c.fact
		if f == nil || f.kind != change || f.state != report.Number || f.lost || f.value == 0 || c.markup != "" {
			return
		}
		sign := plus
		if f.value < 0 {
			sign = minus
		}
		f.noted = noted
		f.printed = sign + strconv.FormatFloat(math.Abs(f.value), 'f', -1, 64)
		c.lines = []string{f.printed}
	})
}

// numerals are the ways of writing digits.
var numerals = []mess{
	{"thousands separators", nil, func(p *paper) {
		comma := pick(p.rng, ",", "，")
		p.digits(1, func(s string) string {
			whole, decimals, _ := strings.Cut(s, ".")
			for i := len(whole) - 3; i > 0; i -= 3 {
				whole = whole[:i] + comma + whole[i:]
			}
			if decimals != "" {
				return whole + "." + decimals
			}
			return whole
		})
	}},
	{"full-width digits", nil, func(p *paper) {
		p.digits(3, func(s string) string {
			return strings.Map(func(r rune) rune {
				if r == '.' || r >= '0' && r <= '9' {
					return r - '!' + '！'
				}
				return r
			}, s)
		})
	}},
	{"digits as entities", nil, func(p *paper) {
		p.marked(4, func(s string) string {
			out := ""
			for _, r := range s {
				out += pick(p.rng, fmt.Sprintf("&#%d;", r), fmt.Sprintf("&#x%X;", r))
			}
			return out
		})
	}},
	{"digits split over spans", nil, func(p *paper) {
		p.marked(2, func(s string) string {
			cut := p.rng.IntN(len(s) + 1)
			return "<span>" + s[:cut] + `</span><font face="仿宋"><b>` + s[cut:] + "</b></font>"
		})
	}},
	{"zero-width characters between digits", nil, func(p *paper) {
		p.marked(4, func(s string) string { return "&#8203;" + strings.Join(strings.Split(s, ""), "&#8203;") + "\ufeff" })
	}},
	{"comments between digits", nil, func(p *paper) {
		p.marked(5, func(s string) string { return "<!--7-->" + s[:1] + "<!-- 9 -->" + s[1:] })
	}},
	{"something hidden beside a number", nil, func(p *paper) {
		p.marked(6, func(s string) string {
			return s + pick(p.rng, `<span style="display:none">77</span>`, `<span hidden>77</span>`, `<b style="VISIBILITY: hidden; color:red">7</b>`, `<script>document.write(7)</script>`)
		})
	}},
	{"blanks and line breaks of the source around numbers", nil, func(p *paper) {
		pads := []string{"&nbsp;", "\n      ", "　", "&nbsp;&nbsp;&nbsp;", "\t", "<br>", "&ensp;"}
		p.marked(3, func(s string) string { return pick(p.rng, pads...) + html.EscapeString(s) + pick(p.rng, pads...) })
	}},
	{"a number in a table of its own in the cell", nil, func(p *paper) {
		p.marked(20, func(s string) string { return "<table><tr><td>" + s + "</td></tr></table>" })
	}},
	{"a number as a link", nil, func(p *paper) {
		p.marked(15, func(s string) string { return `<a href="javascript:void(0)" name="_GoBack">` + s + "</a>" })
	}},
}

// digits prints every nth bare number in other characters.
func (p *paper) digits(n int, change func(string) string) {
	p.values("", n, func(c *td, f *fact) { c.lines = []string{change(c.lines[0])} })
}

// marked prints every nth bare number in other markup.
func (p *paper) marked(n int, change func(string) string) {
	p.values("", n, func(c *td, f *fact) { c.markup = change(c.lines[0]) })
}
