package doctor_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/doctor"
	"echoppe.dev/platform/kit/clock"
)

// look asks one check.
func look(t *testing.T, c doctor.Check) doctor.Finding {
	t.Helper()
	return doctor.Run(t.Context(), []doctor.Check{c})[0]
}

// wantBad checks that a finding is a problem whose sentences carry the given words.
func wantBad(t *testing.T, f doctor.Finding, words ...string) {
	t.Helper()
	if f.OK || f.Minor || f.Remedy == "" || f.Err() == nil {
		t.Fatalf("not a problem with a remedy: %+v", f)
	}
	for _, w := range words {
		if !strings.Contains(f.Err().Error(), w) {
			t.Errorf("%q does not say %q", f.Err(), w)
		}
	}
	for _, sentence := range []string{f.Problem, f.Remedy} {
		if strings.HasSuffix(sentence, ".") || strings.Contains(sentence, "\n") {
			t.Errorf("not one sentence without full stop: %q", sentence)
		}
	}
}

func wantOK(t *testing.T, f doctor.Finding) {
	t.Helper()
	if !f.OK || f.Err() != nil || f.Problem != "" {
		t.Fatalf("not well: %+v", f)
	}
}

func fixed(name string, f doctor.Finding) doctor.Check {
	return doctor.Check{Name: name, Look: func(context.Context) doctor.Finding { return f }}
}

func TestRun_KeepsOrderAndNames(t *testing.T) {
	got := doctor.Run(t.Context(), []doctor.Check{
		fixed("b", doctor.Finding{OK: true}), fixed("a", doctor.Finding{Minor: true}),
	})
	if len(got) != 2 || got[0].Name != "b" || got[1].Name != "a" {
		t.Fatalf("%+v", got)
	}
	if !doctor.Healthy(got) {
		t.Error("a minor finding makes the set-up unhealthy")
	}
}

func TestRun_ACheckThatHangsIsAProblem(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	hang := doctor.Check{Name: "slow", Look: func(context.Context) doctor.Finding { select {} }}
	wantBad(t, doctor.Run(ctx, []doctor.Check{hang})[0], "no answer")
}

func TestWriteText(t *testing.T) {
	var b bytes.Buffer
	err := doctor.WriteText(&b, []doctor.Finding{
		{Name: "disk", OK: true, Fact: "900 MB free"},
		{Name: "local names", Minor: true, Problem: "not known", Remedy: "Add them"},
		{Name: "port", Problem: "port 80 is taken", Remedy: "Stop it"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `ok       disk         900 MB free
note     local names  not known
                      → Add them
PROBLEM  port         port 80 is taken
                      → Stop it
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestWriteJSON(t *testing.T) {
	var b bytes.Buffer
	if err := doctor.WriteJSON(&b, []doctor.Finding{{Name: "port", Problem: "taken", Remedy: "Stop it"}}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Healthy  *bool
		Findings []doctor.Finding
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Healthy == nil || *got.Healthy || len(got.Findings) != 1 || got.Findings[0].Problem != "taken" {
		t.Errorf("%s", b.String())
	}
}

// A fresh data folder on this machine: whatever else is noted, no check may fail
// but those about the machine itself being short of something.
func TestLocal_FreshFolder(t *testing.T) {
	for _, f := range doctor.Run(t.Context(), doctor.Local(doctor.LocalOptions{
		Addr: "127.0.0.1:0", Data: t.TempDir() + "/var", Clock: clock.System(),
	})) {
		if f.Name == "" || f.OK == (f.Problem != "") {
			t.Errorf("half a finding: %+v", f)
		}
		if err := f.Err(); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}
