package portal

import "regexp"

var (
	fileName = regexp.MustCompile(`(?i)\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)(?:$|[?&#])`)
	// downloads are the families' endpoints that answer with a file.
	downloads = regexp.MustCompile(`(?i)DownloadAttachUrl|/downfile\.jsp\?|/attachmentController/download\.do|/downloadZtbAttach\.jspx|/jpaas-web-server/front/document/download`)
)

// files are the attachments a page links to: by the file's extension or by a known
// download endpoint. Addresses are relative to the article, as in every family seen.
func files(p *Page) []Item {
	var items []Item
	seen := map[string]bool{}
	for _, a := range p.Doc.Find("a[href]").Nodes {
		address := p.resolve(attr(a, "href"))
		if address == "" || seen[address] || !fileName.MatchString(address) && !downloads.MatchString(address) {
			continue
		}
		seen[address] = true
		items = append(items, Item{URL: address, Title: titleOf(a)})
	}
	return items
}
