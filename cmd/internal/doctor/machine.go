package doctor

import (
	"context"
	"fmt"
	"net"
	"runtime"
	"runtime/debug"
	"syscall"
)

const (
	// demoFiles is enough for one process with a browser or two before it.
	demoFiles = 1024
	// serveFiles leaves room for some thousand keep-alive connections.
	serveFiles = 8192
)

// Build says which program this is, and that the machine can run it.
func Build() Check {
	return Check{Name: "program", Look: func(context.Context) Finding {
		if runtime.GOOS != "linux" {
			return bad("program", "échoppe runs on Linux only, this is "+runtime.GOOS, "Use a Linux machine or container")
		}
		return ok("program", "%s, %s, %s/%s", revision(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	}}
}

func revision() string {
	info, found := debug.ReadBuildInfo()
	if !found {
		return "echoppe"
	}
	rev, changed := "", ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			rev = " " + s.Value[:min(len(s.Value), 12)]
		case "vcs.modified":
			if s.Value == "true" {
				changed = " with changes"
			}
		}
	}
	return "echoppe" + rev + changed
}

// localName stands for all of *.localhost.
const localName = "demo.localhost"

// LocalNames checks that names under localhost lead to this machine. Browsers see to
// that themselves (RFC 6761, 6.3), other programs ask the system.
func LocalNames() Check { return localNames(net.DefaultResolver.LookupHost) }

func localNames(lookup func(context.Context, string) ([]string, error)) Check {
	const name = "local names"
	return Check{Name: name, Look: func(ctx context.Context) Finding {
		addrs, err := lookup(ctx, localName)
		if err != nil || len(addrs) == 0 {
			return minor(name, "this system does not know names like "+localName,
				"Browsers do not need it; for curl and scripts add to /etc/hosts: 127.0.0.1 admin.localhost console.localhost "+localName)
		}
		for _, a := range addrs {
			if ip := net.ParseIP(a); ip == nil || !ip.IsLoopback() {
				return bad(name, fmt.Sprintf("%s leads to %s instead of this machine", localName, a),
					"Remove *.localhost from /etc/hosts or from the name server this machine asks")
			}
		}
		return ok(name, "%s is this machine", localName)
	}}
}

// FileLimit checks how many files and connections the process may hold.
func FileLimit(need uint64) Check {
	const name = "open files"
	return Check{Name: name, Look: func(context.Context) Finding {
		var limit syscall.Rlimit
		if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
			return bad(name, fmt.Sprintf("the limit cannot be read (%v)", err), "Start échoppe outside of the sandbox that forbids it")
		}
		return fileLimit(limit.Max, need)
	}}
}

// fileLimit compares the hard limit: the Go runtime raises the soft one to it.
func fileLimit(hard, need uint64) Finding {
	const name = "open files"
	if hard < need {
		return bad(name, fmt.Sprintf("this process may open %d files, and needs up to %d", hard, need),
			fmt.Sprintf("Raise it: ulimit -n %d in the shell, LimitNOFILE=%d in a systemd unit, or --ulimit nofile=%d for a container", need, need, need))
	}
	return ok(name, "up to %d", hard)
}
