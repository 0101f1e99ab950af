package extract

import "crawl/internal/report"

// missingTables reports sections 2 to 4 whose table is not there: nothing stands
// under the heading, or a picture, or text only.
func missingTables(blocks []Block, r *report.Report) {
	forms := map[int]string{2: r.FormT2, 3: r.FormT3, 4: r.FormT4}
	names := map[int]string{2: "t2", 3: "t3", 4: "t4"}
	heads := bodyHeads(blocks, false)
	if len(heads) < 3 || !isForm(heads) { // a report of before 2019 has no tables to miss
		return
	}
	for i, h := range heads {
		if h.no < 2 || h.no > 4 || forms[h.no] != "" {
			continue
		}
		end := len(blocks)
		if i+1 < len(heads) {
			end = heads[i+1].block
		}
		image, text := false, h.rest != ""
		for _, b := range blocks[h.block+1 : end] {
			image = image || b.Image || b.Grid != nil && imageGrid(b.Grid)
			text = text || b.Text != "" && !b.Image
		}
		switch {
		case image:
			find(r, "table_is_image", names[h.no], report.NotTestable, "the section shows a picture instead of its table")
		case text:
			find(r, "table_missing", names[h.no], report.NotTestable, "the section has text but no table")
		default:
			find(r, "table_missing", names[h.no], report.NotTestable, "nothing stands under the section's heading")
		}
	}
}

func imageGrid(g *Grid) bool {
	for i := range g.Cells {
		if g.Cells[i].Image {
			return true
		}
	}
	return false
}
