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

// NewLogger returns a logger that writes to w. The error names a level that does
// not exist.
func NewLogger(w io.Writer, cfg LogConfig) (*slog.Logger, error) {
	level, err := ParseLevel(cfg.Level)
	if err != nil {
		return nil, err
	}
	o := &slog.HandlerOptions{Level: level}
	if cfg.JSON {
		return slog.New(handler{Handler: slog.NewJSONHandler(w, o)}), nil
	}
	return slog.New(handler{Handler: slog.NewTextHandler(w, o)}), nil
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
