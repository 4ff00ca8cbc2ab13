package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"golang.org/x/sync/errgroup"

	"echoppe.dev/cmd/internal/demo"
	"echoppe.dev/cmd/internal/doctor"
	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/telemetry"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/provision"
)

// demoCommand runs everything from one folder.
type demoCommand struct {
	Port     string `env:"PORT" default:"8080" help:"Port to listen on."`
	Data     string `env:"DATA" default:"./var" help:"Folder of database, pictures and mail; made when absent."`
	LogLevel string `env:"LOG_LEVEL" default:"warn" help:"debug, info, warn or error."`
	Metrics  string `name:"metrics-addr" env:"METRICS_ADDR" default:"127.0.0.1:0" help:"Host and port of /metrics; port 0 takes a free one."`
	// PictureWidth is for tests, which only want to see that pictures come.
	PictureWidth int `env:"PICTURE_WIDTH" hidden:""`
}

// Run serves until Ctrl-C and then stops everything it started.
func (d *demoCommand) Run(ctx context.Context) error { return stopped(ctx, d.run(ctx)) }

func (d *demoCommand) run(ctx context.Context) error {
	log, err := telemetry.NewLogger(os.Stderr, telemetry.LogConfig{Level: d.LogLevel})
	if err != nil {
		return err
	}
	// The port is taken first: nothing is started for a demo that could not be reached.
	addr := net.JoinHostPort("", d.Port)
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return doctor.ListenFinding(addr, err).Err()
	}
	defer func() { _ = listener.Close() }()
	inside, err := new(net.ListenConfig).Listen(ctx, "tcp", d.Metrics)
	if err != nil {
		return told{codeListen, fmt.Sprintf("Cannot tell metrics on %s: %s.\nGive another address: METRICS_ADDR=127.0.0.1:9090.", d.Metrics, rootOf(err))}
	}
	defer func() { _ = inside.Close() }()
	fmt.Println("Starting the database …")
	machine, err := demo.Start(ctx, demo.Options{Data: d.Data, Port: d.Port, Log: log})
	if err != nil {
		return err
	}
	defer machine.Close()
	out := machine.Outside()
	if err := wire.MigratePlatform(ctx, out.OwnerURL); err != nil {
		return err
	}
	app, err := wire.Open(ctx, out)
	if err != nil {
		return err
	}
	defer app.Close()
	// A folder that an earlier version of the program filled is brought up to date before anybody looks into it.
	if done, err := app.Provision.Migrate(ctx, provision.Plan{Workers: 2}); err != nil {
		return err
	} else if done.Failed > 0 {
		return told{codeMigrate, "The demo shops of this folder are from an earlier version and could not be brought up to date. Choose another folder with --data."}
	}
	withdraw, err := machine.Announce()
	if err != nil {
		return err
	}
	defer withdraw()
	return d.serve(ctx, app, machine, listener, inside)
}

// serve works, stocks the shops the first time, and says where everything is.
func (d *demoCommand) serve(ctx context.Context, app *wire.App, machine *demo.Machine, front, inside net.Listener) error {
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() error { return app.Work(ctx) })
	options := web.ServerOptions{Log: app.Out.Log, Health: app.Health, Drain: 5 * time.Second}
	work.Go(func() error { return web.NewServer(app.Front, options).Serve(ctx, front) })
	work.Go(func() error { return web.NewServer(app.Inside, options).Serve(ctx, inside) })
	work.Go(func() error {
		select {
		case <-ctx.Done():
			return nil
		case <-machine.Done():
			return fmt.Errorf("the database has ended: %w", machine.Err())
		}
	})
	work.Go(func() error {
		if err := tried(ctx, func() error { return demo.Open(ctx, app) }); err != nil {
			return fmt.Errorf("open the demo shops: %w", err)
		}
		if err := tried(ctx, func() error { return demo.Welcome(ctx, os.Stdout, app, inside.Addr().String()) }); err != nil {
			return err
		}
		if err := tried(ctx, func() error { return demo.Stock(ctx, app, d.PictureWidth) }); err != nil {
			return fmt.Errorf("stock the demo shops: %w", err)
		}
		return nil
	})
	return work.Wait()
}

const (
	demoTries = 10
	demoPause = 2 * time.Second
)

// tried does what the demo's shops need. What breaks off, by a database that was killed and is up again for instance, goes on
// where it stopped; what was asked to stop is no news.
func tried(ctx context.Context, do func() error) error {
	again := time.NewTicker(demoPause)
	defer again.Stop()
	for try := 1; ; try++ {
		err := do()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil || try == demoTries {
			return err
		}
		slog.WarnContext(ctx, "work on the demo shops again", slog.Any("error", err))
		select {
		case <-again.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
