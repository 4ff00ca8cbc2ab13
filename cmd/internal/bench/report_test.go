package bench

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRow_Verdict(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		row  Row
		want string
	}{
		{"no goal", Row{Ours: Value{1, "ms"}}, ""},
		{"as fast as asked", Row{Ours: Value{2000, "/s"}, Goal: atLeast(2000)}, "met"},
		{"slower", Row{Ours: Value{1999, "/s"}, Goal: atLeast(2000)}, "missed"},
		{"as small as asked", Row{Ours: Value{2, "MB"}, Goal: atMost(2)}, "met"},
		{"larger", Row{Ours: Value{2.1, "MB"}, Goal: atMost(2)}, "missed"},
		{"just so", Row{Ours: Value{20, ""}, Goal: exactly(20)}, "met"},
		{"one too many", Row{Ours: Value{21, ""}, Goal: exactly(20)}, "missed"},
		{"ratio reached", Row{Ours: Value{6, "/s"}, Reference: Value{10, "/s"}, Against: "x", Goal: ratioAtLeast(0.6)}, "met"},
		{"ratio missed", Row{Ours: Value{5.9, "/s"}, Reference: Value{10, "/s"}, Against: "x", Goal: ratioAtLeast(0.6)}, "missed"},
		{"ratio kept", Row{Ours: Value{12, "µs"}, Reference: Value{10, "µs"}, Against: "x", Goal: ratioAtMost(1.2)}, "met"},
		{"ratio passed", Row{Ours: Value{13, "µs"}, Reference: Value{10, "µs"}, Against: "x", Goal: ratioAtMost(1.2)}, "missed"},
		{"ratio to nothing", Row{Ours: Value{5.9, "/s"}, Goal: ratioAtLeast(0.6)}, "missed"},
	} {
		if got := tt.row.Verdict(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func sampleReport() *Report {
	return &Report{
		Machine: Machine{CPU: "Some CPU", Cores: 2, MemoryMB: 4096, Kernel: "6.1", Go: "go1", Postgres: "15.1", Load: "0.10 0.20 0.30"},
		Rows: []Row{
			{Measure: "hot page", Ours: Value{21234.5, "req/s"}, Reference: Value{30000, "req/s"}, Against: "bare", Goal: ratioAtLeast(0.6), Note: "One."},
			{Measure: "émail", Ours: Value{2.345, "ms"}, Goal: atMost(2), Note: "Two."},
			{Measure: "again", Ours: Value{12, ""}, Note: "One."},
		},
		Failed: []string{"signup: no database"},
	}
}

func TestReport_String(t *testing.T) {
	t.Parallel()
	want := `Some CPU, 2 cores, 4.0 GB · Linux 6.1 · go1 · PostgreSQL 15.1 · load before 0.10 0.20 0.30

                     ours         reference  ratio  goal
──────────────────────────────────────────────────────────────────
hot page [1]  21234 req/s  30000 req/s bare   0.71  ≥ 0.60  met
émail [2]         2.35 ms                           ≤ 2 ms  missed
again [1]              12

[1] One.
[2] Two.

not measured: signup: no database
3 figures, 1 goals missed`
	if diff := cmp.Diff(want, sampleReport().String()); diff != "" {
		t.Error(diff)
	}
}

// Figures taken on a busy machine say so.
func TestReport_BusyMachine(t *testing.T) {
	t.Parallel()
	for load, want := range map[string]bool{"0.10 0.20 0.30": false, "0.99 9 9": false, "1.00 0 0": true, "19.2 15 13": true, "": false} {
		r := sampleReport()
		r.Machine.Load = load
		if got := strings.Contains(r.String(), "busy"); got != want {
			t.Errorf("load %q on two cores: busy %t", load, got)
		}
	}
}

func TestReport_JSON(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(sampleReport())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"measure":"hot page","ours":21234.5,"unit":"req/s","reference":30000,"against":"bare","ratio":0.707`,
		`"goal":"≤ 2 ms","verdict":"missed"`, `"failed":["signup: no database"]`, `"postgres":"15.1"`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
}

func TestChoose(t *testing.T) {
	t.Parallel()
	got, err := choose([]string{"migrate", "pricing"})
	if err != nil || len(got) != 2 || got[0].name != "pricing" {
		t.Errorf("chose %v, %v", got, err)
	}
	if _, err := choose([]string{"speed"}); err == nil || !strings.Contains(err.Error(), `"speed"`) || !strings.Contains(err.Error(), "signup") {
		t.Errorf("an unknown name gives %v", err)
	}
}
