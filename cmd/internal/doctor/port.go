package doctor

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// portName is the name of the check, also in findings made from a failed listen.
const portName = "port"

// Port checks that the address can be listened on.
func Port(addr string) Check {
	return Check{Name: portName, Look: func(ctx context.Context) Finding {
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
		if err != nil {
			return ListenFinding(addr, err)
		}
		_ = listener.Close()
		return ok(portName, "%s is free", addr)
	}}
}

// OwnPort is Port for one who knows which process may have it: the demo that is running.
func OwnPort(addr string, owner int) Check {
	return Check{Name: portName, Look: func(ctx context.Context) Finding {
		f := Port(addr).Look(ctx)
		_, port, err := net.SplitHostPort(addr)
		number, notNumber := strconv.Atoi(port)
		if f.OK || err != nil || notNumber != nil || owner == 0 {
			return f
		}
		if pid, _ := holder(number); pid != owner {
			return f
		}
		return ok(portName, "%d is served by the demo of this folder (process %d)", number, owner)
	}}
}

// ListenFinding explains why listening on addr failed: a program that could not
// start says the same words as the check.
func ListenFinding(addr string, err error) Finding {
	_, port, splitErr := net.SplitHostPort(addr)
	number, numberErr := strconv.Atoi(port)
	switch {
	case splitErr != nil || numberErr != nil || number < 0 || number > 65535:
		return bad(portName, fmt.Sprintf("%q is no port", strings.TrimPrefix(addr, ":")), "Give a number from 1 to 65535, for example PORT=8080")
	case errors.Is(err, syscall.EADDRINUSE):
		return taken(number)
	case errors.Is(err, syscall.EACCES):
		return bad(portName, fmt.Sprintf("port %d is reserved for root", number), "Choose a port from 1024, for example PORT=8080")
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return bad(portName, fmt.Sprintf("%s is not an address of this machine", addr), "Listen on every address: leave the part before the colon empty")
	}
	return bad(portName, fmt.Sprintf("cannot listen on %s (%v)", addr, err), "Choose another port, for example PORT=8081")
}

func taken(port int) Finding {
	another := fmt.Sprintf("choose another port, for example PORT=%d", another(port))
	pid, name := holder(port)
	switch {
	case pid == 0:
		return bad(portName, fmt.Sprintf("port %d is taken by a program of another user", port), "Stop that program, or "+another)
	case name == "echoppe":
		return bad(portName, fmt.Sprintf("port %d is taken by échoppe itself (process %d)", port, pid),
			fmt.Sprintf("It is running: open http://localhost:%d, or stop it with: kill %d, or %s", port, pid, another))
	}
	return bad(portName, fmt.Sprintf("port %d is taken by %s (process %d)", port, name, pid),
		fmt.Sprintf("Stop it with: kill %d, or %s", pid, another))
}

// another is a port near by to propose.
func another(port int) int {
	if port < 1024 || port == 65535 {
		return 8081
	}
	return port + 1
}

// holder finds who listens on a port; 0 when that cannot be seen from here.
func holder(port int) (pid int, name string) {
	sockets := listening(port)
	if len(sockets) == 0 {
		return 0, ""
	}
	fds, _ := filepath.Glob("/proc/[0-9]*/fd/*") // the only error is a malformed pattern
	for _, fd := range fds {
		target, err := os.Readlink(fd)
		if err != nil || !sockets[target] {
			continue
		}
		dir := filepath.Dir(filepath.Dir(fd))
		pid, err := strconv.Atoi(filepath.Base(dir))
		if err != nil {
			continue
		}
		comm, _ := os.ReadFile(filepath.Join(dir, "comm"))
		return pid, strings.TrimSpace(string(comm))
	}
	return 0, ""
}

// listening reads which sockets listen on port, as /proc names them in fd folders.
func listening(port int) map[string]bool {
	const listenState = "0A" // TCP_LISTEN in include/net/tcp_states.h
	suffix := ":" + strings.ToUpper(hex.EncodeToString([]byte{byte(port >> 8), byte(port)}))
	sockets := map[string]bool{}
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		text, _ := os.ReadFile(table) // absent without IPv6
		for line := range strings.Lines(string(text)) {
			// sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode
			col := strings.Fields(line)
			if len(col) > 9 && strings.HasSuffix(col[1], suffix) && col[3] == listenState {
				sockets["socket:["+col[9]+"]"] = true
			}
		}
	}
	return sockets
}
