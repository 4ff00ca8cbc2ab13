package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Running is how to reach a demo that runs in a folder.
type Running struct {
	PID         int    `json:"pid"`
	Port        string `json:"port"`
	DatabaseURL string `json:"database_url"`
	OwnerURL    string `json:"owner_url"`
	RedisURL    string `json:"redis_url"`
	SMTP        string `json:"smtp"`
}

func runningFile(data string) string { return filepath.Join(data, "run.json") }

// Announce lets the other commands find this demo. The returned function takes it back.
func (m *Machine) Announce() (withdraw func(), err error) {
	text, err := json.Marshal(m.running)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(runningFile(m.data), text, 0o600); err != nil {
		return nil, fmt.Errorf("announce the demo: %w", err)
	}
	return func() { _ = os.Remove(runningFile(m.data)) }, nil
}

// Find tells whether a demo runs in a folder. A file left by one that was killed does not count.
func Find(data string) (Running, bool, error) {
	text, err := os.ReadFile(runningFile(data))
	if errors.Is(err, fs.ErrNotExist) {
		return Running{}, false, nil
	}
	if err != nil {
		return Running{}, false, fmt.Errorf("look for a running demo: %w", err)
	}
	var r Running
	if err := json.Unmarshal(text, &r); err != nil {
		return Running{}, false, fmt.Errorf("look for a running demo: %w", err)
	}
	alive := r.PID > 0 && r.PID != os.Getpid() && syscall.Kill(r.PID, 0) == nil
	return r, alive, nil
}
