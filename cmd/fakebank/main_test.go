package main

import (
	"context"
	"strings"
	"testing"
	"time"
)

const key = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"

func TestParse(t *testing.T) {
	addr, o, err := parse([]string{"-addr", "127.0.0.1:1", "-merchant", "A:" + key, "-merchant", "B:" + key + ":Shop: the best",
		"-merchant", "paybox/1999888:AB", "-allow", "Shop.Example", "-allow", "*.example", "-late", "2s", "-file", "x"})
	if err != nil {
		t.Fatal(err)
	}
	if addr != "127.0.0.1:1" || len(o.Merchants) != 3 || o.Merchants[0].Name != "A" || o.Merchants[1].Name != "Shop: the best" ||
		o.Merchants[2].Dialect != "paybox" || o.Merchants[2].Number != "1999888" || strings.Join(o.Allow, " ") != "shop.example *.example" || o.Late != 2*time.Second || o.File != "x" {
		t.Errorf("%q %+v", addr, o)
	}
	for _, args := range [][]string{{"stray"}, {"-late", "soon"}, {"-no-such"}} {
		if _, _, err := parse(args); err == nil {
			t.Errorf("%q was taken", args)
		}
	}
}

func TestRun(t *testing.T) {
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := run(stopped, []string{"-addr", "127.0.0.1:0", "-merchant", "DEMO:" + key}); err != nil {
		t.Errorf("started and stopped: %v", err)
	}
	for _, args := range [][]string{{"-merchant", "DEMO:short"}, {"-addr", "256.0.0.1:x"}} {
		if err := run(stopped, args); err == nil {
			t.Errorf("%q was taken", args)
		}
	}
}
