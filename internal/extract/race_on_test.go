//go:build race

package extract

const raceEnabled = true // sizes are smaller under the race detector
