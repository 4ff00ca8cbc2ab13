package bench

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Every measurement is taken, on a machine and a fleet of their own, and nothing is left behind. How
// fast anything was is nobody's business here.
func TestRun(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	report, err := Run(t.Context(), Options{Shops: 3, Articles: 60, Watch: 50 * time.Millisecond, Progress: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Failed {
		t.Error(f)
	}
	if report.Machine.Postgres == "" || report.Machine.Cores < 1 {
		t.Errorf("the machine: %v", report.Machine)
	}
	if len(report.Rows) < 2*len(measurements) {
		t.Errorf("%d figures of %d measurements", len(report.Rows), len(measurements))
	}
	for _, row := range report.Rows {
		if row.Ours.N <= 0 {
			t.Errorf("%s: %v", row.Measure, row.Ours)
		}
	}
	left, err := os.ReadDir(tmp)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestRun_RefusesAFolderInUse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "letter"), []byte("dear"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), Options{Data: dir, Shops: 1, Articles: 1}); err == nil {
		t.Error("measured among somebody's letters")
	}
}
