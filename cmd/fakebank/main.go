package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/cmd/fakebank/families"
	"echoppe.dev/platform/kit/clock"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "fakebank:", err)
		os.Exit(1)
	}
}

// What a connection may take. A bank is slow, but not that slow.
const (
	headerLimit  = 10 * time.Second
	requestLimit = time.Minute
	stopLimit    = 10 * time.Second
)

func run(ctx context.Context, args []string) (err error) {
	addr, options, err := parse(args)
	if err != nil {
		return err
	}
	b, err := bank.New(options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: b, ReadHeaderTimeout: headerLimit, ReadTimeout: requestLimit, WriteTimeout: requestLimit}
	fmt.Printf("pretend bank at http://%s/\n", l.Addr())
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopLimit)
	defer cancel()
	return server.Shutdown(ending)
}

func parse(args []string) (addr string, o bank.Options, err error) {
	o = bank.Options{Dialects: families.All(), Clock: clock.System(), Log: slog.Default()}
	f := flag.NewFlagSet("fakebank", flag.ContinueOnError)
	f.StringVar(&addr, "addr", "127.0.0.1:8090", "address to listen on")
	f.StringVar(&o.File, "file", "", "file that keeps payments over a restart; none: in memory")
	f.Func("merchant", "a contract, [FAMILY/]NUMBER:KEY[:NAME]; may be given several times", func(text string) error {
		number, rest, _ := strings.Cut(text, ":")
		key, name, _ := strings.Cut(rest, ":")
		if name == "" {
			name = number
		}
		family, plain, named := strings.Cut(number, "/")
		if !named {
			family, plain = "", number
		}
		o.Merchants = append(o.Merchants, bank.Merchant{Dialect: family, Number: plain, Key: key, Name: name})
		return nil
	})
	f.Func("contracts", "a file of contracts, a JSON list", func(file string) error {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var list []bank.Merchant
		if err := json.Unmarshal(data, &list); err != nil {
			return err
		}
		o.Merchants = append(o.Merchants, list...)
		return nil
	})
	f.Func("allow", "a host notices may go to, or *.host for all below it; may be given several times (default: this machine)", func(host string) error {
		o.Allow = append(o.Allow, strings.ToLower(host))
		return nil
	})
	f.DurationVar(&o.Late, "late", 0, "how long a late notice takes (default 30s)")
	if err := f.Parse(args); err != nil {
		return "", o, err
	}
	if f.NArg() > 0 {
		return "", o, fmt.Errorf("unexpected %q", f.Arg(0))
	}
	return addr, o, nil
}
