package main_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
)

// row is a shop as commands print it.
type row struct {
	ID, Name, Slug, URL, Plan, State, Mode, Schema string
	Version                                        int
	SignIn                                         string `json:"sign_in"`
}

// said reads the one JSON document a command prints.
func said[T any](t *testing.T, out apptest.Output) T {
	t.Helper()
	var v T
	if out.Code != 0 {
		t.Fatalf("exit code %d\n%s%s", out.Code, out.Stdout, out.Stderr)
	}
	d := json.NewDecoder(strings.NewReader(out.Stdout))
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v: %s", err, out.Stdout)
	}
	if d.More() {
		t.Fatalf("more than one document: %s", out.Stdout)
	}
	return v
}

// commands are tried beside a running demo.
func commands(t *testing.T, data, port string) {
	heard := talk{}
	run := func(t *testing.T, args ...string) apptest.Output {
		t.Helper()
		out := apptest.Run(t, []string{"DATA=" + data, "PORT=" + port}, args...)
		heard.hear(t, args, out)
		return out
	}
	t.Run("shop create", func(t *testing.T) {
		shop := said[row](t, run(t, "shop", "create", "Comete", "--email", "Anna@Example.com", "--locale", "de", "--json"))
		if shop.Slug != "comete" || shop.State != "open" || shop.Mode != "production" || shop.Plan != "free" || shop.ID == "" ||
			shop.URL != "http://localhost:"+port+"/comete.shop/" || !strings.HasPrefix(shop.SignIn, "http://admin.localhost:"+port+"/sign-in/link/") {
			t.Errorf("%+v", shop)
		}
		wantRefused(t, run(t, "shop", "create", "comete", "--email", "b@example.com"), "already taken")
		wantRefused(t, run(t, "shop", "create", "admin", "--email", "b@example.com"))
		wantRefused(t, run(t, "shop", "create", "../x", "--email", "b@example.com"), "Letters without accents")
		wantRefused(t, run(t, "shop", "create", "orbite", "--email", "nobody"), "email")
		wantRefused(t, run(t, "shop", "create", "orbite", "--email", "b@example.com", "--plan", "gold"))
		text := run(t, "shop", "create", "eclipse", "--email", "b@example.com")
		if text.Code != 0 || !strings.Contains(text.Stdout, "eclipse.shop/") || !strings.Contains(text.Stdout, "sign in: http://") {
			t.Errorf("%+v", text)
		}
	})
	t.Run("shop list and show", func(t *testing.T) {
		rows := said[[]row](t, run(t, "shop", "list", "--json", "--search", "comete"))
		if len(rows) != 1 || rows[0].Slug != "comete" {
			t.Errorf("%+v", rows)
		}
		if none := said[[]row](t, run(t, "shop", "list", "--json", "--search", "no such shop")); none == nil || len(none) != 0 {
			t.Errorf("want an empty list, got %v", none)
		}
		shop := said[row](t, run(t, "shop", "show", "comete", "--json"))
		if shop.ID != rows[0].ID || shop.Version == 0 || !strings.HasPrefix(shop.Schema, "shop_") {
			t.Errorf("%+v", shop)
		}
		if text := run(t, "shop", "show", "comete"); !strings.HasPrefix(text.Stdout, "comete ") {
			t.Errorf("%+v", text)
		}
		wantRefused(t, run(t, "shop", "show", "nobody"), "This shop does not exist")
	})
	t.Run("MNT-01 shop mode", func(t *testing.T) {
		if shop := said[row](t, run(t, "shop", "mode", "comete", "maintenance2", "--json")); shop.Mode != "maintenance2" {
			t.Errorf("%+v", shop)
		}
		if shop := said[row](t, run(t, "shop", "mode", "comete", "production", "--json")); shop.Mode != "production" {
			t.Errorf("%+v", shop)
		}
	})
	t.Run("shop suspend", func(t *testing.T) {
		if shop := said[row](t, run(t, "shop", "suspend", "comete", "--json")); shop.State != "suspended" {
			t.Errorf("%+v", shop)
		}
		wantRefused(t, run(t, "shop", "suspend", "comete"))
		if shop := said[row](t, run(t, "shop", "suspend", "comete", "--undo", "--json")); shop.State != "open" {
			t.Errorf("%+v", shop)
		}
	})
	t.Run("IMP-02 IMP-03 import and export", func(t *testing.T) { moveArticles(t, run) })
	t.Run("seed", func(t *testing.T) { fillFleet(t, run) })
	t.Run("doctor", func(t *testing.T) {
		out := run(t, "doctor", "--json")
		if out.Code != 0 { // the port is taken by the demo itself
			t.Errorf("exit code %d: %s", out.Code, out.Stdout)
		}
		found := findings(t, out)
		if f := found["port"]; !f.OK || !strings.Contains(f.Fact, "served by the demo") {
			t.Errorf("port: %+v", f)
		}
		if f := found["local database"]; !f.OK || !strings.Contains(f.Fact, "running") {
			t.Errorf("local database: %+v", f)
		}
	})
	t.Run("a folder nobody has ever used", func(t *testing.T) {
		empty := filepath.Join(t.TempDir(), "mistyped")
		wantRefused(t, apptest.Run(t, nil, "shop", "list", "--data", empty), "no échoppe data in "+empty)
		if _, err := os.Stat(empty); err == nil {
			t.Error("it was made")
		}
	})
	t.Run("FLT-03 migrate", func(t *testing.T) { migrated(t, run(t, "migrate", "--json")) })
	t.Run("refusals in JSON", func(t *testing.T) {
		wantProblem(t, run(t, "shop", "create", "comete", "--email", "b@example.com", "--json"), 1, "registry.slug_taken", "already taken")
		wantProblem(t, run(t, "shop", "show", "nobody", "--json"), 1, "registry.unknown", "does not exist")
		wantProblem(t, run(t, "shop", "create", "orbite", "--email", "b@example.com", "--plan", "gold", "--json"), 1, "plan", "There are: ")
		broken := write(t, filepath.Join(t.TempDir(), "broken.csv"), "no such column\nx\n")
		wantProblem(t, run(t, "import", "--shop", "garderobe", broken, "--json"), 1, "transfer.no_key", "")
	})
	t.Run("interrupted", func(t *testing.T) { interrupted(t, data, port) })
	heard.bench(t)
	heard.complete(t)
}

// interrupted: a command that is stopped before it was done says so, and neither succeeds nor fails.
func interrupted(t *testing.T, data, port string) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	cmd := exec.CommandContext(t.Context(), self, "seed", "--name", "interrompue", "--shops", "1000", "--workers", "1", "--json")
	cmd.Env = append(apptest.Environment(), "DATA="+data, "PORT="+port)
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	apptest.Eventually(t, "the first shop", func() bool {
		return apptest.Run(t, []string{"DATA=" + data, "PORT=" + port}, "shop", "show", "interrompue-00001").Code == 0
	})
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()                      // its exit code is looked at below
	wantSnake(t, "seed", said.String()) // the log as well
	lines := strings.SplitAfter(strings.TrimSpace(said.String()), "\n")
	wantProblem(t, apptest.Output{Stderr: lines[len(lines)-1] + "\n", Code: cmd.ProcessState.ExitCode()}, 130, "interrupted", "Interrupted")
}

// moveArticles: a dry run writes nothing, an import what it said, and what is exported then changes
// nothing when it is imported again.
func moveArticles(t *testing.T, run func(*testing.T, ...string) apptest.Output) {
	const file = "../../tenant/transfer/testdata/apparel.csv"
	said[row](t, run(t, "shop", "create", "garderobe", "--email", "g@example.com", "--json"))
	counted := func(args ...string) string {
		t.Helper()
		out := run(t, append([]string{"import", "--shop", "garderobe"}, args...)...)
		if out.Code != 0 {
			t.Fatalf("exit code %d\n%s", out.Code, out.Stderr)
		}
		return strings.TrimSpace(out.Stdout)
	}
	const created = "created, 0 updated, 0 unchanged, 0 refused"
	for range 2 {
		if got := counted("--dry-run", file); !strings.Contains(got, created) || strings.Contains(got, ": 0 created") {
			t.Fatalf("dry run: %s", got)
		}
	}
	if got := counted(file); !strings.HasPrefix(got, "done: ") || !strings.Contains(got, created) {
		t.Fatalf("import: %s", got)
	}
	report := said[struct {
		State  string
		Report struct{ Counts map[string]int }
	}](t, run(t, "import", "--shop", "garderobe", "--dry-run", "--json", file))
	if report.State == "" || report.Report.Counts["same"] == 0 {
		t.Errorf("import in JSON: %+v", report)
	}
	export := run(t, "export", "--shop", "garderobe")
	if export.Code != 0 || strings.Count(export.Stdout, "\n") < 10 {
		t.Fatalf("exit code %d\n%s%s", export.Code, export.Stdout, export.Stderr)
	}
	again := write(t, filepath.Join(t.TempDir(), "again.csv"), export.Stdout)
	if got := counted("--dry-run", again); !strings.Contains(got, ": 0 created, 0 updated") || !strings.HasSuffix(got, " 0 refused") {
		t.Errorf("exported and imported again: %s", got)
	}
	broken := write(t, filepath.Join(t.TempDir(), "broken.csv"), "no such column\nx\n")
	wantRefused(t, run(t, "import", "--shop", "garderobe", broken))
	wantRefused(t, run(t, "import", "--shop", "nobody", file), "This shop does not exist")
	wantRefused(t, run(t, "import", "--shop", "garderobe", "--separator", "x", file))
	wantRefused(t, run(t, "export", "--shop", "nobody"), "This shop does not exist")
}

// fillFleet: a fleet is filled, and filled further by what is missing.
func fillFleet(t *testing.T, run func(*testing.T, ...string) apptest.Output) {
	for _, step := range []struct{ shops, articles, opened int }{{2, 12, 2}, {3, 20, 1}, {3, 20, 0}} {
		got := said[struct{ Shops, Opened, Articles int }](t, run(t, "seed", "--name", "flotte", "--json",
			"--shops", strconv.Itoa(step.shops), "--articles", strconv.Itoa(step.articles)))
		if got.Shops != step.shops || got.Opened != step.opened || got.Articles != step.articles {
			t.Errorf("%+v gives %+v", step, got)
		}
	}
	export := run(t, "export", "--shop", "flotte-00003")
	if n := len(regexp.MustCompile(`(?m)^bulk-\d+`).FindAllString(export.Stdout, -1)); n < 20 {
		t.Errorf("%d rows of generated articles:\n%.600s", n, export.Stdout)
	}
	wantRefused(t, run(t, "seed", "--shops", "0"), "at least 1")
}

// commandsAtRest are tried when nobody runs the demo: they bring its database up and leave it as it was.
func commandsAtRest(t *testing.T, data, port, shop string) {
	settings := []string{"DATA=" + data, "PORT=" + port}
	if got := said[row](t, apptest.Run(t, settings, "shop", "show", shop, "--json")); got.Slug != shop {
		t.Errorf("%+v", got)
	}
	migrated(t, apptest.Run(t, settings, "migrate", "--json"))
	out := apptest.Run(t, settings, "doctor", "--json")
	if out.Code != 0 {
		t.Errorf("exit code %d: %s", out.Code, out.Stdout)
	}
	if f := findings(t, out)["local database"]; !f.OK || !strings.Contains(f.Fact, "at rest") {
		t.Errorf("local database: %+v", f)
	}
}

type finding struct {
	Name, Fact, Problem, Remedy string
	OK                          bool
}

func findings(t *testing.T, out apptest.Output) map[string]finding {
	t.Helper()
	var report struct{ Findings []finding }
	if err := json.Unmarshal([]byte(out.Stdout), &report); err != nil {
		t.Fatalf("%v: %s", err, out.Stdout)
	}
	byName := map[string]finding{}
	for _, f := range report.Findings {
		byName[f.Name] = f
	}
	return byName
}

// migrated: nothing was left to do, and nothing failed.
func migrated(t *testing.T, out apptest.Output) {
	t.Helper()
	report := said[map[string]int](t, out)
	if report["latest"] == 0 || report["behind"] != 0 || report["failed"] != 0 || len(report) != 4 {
		t.Errorf("%v", report)
	}
}
