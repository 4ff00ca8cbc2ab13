package bench

import (
	"syscall"
	"time"
)

// stopwatch measures with the monotonic clock, which clock.Clock does not carry: its instants are
// cut to what Postgres keeps.
type stopwatch struct{ start time.Time }

func startWatch() stopwatch { return stopwatch{time.Now()} }

func (s stopwatch) elapsed() time.Duration { return time.Since(s.start) }

// within is when d will have passed, for connections that must not hang.
func within(d time.Duration) time.Time { return time.Now().Add(d) }

// cpuTime is the processor time of this process so far, in user mode and in the kernel for it.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // it only fails for a wrong argument
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
