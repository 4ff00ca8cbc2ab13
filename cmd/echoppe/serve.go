package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/mail"
	"net/url"
	"os"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/blob/s3"
	"echoppe.dev/platform/driver/config"
	"echoppe.dev/platform/driver/mail/smtp"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/driver/telemetry"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/kit/clock"
)

// serveCommand is production.
type serveCommand struct{}

// Help lists the variables. Indented lines are left as they are.
func (serveCommand) Help() string {
	return "Variables:\n\n    " + strings.ReplaceAll(strings.TrimSpace(config.Table()), "\n", "\n    ") +
		"\n\nDATABASE_URL, DATABASE_OWNER_URL, REDIS_URL, S3_SECRET, SMTP_URL and SECRET_KEYS may each be given in a file, which the variable with " +
		config.FileSuffix + " at its end names: SECRET_KEYS" + config.FileSuffix + "=/run/secrets/keys."
}

// Run serves until it is told to stop, then drains: no request and no job is lost.
func (s serveCommand) Run(ctx context.Context) error { return stopped(ctx, s.run(ctx)) }

func (serveCommand) run(ctx context.Context) error {
	cfg, err := config.Load(os.Environ(), config.Serve)
	if err != nil {
		return err
	}
	log, flush, err := telemetry.NewBusyLogger(os.Stderr, telemetry.LogConfig{Level: cfg.LogLevel, JSON: true})
	if err != nil {
		return err
	}
	defer flush()
	stop, err := telemetry.StartTracing(ctx, cfg.OTLPEndpoint, version())
	if err != nil {
		return err
	}
	defer func() { _ = stop(context.WithoutCancel(ctx)) }()
	out, err := outsideOf(cfg, log)
	if err != nil {
		return err
	}
	app, err := wire.Open(ctx, out)
	if err != nil {
		return err
	}
	defer app.Close()
	work, ctx := errgroup.WithContext(ctx)
	if cfg.Has(config.Web) || cfg.Has(config.Operator) {
		work.Go(func() error { return listen(ctx, app, app.Front, cfg.Addr) })
	}
	if cfg.MetricsAddr != "" {
		work.Go(func() error { return listen(ctx, app, app.Inside, cfg.MetricsAddr) })
	}
	if cfg.Has(config.Worker) {
		work.Go(func() error { return app.Work(ctx) })
	}
	return work.Wait()
}

// notice is how long /readyz says "draining" before a listener closes.
const notice = 3 * time.Second

// listen serves one side of the app.
func listen(ctx context.Context, app *wire.App, side http.Handler, addr string) error {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return told{codeListen, fmt.Sprintf("Cannot listen on %s: %s.\nStop the program that has the port, or choose another with ADDR or METRICS_ADDR.", addr, rootOf(err))}
	}
	server := web.NewServer(side, web.ServerOptions{Log: app.Out.Log, Health: app.Health, Notice: notice})
	return server.Serve(ctx, l)
}

// production is the outside of a command run beside a production.
func production(log *slog.Logger) (wire.Outside, func(), error) {
	cfg, err := config.Load(os.Environ(), config.Serve)
	if err != nil {
		return wire.Outside{}, nil, err
	}
	out, err := outsideOf(cfg, log)
	return out, func() {}, err
}

// outsideOf turns the configuration into what the program needs.
func outsideOf(cfg config.Config, log *slog.Logger) (wire.Outside, error) {
	keys, err := secret.ParseKeys(cfg.SecretKeys.Reveal())
	if err != nil {
		return wire.Outside{}, config.Problems{{Variable: "SECRET_KEYS", Words: err.Error()}}
	}
	where, err := sitesOf(cfg.PublicURL)
	if err != nil {
		return wire.Outside{}, config.Problems{{Variable: "PUBLIC_URL", Words: err.Error()}}
	}
	objects, err := s3.Open(s3.Config{
		Endpoint: cfg.S3Endpoint, PublicEndpoint: cfg.S3PublicEndpoint, Region: cfg.S3Region, Bucket: cfg.S3Bucket,
		Key: cfg.S3Key, Secret: cfg.S3Secret, PathStyle: cfg.S3PathStyle,
	})
	if err != nil {
		return wire.Outside{}, config.Problems{{Variable: "S3_ENDPOINT", Words: err.Error()}}
	}
	post, err := smtp.ParseURL(cfg.SMTPURL.Reveal())
	if err != nil {
		return wire.Outside{}, config.Problems{{Variable: "SMTP_URL", Words: err.Error()}}
	}
	sender, err := smtp.New(post)
	if err != nil {
		return wire.Outside{}, config.Problems{{Variable: "SMTP_URL", Words: err.Error()}}
	}
	from, err := mail.ParseAddress(cfg.MailFrom)
	if err != nil {
		return wire.Outside{}, config.Problems{{Variable: "MAIL_FROM", Words: err.Error()}}
	}
	return wire.Outside{
		Log: log, Clock: clock.System(), Metrics: telemetry.NewMetrics(version()),
		DatabaseURL: cfg.DatabaseURL.Reveal(), OwnerURL: cfg.DatabaseOwnerURL.Reveal(), Pooled: cfg.DatabasePooled,
		RedisURL: cfg.RedisURL.Reveal(), Objects: objects, Mail: sender, From: *from, Keys: keys,
		Sites: where, Proxies: cfg.TrustedProxies, Prepared: cfg.PreparedShops,
	}, nil
}

func sitesOf(address string) (sites.Sites, error) {
	u, err := url.Parse(address)
	if err != nil {
		return sites.Sites{}, err
	}
	s := sites.Sites{Scheme: u.Scheme, Host: u.Hostname(), Port: u.Port()}
	return s, s.Check()
}
