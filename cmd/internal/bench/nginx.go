package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// pageFile is the name under which nginx has the page.
const pageFile = "page.html"

// nginxConfig serves one file as fast as nginx does: nothing is logged, the file stays open, a
// connection is kept for as long as the client likes.
const nginxConfig = `daemon off;
worker_processes %d;
pid %[2]s/nginx.pid;
error_log stderr warn;
%[5]s
events { worker_connections 1024; }
http {
	access_log off;
	sendfile on;
	tcp_nopush on;
	keepalive_requests 1000000000;
	open_file_cache max=10;
	open_file_cache_valid 1h;
	client_body_temp_path %[2]s/body;
	proxy_temp_path %[2]s/proxy;
	fastcgi_temp_path %[2]s/fastcgi;
	uwsgi_temp_path %[2]s/uwsgi;
	scgi_temp_path %[2]s/scgi;
	server {
		listen %[3]s;
		root %[2]s/www;
		default_type "text/html; charset=utf-8";
		types {}
		location / {
%[4]s		}
	}
}
`

// findNginx is where nginx is, "" when it is not installed.
func findNginx() string {
	for _, name := range []string{"nginx", "/usr/sbin/nginx"} { // sbin is often not on PATH
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// quoteNginx writes a text as an argument in a configuration. A dollar begins a variable there and
// cannot be escaped; no header of ours has one.
func quoteNginx(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// startNginx serves an answer as a file, from a folder of its own, as the user of this process.
func startNginx(ctx context.Context, data string, a answer) (addr string, stop func(), err error) {
	dir, err := os.MkdirTemp(data, "nginx-")
	if err != nil {
		return "", nil, fmt.Errorf("folder for nginx: %w", err)
	}
	cleanup := func() { _ = os.RemoveAll(dir) }
	defer func() {
		if err != nil {
			cleanup()
		}
	}()
	if addr, err = freeAddr(ctx); err != nil {
		return "", nil, err
	}
	config := filepath.Join(dir, "nginx.conf")
	if err := layOut(dir, config, addr, a); err != nil {
		return "", nil, fmt.Errorf("prepare nginx: %w", err)
	}
	kill, err := run(ctx, addr, exec.Command(findNginx(), "-p", dir, "-c", config))
	if err != nil {
		return "", nil, fmt.Errorf("start nginx: %w", err)
	}
	return addr, func() { kill(); cleanup() }, nil
}

func layOut(dir, config, addr string, a answer) error {
	user := ""
	if os.Geteuid() == 0 {
		user = "user root;" // its workers would else be nobody, who may not read the folder
	}
	text := fmt.Sprintf(nginxConfig, runtime.GOMAXPROCS(0), dir, addr, a.asDirectives(), user)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(dir, "www"), 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "www", pageFile), a.body, 0o644)
}

// freeAddr is an address nobody listens on.
func freeAddr(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// run starts a server and waits until it listens. It ends with kill, or with this process.
func run(ctx context.Context, addr string, cmd *exec.Cmd) (kill func(), err error) {
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	started, ended := make(chan error, 1), make(chan error, 1)
	go func() {
		runtime.LockOSThread() // the parent-death signal is tied to the thread that forks
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			ended <- cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	kill = func() { _ = cmd.Process.Signal(syscall.SIGTERM); <-ended }
	ctx, cancel := context.WithTimeout(ctx, stuck)
	defer cancel()
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	for {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
		if err == nil {
			return kill, conn.Close()
		}
		select {
		case <-poll.C:
		case <-ctx.Done():
			kill()
			return nil, errors.Join(ctx.Err(), errors.New(said.String()))
		case err := <-ended:
			return nil, fmt.Errorf("%w: %s", err, said.String())
		}
	}
}
