package doctor_test

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"syscall"
	"testing"

	"echoppe.dev/cmd/internal/doctor"
)

func TestPort_Free(t *testing.T) {
	wantOK(t, look(t, doctor.Port("127.0.0.1:0")))
}

// Issue A.1: the port taken says what is wrong and what to do.
func TestPort_TakenNamesTheHolder(t *testing.T) {
	for name, addr := range map[string]string{"v4": "127.0.0.1:0", "all": ":0"} {
		t.Run(name, func(t *testing.T) {
			l, err := net.Listen("tcp", addr)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = l.Close() }()
			port := l.Addr().(*net.TCPAddr).Port
			f := look(t, doctor.Port(":"+strconv.Itoa(port)))
			wantBad(t, f, fmt.Sprintf("port %d is taken", port), fmt.Sprintf("process %d", os.Getpid()), "PORT=")
		})
	}
}

func TestListenFinding_OtherReasons(t *testing.T) {
	refuse := func(err error) error { return &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", err)} }
	wantBad(t, doctor.ListenFinding(":80", refuse(syscall.EACCES)), "port 80", "reserved for root", "PORT=8080")
	wantBad(t, doctor.ListenFinding("10.9.9.9:80", refuse(syscall.EADDRNOTAVAIL)), "10.9.9.9")
	wantBad(t, doctor.ListenFinding(":8080", refuse(syscall.EMFILE)), "too many open files")
	for _, addr := range []string{":http8080", ":70000", ":-1", "8080"} {
		wantBad(t, look(t, doctor.Port(addr)), "is no port", "PORT=8080")
	}
}
