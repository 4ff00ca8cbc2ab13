package apptest

import (
	"bytes"
	"context"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"echoppe.dev/cmd/internal/demo"
	"echoppe.dev/cmd/internal/wire"
)

// silent is the log of a house that is only joined.
var silent = slog.New(slog.DiscardHandler)

// Program is "echoppe demo" as a process of its own.
type Program struct {
	Data, Port string
	cmd        *exec.Cmd
	ended      chan struct{}

	mu  sync.Mutex
	out bytes.Buffer
}

// smallPicture is the width of the demo's pictures, in pixels: they are drawn beside what is tested, and
// the usual ones would take half the machine for minutes.
const smallPicture = "160"

// FreePort is a port nobody listens on at this moment. It is below those the system gives to connections, of which there are many
// in a run of all tests: one of them would take it before whoever asked.
func FreePort(t testing.TB) string {
	t.Helper()
	const from, to, tries = 20_000, 32_000, 100
	for range tries {
		port := strconv.Itoa(from + rand.IntN(to-from))
		l, err := net.Listen("tcp", ":"+port)
		if err != nil {
			continue
		}
		_ = l.Close()
		return port
	}
	t.Fatalf("no port from %d to %d is free", from, to)
	return ""
}

// StartDemo starts the demo in a folder and returns when it is ready: /healthz answers 200. What is
// left of it ends with the test.
func StartDemo(t testing.TB, data, port string) *Program {
	t.Helper()
	p := &Program{Data: data, Port: port, ended: make(chan struct{})}
	p.cmd = command(context.WithoutCancel(t.Context()), t, []string{"DATA=" + data, "PORT=" + port, "PICTURE_WIDTH=" + smallPicture}, []string{"demo"})
	p.cmd.Stdout, p.cmd.Stderr = p, p
	// A group of its own, as a shell gives it: Ctrl-C goes to all of the group. And whatever ends the
	// test binary ends it.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	if err := p.start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.end(t) })
	Within(t, firstStart, "the demo to be ready", func() bool {
		select {
		case <-p.ended:
			t.Fatalf("the demo has ended:\n%s", p.Said())
		default:
		}
		resp, err := http.Get("http://127.0.0.1:" + port + "/healthz")
		if err != nil {
			return false
		}
		_ = resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	})
	return p
}

// start starts the process on a thread that lives as long: the death signal is tied to it.
func (p *Program) start() error {
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(p.ended)
		err := p.cmd.Start()
		started <- err
		if err == nil {
			_ = p.cmd.Wait()
		}
	}()
	return <-started
}

// end interrupts the program, and kills it when that is not enough.
func (p *Program) end(t testing.TB) {
	_ = p.cmd.Process.Signal(os.Interrupt) // it may have ended long ago
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case <-p.ended:
	case <-late.C:
		t.Errorf("the program does not end when it is interrupted")
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
	if t.Failed() {
		t.Logf("the program said:\n%s", p.Said())
	}
}

// Write takes what the program prints.
func (p *Program) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.Write(text)
}

// Said is what the program has printed so far.
func (p *Program) Said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}

// Welcome waits until the program has said where everything is, and gives the addresses by their
// names.
func (p *Program) Welcome(t testing.TB) map[string]string {
	t.Helper()
	Within(t, stockLimit, "the welcome", func() bool { return strings.Contains(p.Said(), "Ctrl-C") })
	addresses := map[string]string{}
	for line := range strings.Lines(p.Said()) {
		if name, at, ok := strings.Cut(strings.TrimSpace(line), "http://"); ok {
			addresses[strings.TrimSpace(name)] = "http://" + strings.TrimSpace(at)
		}
	}
	return addresses
}

// PID is the process.
func (p *Program) PID() int { return p.cmd.Process.Pid }

// Signal sends a signal.
func (p *Program) Signal(t testing.TB, s syscall.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// CtrlC is what a terminal sends when the key is pressed: an interrupt to every process of the group.
func (p *Program) CtrlC(t testing.TB) {
	t.Helper()
	if err := syscall.Kill(-p.PID(), syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
}

// Children are the processes below it, at any depth.
func (p *Program) Children() []int { return descendants(p.PID()) }

// Kill is kill -9, and waits for the end.
func (p *Program) Kill(t testing.TB) {
	t.Helper()
	p.Signal(t, syscall.SIGKILL)
	p.Wait(t)
}

// Wait waits for the end and gives the exit code, -1 when a signal ended it.
func (p *Program) Wait(t testing.TB) int {
	t.Helper()
	Eventually(t, "the program to end", func() bool {
		select {
		case <-p.ended:
			return true
		default:
			return false
		}
	})
	return p.cmd.ProcessState.ExitCode()
}

// Join is the house of a running demo, joined to it as a command joins it.
func (p *Program) Join(t testing.TB) *Place {
	t.Helper()
	out, leave, err := demo.Join(t.Context(), demo.Options{Data: p.Data, Port: p.Port, Log: silent})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(leave)
	app, err := wire.Open(context.WithoutCancel(t.Context()), out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(app.Close)
	return &Place{App: app, Addr: "127.0.0.1:" + p.Port, Data: p.Data}
}
