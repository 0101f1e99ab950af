package archive

import "testing"

func TestCutOff(t *testing.T) {
	for text, want := range map[string]bool{
		"<html><body><ul><li>一</li><li><a href=\"b.ht": true,
		"<html><body><ul><li>一</li><li>二":              true,
		"<html><body><ul><li>一</li></ul>\n":            false, // forgets to close, but is not cut
		"<html><body><p>一</p></BODY>":                  false,
		"<html><body><p>一</p></html>\n<!-- 12 ms --> ": false,
		"<html><body><table><tr><td>1</td><td>":        true,
		"<html><body><table><tr><td>1</table>":         false,
		"<html><head><title>年报</title><script src=\"a": true,
		"<!DOCTYPE html><frameset><frame src=\"a":      true,
		"<head><title>年报</title></head>":               false,
		"<header>a fragment of HTML 5":                 false,
		"<li>a fragment, as an endpoint answers":       false,
		`{"code":0}`:                                   false,
		"":                                             false,
	} {
		if got := CutOff(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
