package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// readyCommand asks the process beside it, for the health checks of images that have neither shell nor
// curl.
type readyCommand struct {
	Addr    string `env:"ADDR" default:":8080" help:"Where the process listens, if it tells no metrics."`
	Metrics string `name:"metrics-addr" env:"METRICS_ADDR" help:"Where it tells metrics; asked first, since workers listen nowhere else."`
}

const readyLimit = 3 * time.Second

// Run succeeds when /readyz does.
func (r *readyCommand) Run(ctx context.Context) error {
	addr := r.Addr
	if r.Metrics != "" {
		addr = r.Metrics
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return told{codeUsage, fmt.Sprintf("%q is not of the form host:port or :port.", addr)}
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, readyLimit)
	defer cancel()
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return told{codeUsage, fmt.Sprintf("%q is no address.", addr)}
	}
	answer, err := http.DefaultClient.Do(ask)
	if err != nil {
		return told{codeReady, fmt.Sprintf("Nothing answers at %s: %s.", addr, rootOf(err))}
	}
	defer answer.Body.Close() //nolint:errcheck // only read
	const most = 1 << 10
	text, err := io.ReadAll(io.LimitReader(answer.Body, most))
	if err != nil || answer.StatusCode != http.StatusOK {
		return told{codeReady, fmt.Sprintf("Not ready: %s", strings.TrimSpace(string(text)))}
	}
	return nil
}
