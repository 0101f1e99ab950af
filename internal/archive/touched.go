package archive

import (
	"os"
	"path/filepath"
	"time"
)

// Touched is about when a source was last written to, by the clock of the file
// system; the zero time for one that never was. It says in what order sources were
// crawled and costs no reading; a copied archive may have lost it.
func (a *Archive) Touched(id string) time.Time {
	if checkSourceID(id) != nil {
		return time.Time{}
	}
	dir := a.sourceDir(id)
	files, err := listFiles(dir, id)
	if err != nil || len(files) == 0 {
		return time.Time{}
	}
	info, err := os.Stat(filepath.Join(dir, files[len(files)-1]))
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}
