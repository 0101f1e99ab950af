package extract

import (
	"slices"
	"testing"

	"crawl/internal/report"
)

// TestResultsBehindTheirBlock: reviews may be printed behind suits, but then their
// results count from one; a block's name that changed places with a row makes them
// unreadable.
func TestResultsBehindTheirBlock(t *testing.T) {
	suits := []string{"五、行政诉讼数量", "（一）维持具体行政行为或者驳回原告诉讼请求数", "（二）被依法纠错数", "（三）其他情形数"}
	reviews := []string{"四、行政复议数量", "（一）维持具体行政行为数", "（二）被依法纠错数", "（三）其他情形数"}
	for _, c := range []struct{ labels, codes []string }{
		{slices.Concat(suits, reviews), []string{"suit_total", "suit_upheld", "suit_corrected", "suit_other", "review_total", "review_upheld", "review_corrected", "review_other"}},
		{slices.Concat(suits[:2], reviews[:1], reviews[3:]), []string{"suit_total", "suit_upheld", "review_total", ""}},
	} {
		l := statisticsLabels{form: report.Form2014, last: -1}
		var got []string
		for _, label := range c.labels {
			got = append(got, l.item(label, nil))
		}
		if !slices.Equal(got, c.codes) {
			t.Errorf("%q: %q, want %q", c.labels, got, c.codes)
		}
	}
}
