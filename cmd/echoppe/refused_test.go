package main_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
)

// Without what it needs the demo says what is wrong and what to do, and starts nothing.
func TestDemo_Refused(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	taken := strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	file := write(t, filepath.Join(t.TempDir(), "var"), "a letter")
	foreign, beside := t.TempDir(), t.TempDir()
	write(t, filepath.Join(foreign, "PG_VERSION"), "15\n")
	write(t, filepath.Join(beside, "postgres", "PG_VERSION"), "15\n")
	for _, tt := range []struct {
		name, port, data string
		says             []string
	}{
		{"port taken", taken, t.TempDir(), []string{"port " + taken + " is taken", "PORT="}},
		{"no port", "eighty", t.TempDir(), []string{`"eighty" is no port`, "PORT="}},
		{"file instead of folder", "0", file, []string{file, "is a file", "DATA="}},
		{"file above the folder", "0", filepath.Join(file, "below"), []string{file, "is a file", "DATA="}},
		{"folder that cannot be made", "0", "/proc/echoppe", []string{"/proc", "cannot be written", "DATA="}},
		{"data folder of another Postgres", "0", foreign, []string{foreign, "another PostgreSQL", "DATA="}},
		{"another Postgres in the folder", "0", beside, []string{beside, "was not made by échoppe"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out := apptest.Run(t, []string{"PORT=" + tt.port, "DATA=" + tt.data}, "demo")
			wantRefused(t, out, tt.says...)
			for _, folder := range []string{"data", "postgresql.conf"} {
				if _, err := os.Stat(filepath.Join(tt.data, "postgres", folder)); err == nil {
					t.Errorf("a database was made in %s all the same", tt.data)
				}
			}
		})
	}
}

// code is how errors are written in the log: "echoppe: conflict: registry.taken".
var code = regexp.MustCompile(`(?m)^echoppe: |\b[a-z]+: [a-z_]+\.[a-z_]+(:|$)|error\.internal`)

// wantRefused: exit code 1, everything said on standard error, in sentences and not in keys.
func wantRefused(t *testing.T, out apptest.Output, says ...string) {
	t.Helper()
	if out.Code != 1 {
		t.Errorf("exit code %d\n%s%s", out.Code, out.Stdout, out.Stderr)
	}
	for _, want := range says {
		if !strings.Contains(out.Stderr, want) {
			t.Errorf("does not say %q:\n%s", want, out.Stderr)
		}
	}
	if strings.Contains(out.Stderr, "goroutine") || code.MatchString(out.Stderr) {
		t.Errorf("no words for people:\n%s", out.Stderr)
	}
}

// smallDisk is room for a few files and for no database.
const smallDisk = "size=12m"

// A full disk is said by the demo where a small disk can be made (by root), and by the doctor, for whom
// /proc has no room either.
func TestDemo_FullDisk(t *testing.T) {
	t.Parallel()
	out := apptest.Run(t, []string{"PORT=" + apptest.FreePort(t), "DATA=/proc/echoppe"}, "doctor")
	if out.Code != 1 || !strings.Contains(out.Stdout, "0 MB are free in /proc") || !strings.Contains(out.Stdout, "Free some space") {
		t.Errorf("exit code %d\n%s", out.Code, out.Stdout)
	}
	if os.Getuid() != 0 {
		return
	}
	data := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// A mount of its own name space goes with the process.
	cmd := exec.Command("unshare", "--mount", "sh", "-c", `mount -t tmpfs -o `+smallDisk+` none "$DATA" && exec "$0" demo`, self)
	cmd.Env = append(apptest.Environment(), "PORT=0", "DATA="+data)
	said, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(said), " MB are free in "+data) || !strings.Contains(string(said), "Free some space") {
		t.Errorf("%v: %s", err, said)
	}
}

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// What kong cannot read is wrong usage, and says how to use it.
func TestUsage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"no-such"}, {"shop", "create"}, {"shop", "create", "x"}, {"shop", "mode", "x", "closed"},
		{"demo", "--no-such"}, {"migrate", "--workers", "many"}} {
		out := apptest.Run(t, nil, args...)
		if out.Code != 2 || !strings.Contains(out.Stderr, "Usage: echoppe") || out.Stdout != "" {
			t.Errorf("%q: exit code %d\n%s%s", args, out.Code, out.Stdout, out.Stderr)
		}
	}
	for _, args := range [][]string{{"--help"}, {"demo", "--help"}, {"serve", "--help"}, {"migrate", "--help"}, {"doctor", "--help"}, {"seed", "--help"}, {"import", "--help"}, {"export", "--help"}, {"bench", "--help"}, {"ready", "--help"}, {"shop", "--help"},
		{"shop", "create", "--help"}, {"shop", "list", "--help"}, {"shop", "show", "--help"}, {"shop", "mode", "--help"}, {"shop", "suspend", "--help"}} {
		out := apptest.Run(t, nil, args...)
		if out.Code != 0 || !strings.Contains(out.Stdout, "Usage: echoppe") || out.Stderr != "" {
			t.Errorf("%q: exit code %d\n%s%s", args, out.Code, out.Stdout, out.Stderr)
		}
	}
}

// Production does not start on a configuration that is incomplete, and names each variable.
func TestServe_Incomplete(t *testing.T) {
	t.Parallel()
	out := apptest.Run(t, nil, "serve")
	wantRefused(t, out, "DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "SECRET_KEYS", "S3_BUCKET", "SMTP_URL")
}
