package pgtest

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// bouncerConfig is transaction pooling with fewer server connections than the
// tests have clients, so that connections do change hands between transactions.
// Start-up parameters a pooler cannot keep per client are ignored, as in production.
const bouncerConfig = `[databases]
%[1]s = host='%[2]s' port=%[3]s dbname=%[1]s
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = %[4]s
unix_socket_mode = 0700
auth_type = trust
auth_file = %[4]s/users.txt
pool_mode = transaction
default_pool_size = 3
max_client_conn = 200
ignore_startup_parameters = extra_float_digits,search_path,statement_timeout,lock_timeout,idle_in_transaction_session_timeout,options
`

// PgBouncer puts a pooler in transaction mode before the database of appURL, which
// comes from URLs or a PrivateServer, and answers the address through the pooler.
// It ends with the test. The program pgbouncer must be installed.
func PgBouncer(t testing.TB, appURL string) string {
	t.Helper()
	program, err := findPgBouncer()
	if err != nil {
		t.Fatal(err)
	}
	target, err := url.Parse(appURL)
	if err != nil {
		t.Fatalf("address of the database: %v", err)
	}
	dir, credential := bouncerFolder(t, target)
	name := filepath.Base(target.Path)
	config := fmt.Sprintf(bouncerConfig, name, target.Query().Get("host"), target.Query().Get("port"), dir)
	configFile := filepath.Join(dir, "pgbouncer.ini")
	for file, text := range map[string]string{
		configFile:                      config,
		filepath.Join(dir, "users.txt"): fmt.Sprintf("%q \"\"\n", target.User.Username()),
	} {
		// Readable by the server's user; the folder lets nobody else in.
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatalf("configure pgbouncer: %v", err)
		}
	}
	pooled := url.URL{Scheme: target.Scheme, User: target.User, Path: target.Path}
	pooled.RawQuery = "host=" + url.PathEscape(dir) + "&port=6432" // to pgx a plus is not a space
	ended := runBouncer(t, program, configFile, credential)
	awaitBouncer(t, pooled.String(), ended)
	return pooled.String()
}

func findPgBouncer() (string, error) {
	for _, name := range []string{"pgbouncer", "/usr/sbin/pgbouncer"} { // sbin is often not on PATH
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("pgbouncer is not installed: sudo apt-get install -y pgbouncer")
}

// bouncerFolder makes a folder beside the database's socket folder, for the user
// who owns that: like the server, the pooler never runs as root.
func bouncerFolder(t testing.TB, target *url.URL) (string, *syscall.Credential) {
	t.Helper()
	socket := target.Query().Get("host")
	info, err := os.Stat(socket)
	if err != nil {
		t.Fatalf("socket of the database: %v", err)
	}
	owner := info.Sys().(*syscall.Stat_t)
	dir, err := os.MkdirTemp(filepath.Dir(socket), "pool-")
	if err != nil {
		t.Fatalf("folder for pgbouncer: %v", err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if int(owner.Uid) == os.Geteuid() {
		return dir, nil
	}
	if err := os.Chown(dir, int(owner.Uid), int(owner.Gid)); err != nil {
		t.Fatalf("folder for pgbouncer: %v", err)
	}
	return dir, &syscall.Credential{Uid: owner.Uid, Gid: owner.Gid}
}

// runBouncer starts the pooler; the channel gives its last words when it ends.
func runBouncer(t testing.TB, program, config string, credential *syscall.Credential) <-chan string {
	t.Helper()
	var said bytes.Buffer
	cmd := exec.Command(program, config)
	cmd.Dir = "/"
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: credential, Pdeathsig: syscall.SIGKILL}
	started := make(chan error, 1)
	ended := make(chan string, 1)
	go func() {
		runtime.LockOSThread() // the parent-death signal is tied to the thread that forks
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		err = cmd.Wait()
		ended <- fmt.Sprintf("%v: %s", err, said.String())
		close(ended)
	}()
	if err := <-started; err != nil {
		t.Fatalf("start pgbouncer: %v", err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		for range ended { // until closed: the process has been waited for
		}
	})
	return ended
}

func awaitBouncer(t testing.TB, address string, ended <-chan string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), startLimit)
	defer cancel()
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	for {
		conn, err := pgx.Connect(ctx, address)
		if err == nil {
			_ = conn.Close(ctx)
			return
		}
		select {
		case words := <-ended:
			t.Fatalf("pgbouncer ended: %s", words)
		case <-ctx.Done():
			t.Fatalf("pgbouncer does not answer: %v", err)
		case <-poll.C:
		}
	}
}
