package portal

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// labelParam is a parameter of a label call: pageSize : "15".
type labelParam struct {
	key, value string // value as written: quoted, a number, or the name of a variable
}

var (
	labelAddress = regexp.MustCompile(`["']((?:(?:https?:)?//)?[\w./:-]*/site/label/\d+(?:\?[^"']*)?)["']`)
	ajaxCall     = regexp.MustCompile(`\bajax\(`)
	labelData    = regexp.MustCompile(`\bdata\s*:\s*\{([^{}]*)\}`)
	labelPair    = regexp.MustCompile(`["']?\b(\w+)["']?\s*:\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^,\s}][^,}\n]*)`)
)

// labelCall finds the call that asks a label for a page of rows: its address and its
// parameters in order; "" if the code has none. Other labels fill menus and have no
// pageIndex.
func labelCall(code string) (address string, params []labelParam) {
	calls := ajaxCall.FindAllStringIndex(code, -1)
	for i, at := range calls {
		end := len(code)
		if i+1 < len(calls) {
			end = calls[i+1][0]
		}
		call := code[at[0]:end]
		to, data := labelAddress.FindStringSubmatch(call), labelData.FindStringSubmatch(call)
		if to == nil || data == nil || !strings.Contains(data[1], "pageIndex") {
			continue
		}
		for _, m := range labelPair.FindAllStringSubmatch(data[1], -1) {
			params = append(params, labelParam{m[1], strings.TrimSpace(m[2])})
		}
		return to[1], params
	}
	return "", nil
}

// query writes the parameter as part of a query. A variable is looked up in the code; the
// error is that it is not set there to a value.
func (l labelParam) query(code string, page int) (string, error) {
	value := l.value
	if l.key == "pageIndex" {
		value = fmt.Sprint(page)
	}
	if isName.MatchString(value) && value != "true" && value != "false" && value != "null" {
		set := regexp.MustCompile(`\b` + value + `\s*=\s*("[^"\n]*"|'[^'\n]*'|\d+)`).FindStringSubmatch(code)
		if set == nil {
			return "", fmt.Errorf("the label's parameter %s is %s, which is computed", l.key, value)
		}
		value = set[1]
	}
	switch {
	case value == "null":
		value = ""
	case len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0]:
		value = value[1 : len(value)-1]
	case !isValue.MatchString(value):
		return "", fmt.Errorf("the label's parameter %s is %s, which is computed", l.key, cut(value))
	}
	return l.key + "=" + url.QueryEscape(value), nil
}

var (
	isName  = regexp.MustCompile(`^[A-Za-z_]\w*$`)
	isValue = regexp.MustCompile(`^(?:-?\d+(?:\.\d+)?|true|false)$`)
)
