package main_test

import (
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/bench"
)

var snake = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// wantSnake fails for every key, at any depth, that is not in the one style of the program.
func wantSnake(t *testing.T, what, text string) {
	t.Helper()
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, inner := range v {
				if !snake.MatchString(key) {
					t.Errorf("%s: key %q", what, key)
				}
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	d := json.NewDecoder(strings.NewReader(text))
	for {
		var doc any
		err := d.Decode(&doc)
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Errorf("%s: no JSON: %v: %s", what, err, text)
			return
		}
		walk(doc)
	}
}

// talk is what commands said in JSON while they were tried.
type talk map[string]bool

// hear notes a command by its words and looks at what it printed, on both outputs.
func (h talk) hear(t *testing.T, args []string, out apptest.Output) {
	t.Helper()
	if !slices.Contains(args, "--json") {
		return
	}
	name := args[0]
	if name == "shop" {
		name += " " + args[1]
	}
	wantSnake(t, strings.Join(args, " "), out.Stdout)
	wantSnake(t, strings.Join(args, " "), out.Stderr)
	if out.Code == 0 && out.Stderr != "" {
		t.Errorf("%q says beside its document: %s", args, out.Stderr)
	}
	if out.Code == 0 || strings.TrimSpace(out.Stdout) != "" {
		h[name] = true
	}
}

// complete: every command that has --json was heard.
func (h talk) complete(t *testing.T) {
	t.Helper()
	for _, name := range []string{"migrate", "shop create", "shop list", "shop show", "shop mode", "shop suspend", "import", "export", "seed", "bench", "doctor"} {
		help := apptest.Run(t, nil, append(strings.Fields(name), "--help")...)
		if strings.Contains(help.Stdout, "--json") && !h[name] {
			t.Errorf("%s --json was not tried", name)
		}
	}
}

// A measurement takes too long to be tried here; its document is the same.
func (h talk) bench(t *testing.T) {
	t.Helper()
	text, err := json.Marshal(bench.Report{Rows: []bench.Row{{Measure: "m"}}, Failed: []string{"x"}})
	if err != nil {
		t.Fatal(err)
	}
	wantSnake(t, "bench", string(text))
	h["bench"] = true
}

// problem is a refusal as commands print it with --json.
type problem struct {
	Error struct {
		Code, Message string
		Fields        []struct{ Name, Code, Message string }
	}
}

// wantProblem: a refusal in JSON is one line on standard error, with a code for scripts and a sentence for
// people.
func wantProblem(t *testing.T, out apptest.Output, exit int, code, says string) problem {
	t.Helper()
	var p problem
	if err := json.Unmarshal([]byte(out.Stderr), &p); err != nil {
		t.Fatalf("exit code %d, no JSON: %v\n%s%s", out.Code, err, out.Stdout, out.Stderr)
	}
	if out.Code != exit || p.Error.Code != code || !strings.Contains(p.Error.Message, says) || strings.Count(out.Stderr, "\n") != 1 {
		t.Errorf("exit code %d, %+v; want %d, %s, %q", out.Code, p.Error, exit, code, says)
	}
	return p
}

// What goes wrong before anything is opened: wrong usage, no data, no configuration.
func TestProblems(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"no-such", "--json"}, {"shop", "create", "--json"}, {"migrate", "--workers", "many", "--json"}, {"export", "--json"}} {
		if out := apptest.Run(t, nil, args...); out.Stdout != "" {
			t.Errorf("%q prints %s", args, out.Stdout)
		} else {
			wantProblem(t, out, 2, "usage", "")
		}
	}
	empty := []string{"DATA=" + t.TempDir()}
	wantProblem(t, apptest.Run(t, empty, "shop", "list", "--json"), 1, "no_data", "echoppe demo")
	wantProblem(t, apptest.Run(t, empty, "seed", "--shops", "0", "--json"), 1, "usage", "at least 1")
	fleet := append(empty, "DATABASE_URL=postgres://app:Xk29fhQpZ1mm@127.0.0.1:1/echoppe")
	p := wantProblem(t, apptest.Run(t, fleet, "shop", "list", "--json"), 1, "config", "serve --help")
	if len(p.Error.Fields) < 5 || !slices.ContainsFunc(p.Error.Fields, func(f struct{ Name, Code, Message string }) bool {
		return f.Name == "SECRET_KEYS" && strings.Contains(f.Message, "openssl rand")
	}) {
		t.Errorf("%+v", p.Error.Fields)
	}
	fleet = append(fleet, "DATABASE_OWNER_URL=postgres://owner:Ppq83hHqkZ1x@127.0.0.1:1/echoppe", "PUBLIC_URL=https://shops.example", "REDIS_URL=redis://127.0.0.1:1",
		"S3_BUCKET=objects", "S3_KEY=echoppe", "S3_SECRET=qpwoeiruty29384", "SMTP_URL=smtp://mail.example:587", "MAIL_FROM=a@shops.example",
		"SECRET_KEYS=k1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
	p = wantProblem(t, apptest.Run(t, fleet, "shop", "list", "--json"), 1, "database", "cannot be reached")
	if strings.Contains(p.Error.Message, "Xk29") || strings.Contains(p.Error.Message, "Ppq83") {
		t.Errorf("a password is told: %s", p.Error.Message)
	}
	wantRefused(t, apptest.Run(t, fleet, "migrate"), "The database cannot be reached", "DATABASE_URL")
}
