package db

// Step, if it is set, is called between the steps by which rows reach the disk, with the
// name of the step just done. It is there for the test that kills the process at each of
// them, and is set before the first file is opened, or never.
var Step func(name string)

func step(name string) {
	if Step != nil {
		Step(name)
	}
}
