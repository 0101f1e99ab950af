package extract

import (
	"strings"
	"testing"
)

// TestScriptedIsOne: of several articles that scripts carry nobody knows which is the page's.
func TestScriptedIsOne(t *testing.T) {
	article := `{"content": "<p>一、总体情况<\/p><p>` + strings.Repeat("全年公开信息。", emptyBody/6) + `<\/p>"}`
	one := `<html><body><h1>某县</h1><div id="zoom"></div><script>var a = ` + article + `</script></body></html>`
	if got := scripted(one); !strings.Contains(got, `<div id="zoom"><div class="article-content"><p>一、总体情况</p>`) {
		t.Errorf("one article: %.200q", got)
	}
	if got := scripted(strings.Replace(one, article, "["+article+","+article+"]", 1)); got != "" {
		t.Errorf("two articles: %.200q", got)
	}
	if got := scripted(`<html><head><script>var a = ` + article + `</script></head><body><h1>某县</h1></body></html>`); !strings.Contains(got, `</h1><div class="article-content">`) {
		t.Errorf("in the head: %.200q", got)
	}
}
