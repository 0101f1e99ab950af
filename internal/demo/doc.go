// Package demo is a small made-up province: government portals of several CMS
// families, each with its own addresses and markup habits, that publish annual
// reports on information disclosure over HTTP.
//
// It serves the first try of the program and is its test bed: every page comes
// from a fixed seed, every printed value is known (Truth), and faults are switched
// on by name (Faults, Set). It serves over loopback (Listen) and over in-memory
// connections (Pipe), because sockets and the fake clock of testing/synctest
// exclude each other.
//
// Places and organs are invented, under the reserved top-level domain .example.
// The one exception is the 2023 report of 岳阳市民政局, whose values are real and
// whose prose is retold.
//
// The package knows HTTP and the official forms' labels (internal/report); it knows
// nothing of the crawler.
package demo
