package main

import (
	"context"
	"os"

	"echoppe.dev/cmd/internal/demo"
	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/config"
	"echoppe.dev/platform/driver/telemetry"
)

// outsideFlags say which platform a command works on: the production one when DATABASE_URL is set,
// else the demo in the data folder, running or not.
type outsideFlags struct {
	Data     string `env:"DATA" default:"./var" help:"Data folder of the demo, when DATABASE_URL is not set."`
	LogLevel string `env:"LOG_LEVEL" default:"warn" help:"debug, info, warn or error."`
}

func (f outsideFlags) open(ctx context.Context) (wire.Outside, func(), error) {
	log, err := telemetry.NewLogger(os.Stderr, telemetry.LogConfig{Level: f.LogLevel, JSON: askedForJSON(os.Args[1:])})
	if err != nil {
		return wire.Outside{}, nil, err
	}
	if os.Getenv("DATABASE_URL") != "" || os.Getenv("DATABASE_URL"+config.FileSuffix) != "" {
		return production(log)
	}
	return demo.Join(ctx, demo.Options{Data: f.Data, Port: port(), Log: log})
}

// join opens the whole program for a command.
func (f outsideFlags) join(ctx context.Context) (*wire.App, func(), error) {
	out, closeOut, err := f.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	app, err := wire.Open(ctx, out)
	if err != nil {
		closeOut()
		return nil, nil, err
	}
	return app, func() { app.Close(); closeOut() }, nil
}

func port() string {
	if p := os.Getenv("PORT"); p != "" {
		return p
	}
	return "8080"
}
