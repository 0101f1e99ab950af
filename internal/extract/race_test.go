//go:build race

package extract

// raceDetector: the race detector makes everything some ten times slower.
const raceDetector = true
