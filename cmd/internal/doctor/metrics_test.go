package doctor_test

import (
	"testing"

	"echoppe.dev/cmd/internal/doctor"
)

func TestMetrics(t *testing.T) {
	for _, addr := range []string{"", "127.0.0.1:9090", "[::1]:9090", "localhost:0"} {
		wantOK(t, look(t, doctor.Metrics(addr)))
	}
	for _, addr := range []string{":9090", "0.0.0.0:9090", "10.0.0.5:9090", "metrics.example:9090"} {
		f := look(t, doctor.Metrics(addr))
		if f.OK || !f.Minor || f.Remedy == "" {
			t.Errorf("%s: %+v", addr, f)
		}
	}
	wantBad(t, look(t, doctor.Metrics("9090")), "METRICS_ADDR", "127.0.0.1:9090")
}
