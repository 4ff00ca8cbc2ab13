package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"echoppe.dev/cmd/internal/bench"
)

// benchCommand measures the program on this machine, with a database of its own.
type benchCommand struct {
	Shops    int      `default:"1000" help:"Shops in the fleet."`
	Articles int      `default:"10000" help:"Articles in the shop that is visited; twice as many are imported."`
	Seconds  float64  `default:"3" help:"How long each contestant of a comparison is watched."`
	Only     []string `placeholder:"NAME" help:"Measurements to take: pricing, hot, cold, cart, order, import, shops, migrate, signup, variants, lists, tree."`
	Data     string   `placeholder:"FOLDER" help:"An empty folder to work in, which is kept; a temporary one when not given."`
	JSON     bool     `help:"Print JSON."`
}

// Run prints the report. A goal that is missed is no failure, a measurement that could not be taken
// is.
func (b *benchCommand) Run(ctx context.Context) error {
	if b.Shops < 1 || b.Articles < 1 || b.Seconds <= 0 {
		return told{codeUsage, "--shops, --articles and --seconds must be more than nothing."}
	}
	measured, err := bench.Run(ctx, bench.Options{
		Data: b.Data, Shops: b.Shops, Articles: b.Articles, Watch: time.Duration(b.Seconds * float64(time.Second)),
		Only: b.Only, Progress: os.Stderr,
	})
	unknown, folder := (*bench.UnknownError)(nil), (*bench.FolderError)(nil)
	if errors.As(err, &unknown) || errors.As(err, &folder) {
		return told{codeBench, err.Error()}
	}
	if err != nil {
		return err
	}
	if err := report(b.JSON, measured, measured.String); err != nil {
		return err
	}
	if n := len(measured.Failed); n > 0 {
		return told{codeBench, fmt.Sprintf("%d measurements could not be taken.", n)}
	}
	return nil
}
