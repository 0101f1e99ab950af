package archive

// Step, if it is set, is called between the steps by which records and index reach the
// disk, with the name of the step just done. It is there for the test that kills the
// process at each of them, and is set before the first archive is opened, or never.
var Step func(name string)

func step(name string) {
	if Step != nil {
		Step(name)
	}
}

// writeInSteps writes what put otherwise writes in one call: record by record, and each
// record in two halves.
func (w *Writer) writeInSteps(b []byte, starts []int) error {
	done := 0
	write := func(until int, name string) error {
		if until <= done {
			return nil
		}
		_, err := w.file.WriteAt(b[done:until], w.size+int64(done))
		done = until
		step(name)
		return err
	}
	for i, start := range starts {
		end := len(b)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		if err := write(start+(end-start)/2, "archive: half a record is written"); err != nil {
			return err
		}
		if err := write(end, "archive: a record is written"); err != nil {
			return err
		}
	}
	return nil
}
