package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestStatements: what is taken from a sentence, and what is not. Report of 2023 by
// 霖江市财政局, about itself, unless the case says region.
func TestStatements(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"2023年收到政府信息公开申请12件。", "t3.received_new.total=12"},
		{"2023年度，我局共收到政府信息公开申请１２件", "t3.received_new.total=12"},
		{"（二）依申请公开。全年共收到依申请公开政府信息申请 12 件，均已按时答复。", "t3.received_new.total=12"},
		{"2023年度我局共收到依申请信息公开26件，及时回复申请人，", "t3.received_new.total=26"},
		{"市财政局2023年收到政府信息公开申请1，113件", "t3.received_new.total=1113"},
		{"霖江市财政局共接到12件政府信息公开申请，", "t3.received_new.total=12"},
		{"2023年新收政府信息公开申请10件，上年结转2件。", "t3.received_new.total=10 t3.received_carried_in.total=2"},
		{"自2023年1月1日起至12月31日，收到政府信息公开申请3件", "t3.received_new.total=3"},
		{"2023年1月1日至2023年12月31日，本机关收到政府信息公开申请3件", "t3.received_new.total=3"},
		{"本年度共收到政府信息公开申请12件，办结11件，结转下年度1件。",
			"t3.received_new.total=12 t3.processed_total.total=11 t3.carried_forward.total=1"},
		{"收到政府信息公开申请12件，较上年增加3件，已办结11件，1件结转下年度继续办理。",
			"t3.received_new.total=12 t3.processed_total.total=11 t3.carried_forward.total=1"},
		{"收到政府信息公开申请12件（其中网上申请5件），其中，予以公开5件、部分公开2件、不予公开3件。",
			"t3.received_new.total=12 t3.granted.total=5 t3.granted_partial.total=2"},
		{"1.收到政府信息公开申请0件。", "t3.received_new.total=0"},
		{"因政府信息公开被申请行政复议3件、提起行政诉讼1件。", "t4.review.total=3 t4=1"},
		{"政府信息公开行政复议0件，行政诉讼0件", "t4.review.total=0 t4=0"},
		{"2023年，制发行政规范性文件5件，废止行政规范性文件1件，现行有效行政规范性文件24件。",
			"t2.norm.issued=5 t2.norm.abolished=1 t2.norm.in_force=24"},
		{"全年作出行政许可决定1200件、作出行政处罚决定35件", "t2.licence.decisions=1200 t2.penalty.decisions=35"},
		{"我局政府信息公开申请新收12件", ""}, // a plain word order, yet not listed

		// Lines broken for want of room.
		{"二、依申请公开\n收到政府信息公开申请12件", "t3.received_new.total=12"},
		{"规范登记、审核、答复、归档各个环节，安排专人办理，收到政府信息\n公开申请12件，办结1\n2件", "t3.received_new.total=12"},
		{"规范登记、审核、答复、归档各个环节，安排专人办理，较好完成任务，去年\n收到政府信息公开申请9件", ""},
		{"规范登记、审核、答复、归档各个环节，安排专人办理，在市政府办公室共\n收到政府信息公开申请9件", ""},

		// Other years and stretches of years.
		{"去年收到政府信息公开申请9件", ""},
		{"去年，收到政府信息公开申请9件，办结9件", ""},
		{"2022年收到政府信息公开申请5件，办结5件。", ""},
		{"2022年，我局收到政府信息公开申请5件。", ""},
		{"2019年以来，收到政府信息公开申请50件", ""},
		{"近三年，收到政府信息公开申请50件", ""},
		{"累计收到政府信息公开申请50件", ""},
		{"截至2023年底，收到政府信息公开申请50件", ""},
		{"2023年1月至6月，收到政府信息公开申请3件", ""},
		{"1—6月，收到政府信息公开申请3件", ""},
		{"今年以来，收到政府信息公开申请3件", ""}, {"一月，收到政府信息公开申请3件", ""}, {"一季度，收到政府信息公开申请3件", ""},
		{"截至2024年1月，收到政府信息公开申请3件", ""}, {"与2022年相比，收到政府信息公开申请减少3件，办结9件", ""},
		{"上半年，收到政府信息公开申请5件", ""},
		{"较2022年增加3件，办结12件", ""},
		// Numbers that are no count of the table.
		{"收到政府信息公开申请约12件", ""}, {"收到政府信息公开申请10余件", ""}, {"收到政府信息公开申请1.2万件", ""},
		{"收到政府信息公开申请12件次", ""}, {"收到政府信息公开申请12人次", ""}, {"收到政府信息公开申请增长12%", ""},
		{"收到政府信息公开申请12件（含上年结转2件）", ""}, {"收到政府信息公开申请同比增加3件", ""},
		{"收到政府信息公开申请3-5件", ""}, {"收到政府信息公开申请12.5件", ""},
		// Parts of the whole, other channels, other applicants.
		{"收到政府信息公开申请12件，其中网上申请5件，办结5件", "t3.received_new.total=12"},
		{"收到政府信息公开申请12件，其中自然人10件，予以公开4件", "t3.received_new.total=12"},
		{"收到自然人政府信息公开申请10件", ""}, {"通过网络收到政府信息公开申请10件", ""},
		{"全市收到政府信息公开申请120件，其中，收到政府信息公开申请20件", ""},
		{"其中，收到政府信息公开申请20件，办结20件", ""},
		{"其中局机关收到政府信息公开申请20件，办结20件", ""},
		{"当面，收到政府信息公开申请2件", ""},
		// Other subjects.
		{"受理信访件12件，办结12件", ""}, {"承办人大建议12件，办结12件", ""}, {"12345热线收到诉求12件，办结12件", ""},
		{"收到政府信息公开申请3件，承办人大建议12件，办结12件", "t3.received_new.total=3"},
		{"收到政府信息公开申请3件，认真办理政协提案，办结12件", "t3.received_new.total=3"},
		{"办结12件", ""}, {"予以公开5件", ""}, {"上年结转5件", ""}, {"结转下年度2件", ""},
		{"主动公开规范性文件5件", ""}, {"制发规范性文件草案5件", ""}, {"以县政府名义制发行政规范性文件5件", ""},
		{"主动公开行政许可信息1200条", ""}, {"公开行政许可、行政处罚35件", ""}, {"办理行政许可事项12项", ""},
		{"办理行政复议案件120件，行政诉讼12件", ""}, {"办理政府信息公开行政复议案件5件", ""},
		{"全区收到政府信息公开申请70件", ""}, {"市政府办公室收到政府信息公开申请70件", ""},
		{"收到政府信息公开申请及咨询70件", ""}, {"收到有效政府信息公开申请70件", ""},
		{"收到政府信息公开申请12件，市政府办公室10件，市发改委2件，办结12件", "t3.received_new.total=12"},
		{"按时办结政府信息公开申请12件", ""}, {"另收到政府信息公开申请2件", ""}, {"日均收到政府信息公开申请2件", ""},
		{"清理行政规范性文件24件", ""}, {"公开现行有效行政规范性文件24件", ""}, {"起草制发行政规范性文件2件", ""},
		// One number for several things.
		{"修改、废止行政规范性文件3件", ""},
		{"因政府信息公开被申请行政复议、提起行政诉讼3件", ""}, {"政府信息公开行政复议和行政诉讼3件", ""},
		{"因政府信息公开被申请行政复议、行政诉讼各1件", ""},
		{"收到政府信息公开申请12件，予以公开、部分公开7件", "t3.received_new.total=12"},
		{"作出行政许可、行政处罚决定35件", ""}, {"作出行政许可决定、作出行政处罚决定35件", ""},
	} {
		r := &Report{Year: 2023, Agency: "霖江市财政局", Scope: "own_organ"}
		if got := taken(c.text, r); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
	region := &Report{Year: 2023, Agency: "霖江市人民政府", Scope: "region_wide"}
	for text, want := range map[string]string{
		"2023年，全市共收到政府信息公开申请120件，其中市政府办公室收到20件，办结18件": "t3.received_new.total=120",
		"全市各级行政机关共收到政府信息公开申请120件":                     "t3.received_new.total=120",
		"市人民政府收到政府信息公开申请20件":                          "", // the government alone, not the region
		"我局收到政府信息公开申请20件":                             "",
	} {
		if got := taken(text, region); got != want {
			t.Errorf("region: %s: %q, want %q", text, got, want)
		}
	}
}

func taken(text string, r *Report) string {
	var got []string
	for _, s := range statements(text, r) {
		got = append(got, fmt.Sprintf("%s=%v", s.wording.place, s.value))
	}
	return strings.Join(got, " ")
}

// TestNarrative: the text against the tables of complete(): 7 new, 6 processed, 1
// forward, 3 reviews, 6 suits.
func TestNarrative(t *testing.T) {
	for _, c := range []struct {
		text                  string
		tested, failed, blank int
		want                  []string
	}{
		{text: "收到政府信息公开申请7件，办结6件，结转下年度1件。\n因政府信息公开被申请行政复议3件、提起行政诉讼6件。", tested: 5},
		{text: "收到政府信息公开申请8件，办结6件。", tested: 2, failed: 1,
			want: []string{"t3.received_new.total fail 8 7 “收到政府信息公开申请8件”"}},
		{text: "收到政府信息公开申请8件。收到政府信息公开申请7件。"}, // one of the two is of something else
		{text: "制发行政规范性文件5件。", blank: 1, // no table 2
			want: []string{"t2.norm.issued not_testable 5 <nil> “制发行政规范性文件5件”"}},
		{text: "没有数字。"},
	} {
		r := complete("other_total")
		r.Year, r.Scope = 2023, "own_organ"
		r.Sections = []Section{{No: 1, Text: c.text}, {No: 5, Text: "收到政府信息公开申请99件。"}}
		Check(r)
		var got []string
		for _, f := range r.Findings {
			if f.Rule != "narr" {
				t.Errorf("%s: %+v", c.text, f)
				continue
			}
			rhs := "<nil>"
			if f.RHS != nil {
				rhs = fmt.Sprint(*f.RHS)
			}
			_, says, _ := strings.Cut(f.Note, "“")
			got = append(got, fmt.Sprintf("%s %s %v %s “%s", f.Place, f.Verdict, *f.LHS, rhs, says))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.text, diff)
		}
		var count RuleCount
		for _, k := range r.Checks {
			if k.Rule == "narr" {
				count = k
			}
		}
		if count.Tested != c.tested || count.Failed != c.failed || count.Blank != c.blank {
			t.Errorf("%s: %+v", c.text, count)
		}
	}
}

// 收到 may count what was carried in; 新收 does not.
func TestNarrativeReceivedMayIncludeCarriedIn(t *testing.T) {
	for text, failed := range map[string]int{"收到政府信息公开申请9件": 0, "新收政府信息公开申请9件": 1} {
		r := complete("other_total")
		r.Year = 2023
		for i := range r.Applications {
			if r.Applications[i].Item == "received_carried_in" {
				r.Applications[i] = application("received_carried_in", "2 0 0 0 0 0 2")
			}
		}
		r.Sections = []Section{{No: 3, Text: text}}
		Check(r)
		for _, c := range r.Checks {
			if c.Rule == "narr" && (c.Tested != 1 || c.Failed != failed) {
				t.Errorf("%s: %+v, want %d failed", text, c, failed)
			}
		}
	}
}

// The 2019 form counts documents made, not issued: no cell to compare with.
func TestNarrativeOfAnotherForm(t *testing.T) {
	r := &Report{Year: 2020, FormT2: Form2019, Disclosure: row2("norm", "made newly_disclosed disclosed_total", "4 4 4"),
		Sections: []Section{{No: 1, Text: "制发行政规范性文件5件。"}}}
	if findings, count := checked(r, "narr"); findings != nil || count.Rule != "" {
		t.Errorf("%v, %+v", findings, count)
	}
}

// BenchmarkNarrative reads a section as long as they get, with one statement in it.
func BenchmarkNarrative(b *testing.B) {
	text := strings.Repeat("2023年，我局围绕中心工作，发布信息1200条，主动公开政府信息35条，开展培训3次，参训120人次，群众满意度不断提高。\n", 40) +
		"收到政府信息公开申请12件，较上年增加3件，均按时答复。"
	r := complete("other_total")
	r.Year, r.Sections = 2023, []Section{{No: 1, Text: text}}
	b.ReportAllocs()
	for b.Loop() {
		narrativeInstances(r)
	}
}
