package archive

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// makeRoom sees to it that the newest file takes another group: it seals a full
// one, makes the first, and writes the warcinfo record where a file has none yet.
func (w *Writer) makeRoom() error {
	if w.file != nil && w.size >= w.fileSize {
		if err := w.seal(); err != nil {
			return err
		}
	}
	if w.file == nil {
		if err := w.create(); err != nil {
			return err
		}
	}
	if w.size > 0 {
		return nil
	}
	info, err := warcinfo(w.name, now())
	if err != nil {
		return err
	}
	group := &recordGroup{}
	group.add(info)
	if group.err != nil {
		return group.err
	}
	return w.put(group, false)
}

// seal ends the newest file. The index is written too, so that a crash later on
// leaves only one file to be scanned.
func (w *Writer) seal() error {
	if err := errors.Join(w.file.Sync(), w.closeFile()); err != nil {
		w.broken = fmt.Errorf("seal %s: %w", w.name, err)
		return w.broken
	}
	return writeIndex(w.dir, w.id, w.index)
}

func (w *Writer) create() error {
	name := fileName(w.id, now(), w.serial+1)
	f, err := os.OpenFile(filepath.Join(w.dir, name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if err := syncDir(w.dir); err != nil {
		return errors.Join(err, f.Close())
	}
	step("archive: an empty file is made")
	w.file, w.name, w.size, w.serial = f, name, 0, w.serial+1
	return nil
}

// syncDir makes the name of a new file last. Windows has no such call and needs none.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
