// Command store is Versity's S3 gateway over one folder, without what its own command brings along
// for other stores, other directories of users and its own tests: compiling those would take most
// of the time. Tests of the s3 driver build and run it (package s3test).
//
//	store ADDRESS FOLDER        with STORE_KEY and STORE_SECRET in the environment
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
)

// Limits of the gateway's own command, but for what one test never has.
const (
	maxConnections = 1000
	maxParts       = 10_000
	concurrency    = 100
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "store:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: store ADDRESS FOLDER")
	}
	folder, err := posix.New(args[1], meta.XattrMeta{}, posix.PosixOpts{Concurrency: concurrency, ValidateBucketNames: true})
	if err != nil {
		return err
	}
	defer folder.Shutdown()
	return embedgw.RunVersityGW(context.Background(), folder, &embedgw.Config{
		RootUserAccess: os.Getenv("STORE_KEY"), RootUserSecret: os.Getenv("STORE_SECRET"),
		Ports: []string{args[0]}, MaxConnections: maxConnections, MaxRequests: maxConnections,
		MultipartMaxParts: maxParts, KeepAlive: true, Quiet: true,
	})
}
