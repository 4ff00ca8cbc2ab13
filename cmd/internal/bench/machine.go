package bench

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Machine is what the figures were measured on.
type Machine struct {
	CPU      string `json:"cpu"`
	Cores    int    `json:"cores"` // that this process may use
	MemoryMB int64  `json:"memory_mb"`
	Kernel   string `json:"kernel"`
	Go       string `json:"go"`
	Postgres string `json:"postgres"`
	Load     string `json:"load"` // averages over 1, 5 and 15 minutes before the run
}

// describe looks at the machine. What it cannot find out stays empty: that is no reason not to
// measure.
func describe(ctx context.Context, databaseURL string) Machine {
	m := Machine{
		CPU: field("/proc/cpuinfo", "model name"), Cores: runtime.GOMAXPROCS(0), MemoryMB: kilobytes("/proc/meminfo", "MemTotal") >> 10,
		Kernel: firstLine("/proc/sys/kernel/osrelease"), Go: runtime.Version(),
	}
	if averages := strings.Fields(firstLine("/proc/loadavg")); len(averages) >= 3 {
		m.Load = strings.Join(averages[:3], " ")
	}
	if conn, err := pgx.Connect(ctx, databaseURL); err == nil {
		_ = conn.QueryRow(ctx, "show server_version").Scan(&m.Postgres) // stays empty otherwise
		_ = conn.Close(ctx)
	}
	return m
}

// busy tells whether others kept at least half of the machine at work before the run.
func (m Machine) busy() bool {
	first, _, _ := strings.Cut(m.Load, " ")
	n, err := strconv.ParseFloat(first, 64)
	return err == nil && n >= float64(m.Cores)/2
}

func (m Machine) String() string {
	return fmt.Sprintf("%s, %d cores, %.1f GB · Linux %s · %s · PostgreSQL %s · load before %s",
		m.CPU, m.Cores, float64(m.MemoryMB)/1024, m.Kernel, m.Go, m.Postgres, m.Load)
}

// field is the value of the first line "name : value" of a file in /proc, "" when there is none.
func field(path, name string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		key, value, ok := strings.Cut(lines.Text(), ":")
		if ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// kilobytes is a value that a file in /proc gives in kB, 0 when it does not.
func kilobytes(path, name string) int64 {
	n, err := strconv.ParseInt(strings.TrimSuffix(field(path, name), " kB"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func firstLine(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(text), "\n")
	return line
}

// ownMemory is the memory in bytes that belongs to a process alone: what it shares with others
// (the database's buffers, the text of the program) is not in it.
func ownMemory(pid int) int64 {
	return kilobytes("/proc/"+strconv.Itoa(pid)+"/status", "RssAnon") << 10
}
