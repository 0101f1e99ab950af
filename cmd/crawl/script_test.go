package main

import (
	"context"
	"net"
	"os"
	"os/signal"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"crawl/internal/demo"
)

// TestMain lets the test binary play the crawl command: for the scripts below, and
// for the crash test, which needs a process it can kill.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"crawl":     main,
		"crashpass": crashPass,
	})
}

// limitFiles bounds the size of files where a test asks for it and the system can.
var limitFiles = func() {}

// crashPass is one pass over the demo province that another process serves at the
// address in CRAWL_TEST_PROVINCE.
func crashPass() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := &session{ctx: ctx, stdout: os.Stdout, stderr: os.Stderr, log: logger("error", os.Stderr)}
	address := os.Getenv("CRAWL_TEST_PROVINCE")
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, address)
	}
	province, err := demo.New()
	if os.Getenv("CRAWL_TEST_SIZED") != "" {
		province = demo.NewSized(crashSize())
	}
	if err != nil {
		panic(err)
	}
	written := s.countSteps()
	limitFiles()
	p := provincePass(province, os.Args[1], dial)
	_, err = p.run(s)
	written()
	os.Exit(s.code(err))
}

// TestScripts runs the command line as a user does: config, commands, what they
// print and what they exit with. testdata/script/*.txtar.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}
