package archive

import (
	"regexp"
	"strings"
)

// pageTags open what a whole page closes; fragments have none of them.
var pageTags = regexp.MustCompile(`(?i)<(?:!doctype html|html|head|body|frameset)\b`)

// CutOff says whether the text of an HTML answer ends in the middle, as with a wrong
// Content-Length, which nobody under us sees: what it opens it does not close, and it
// ends in text, in a tag or in a table. Pages that merely forget to close their body do
// not.
func CutOff(html string) bool {
	lower := strings.ToLower(html)
	if strings.Contains(lower, "</body") || strings.Contains(lower, "</html") || !pageTags.MatchString(html) {
		return false
	}
	return !strings.HasSuffix(strings.TrimSpace(html), ">") || strings.Count(lower, "<table") > strings.Count(lower, "</table")
}
