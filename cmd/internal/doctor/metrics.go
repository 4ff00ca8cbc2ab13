package doctor

import (
	"context"
	"fmt"
	"net"
)

// Metrics says who can read what the process counts. Addresses beyond this machine are for private
// networks, which cannot be seen from here, so they are no more than noted.
func Metrics(addr string) Check {
	const name = "metrics"
	return Check{Name: name, Look: func(context.Context) Finding {
		if addr == "" {
			return ok(name, "told nowhere (METRICS_ADDR is empty)")
		}
		host, port, err := net.SplitHostPort(addr)
		if err != nil || port == "" {
			return bad(name, fmt.Sprintf("METRICS_ADDR is %q, which is no host and port", addr), "Write it like METRICS_ADDR=127.0.0.1:9090")
		}
		if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
			return ok(name, "told to this machine only")
		}
		return minor(name, "whoever reaches "+addr+" reads how much the shops do",
			"Let only the monitoring reach that port, or use METRICS_ADDR=127.0.0.1:9090")
	}}
}
