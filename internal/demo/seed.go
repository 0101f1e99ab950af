package demo

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
)

// draw gives the random numbers that belong to a key. Every report draws from its
// own key, so that adding or removing one changes no other.
func draw(key ...any) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprint(h, "demo/1")
	for _, k := range key {
		fmt.Fprintf(h, "|%v", k)
	}
	return rand.New(rand.NewPCG(h.Sum64(), 0x9e3779b97f4a7c15))
}

// between draws from lo to hi, both included.
func between(r *rand.Rand, lo, hi int) int { return lo + r.IntN(hi-lo+1) }
