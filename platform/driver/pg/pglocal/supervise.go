package pglocal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"
)

const (
	// maxRestarts bounds how often a server that keeps dying is started again; one
	// that has lived for quietTime has earned a new count.
	maxRestarts = 5
	quietTime   = time.Minute
)

// supervise starts the server, and starts it again when it ends by itself.
//
// The goroutine keeps its thread: the parent-death signal is tied to the thread
// that forked, and would fire when the runtime retires it.
func (s *Server) supervise(logFile *os.File) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(s.done)
	defer func() { _ = logFile.Close() }()
	for restarts := 0; ; restarts++ {
		began := time.Now()
		err := s.live(logFile)
		s.mu.Lock()
		stopping, ready := s.stopping, s.ready
		s.mu.Unlock()
		if stopping {
			return
		}
		if time.Since(began) > quietTime {
			restarts = 0
		}
		if !ready || restarts == maxRestarts {
			s.fail(fmt.Errorf("postgres ended: %w", err))
			return
		}
		s.log.Error("the local database ended by itself, starting it again", "folder", string(s.dir), "error", err)
		ctx, cancel := context.WithTimeout(context.Background(), fastStopLimit)
		err = evict(ctx, s.dir)
		cancel()
		if err != nil {
			s.fail(err)
			return
		}
	}
}

var errEnded = errors.New("it exited with status 0")

// live runs the server once, from start to end.
func (s *Server) live(logFile *os.File) error {
	cmd := s.program.command(logFile, "postgres", s.args...)
	cmd.SysProcAttr.Pdeathsig = syscall.SIGINT // fast stop
	if s.options.Volatile {
		cmd.SysProcAttr.Pdeathsig = syscall.SIGQUIT // nobody will read the data again
	}
	s.mu.Lock()
	if s.stopping {
		s.mu.Unlock()
		return nil
	}
	if err := cmd.Start(); err != nil {
		s.mu.Unlock()
		return err
	}
	s.process = cmd.Process
	s.mu.Unlock()
	err := cmd.Wait()
	s.mu.Lock()
	s.process = nil
	s.mu.Unlock()
	if err == nil {
		return errEnded
	}
	return err
}

func (s *Server) fail(err error) {
	s.mu.Lock()
	s.err = err
	s.mu.Unlock()
}

// Stop ends the server: open transactions are rolled back, everything committed is
// on disk. When the context ends first, the server is made to stop at once and
// recovers at its next start. A second Stop does nothing.
func (s *Server) Stop(ctx context.Context) {
	s.end(ctx)
	s.release()
}

func (s *Server) end(ctx context.Context) {
	s.mu.Lock()
	s.stopping = true
	s.mu.Unlock()
	s.signal(syscall.SIGINT)
	select {
	case <-s.done:
		return
	case <-ctx.Done():
	}
	s.signal(syscall.SIGQUIT)
	hard := time.NewTimer(immediateStopLimit)
	defer hard.Stop()
	select {
	case <-s.done:
		return
	case <-hard.C:
	}
	s.signal(syscall.SIGKILL)
	<-s.done
}

func (s *Server) signal(sig syscall.Signal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process != nil {
		_ = s.process.Signal(sig) // it may have ended this very moment
	}
}

// release lets the folder go. Closing twice is harmless.
func (s *Server) release() {
	s.program.close()
	if s.socket != "" && s.socket != s.dir.path(runName) {
		_ = os.Remove(s.socket) // refused, rightly, when it is not empty
	}
	_ = s.lock.Close()
}
