package s3test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"echoppe.dev/platform/driver/blob/s3"
	"echoppe.dev/platform/driver/secret"
)

const (
	accessKey = "tester"
	secretKey = "only-for-tests"
	// startLimit bounds a start on a busy machine.
	startLimit = 30 * time.Second
	startTries = 3
)

// Server is a running S3 server.
type Server struct {
	cfg  s3.Config
	cmd  *exec.Cmd
	done chan struct{}
	said bytes.Buffer // read after done only
}

// Start runs a server with one empty bucket until the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	program, err := Program()
	if err != nil {
		t.Fatal(err)
	}
	var last error
	for range startTries { // the free port may be taken between two steps
		s, err := start(t.Context(), program, t.TempDir())
		if err == nil {
			t.Cleanup(s.Stop)
			return s
		}
		last = err
	}
	t.Fatal(last)
	return nil
}

// Config is how to reach the server's bucket.
func (s *Server) Config() s3.Config { return s.cfg }

// Stop ends the server, as an outage does.
func (s *Server) Stop() {
	_ = s.cmd.Process.Kill()
	<-s.done
}

func start(ctx context.Context, program, dir string) (*Server, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	s := &Server{
		cfg: s3.Config{
			Endpoint: "http://" + addr, Bucket: "objects", PathStyle: true,
			Key: accessKey, Secret: secret.NewText(secretKey),
		},
		done: make(chan struct{}),
	}
	s.cmd = exec.Command(program, addr, dir)
	s.cmd.Env = append(os.Environ(), "STORE_KEY="+accessKey, "STORE_SECRET="+secretKey)
	s.cmd.Stdout, s.cmd.Stderr = &s.said, &s.said
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	started := make(chan error, 1)
	go s.run(started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	if err := s.await(ctx); err != nil {
		s.Stop()
		return nil, fmt.Errorf("%s: %w\n%s", program, err, strings.TrimSpace(s.said.String()))
	}
	return s, nil
}

// run starts the process from a thread that lives as long as it does, because the
// parent-death signal is tied to that thread.
func (s *Server) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(s.done)
	err := s.cmd.Start()
	started <- err
	if err == nil {
		_ = s.cmd.Wait()
	}
}

func (s *Server) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	b, err := s3.Open(s.cfg)
	if err != nil {
		return err
	}
	poll := time.NewTicker(20 * time.Millisecond)
	defer poll.Stop()
	for {
		err := b.Create(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-s.done:
			return fmt.Errorf("ended before it answered: %w", err)
		case <-ctx.Done():
			return fmt.Errorf("does not answer: %w", err)
		case <-poll.C:
		}
	}
}

func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
