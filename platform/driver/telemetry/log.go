package telemetry

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// LogConfig says how lines are written.
type LogConfig struct {
	// Level is debug, info, warn or error; info when empty.
	Level string
	// JSON writes one JSON object per line, for collectors; otherwise text for
	// people.
	JSON bool
}

// NewLogger returns a logger that writes every line to w at once. The error names
// a level that does not exist.
func NewLogger(w io.Writer, cfg LogConfig) (*slog.Logger, error) {
	return newLogger(w, nil, cfg)
}

// NewBusyLogger returns a logger for a program that writes a line for every request: lines below
// Warn are collected for up to a tenth of a second, a warning or an error goes out at once with all
// that was said before it. flush writes what is left, and must be called last. A program that is
// killed takes its last tenth of a second of ordinary lines with it.
func NewBusyLogger(w io.Writer, cfg LogConfig) (log *slog.Logger, flush func(), err error) {
	g := &gatherer{w: w}
	log, err = newLogger(g, g.flush, cfg)
	return log, g.flush, err
}

func newLogger(w io.Writer, urgent func(), cfg LogConfig) (*slog.Logger, error) {
	level, err := ParseLevel(cfg.Level)
	if err != nil {
		return nil, err
	}
	o := &slog.HandlerOptions{Level: level}
	if cfg.JSON {
		return slog.New(handler{Handler: slog.NewJSONHandler(w, o), urgent: urgent}), nil
	}
	return slog.New(handler{Handler: slog.NewTextHandler(w, o), urgent: urgent}), nil
}

// ParseLevel reads the name of a level; the empty name is info.
func ParseLevel(name string) (slog.Level, error) {
	levels := map[string]slog.Level{
		"": slog.LevelInfo, "debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError,
	}
	level, ok := levels[strings.ToLower(name)]
	if !ok {
		return 0, fmt.Errorf("%q is none of debug, info, warn, error", name)
	}
	return level, nil
}
