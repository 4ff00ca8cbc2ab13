package config

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/caarlos0/env/v11"
)

// Problem is one thing that is wrong with the environment.
type Problem struct {
	Variable string
	Words    string
}

func (p Problem) String() string { return p.Variable + ": " + p.Words }

// Problems is all that is wrong, as an error of one line each.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// Load reads the environment, given as in os.Environ, and checks it for mode. A
// secret may stand in a file that the variable with FileSuffix names. The error is
// a Problems.
func Load(environ []string, mode Mode) (Config, error) {
	values := map[string]string{}
	for _, entry := range environ {
		if name, value, ok := strings.Cut(entry, "="); ok && strings.TrimSpace(value) != "" {
			values[name] = strings.TrimSpace(value)
		}
	}
	var c Config
	problems := readFiles(values)
	problems = append(problems, parseProblems(env.ParseWithOptions(&c, env.Options{Environment: values}))...)
	unread := map[string]bool{}
	for _, p := range problems {
		unread[strings.TrimSuffix(p.Variable, FileSuffix)] = true
	}
	for _, p := range c.Check(mode) {
		if !unread[p.Variable] {
			problems = append(problems, p)
		}
	}
	if len(problems) > 0 {
		return c, problems
	}
	return c, nil
}

// parseProblems names the variables whose values have the wrong type.
func parseProblems(err error) Problems {
	if err == nil {
		return nil
	}
	all, ok := errors.AsType[env.AggregateError](err)
	if !ok {
		return Problems{{"environment", err.Error()}}
	}
	var out Problems
	for _, one := range all.Errors {
		p, ok := errors.AsType[env.ParseError](one)
		if !ok {
			out = append(out, Problem{"environment", one.Error()})
			continue
		}
		field, _ := reflect.TypeFor[Config]().FieldByName(p.Name)
		out = append(out, Problem{field.Tag.Get("env"), "cannot be read as " + kindWords(field.Type)})
	}
	return out
}

func kindWords(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a whole number"
	case reflect.Slice:
		return "a list of networks such as 10.0.0.0/8,192.168.1.7/32"
	default:
		return t.String()
	}
}

// Table describes every variable in Markdown, for the README.
func Table() string {
	var b strings.Builder
	b.WriteString("| Variable | Default | Meaning |\n| --- | --- | --- |\n")
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Config]()) {
		fallback := f.Tag.Get("envDefault")
		switch {
		case f.Tag.Get("need") == string(Serve):
			fallback = "*needed by serve*"
		case fallback != "":
			fallback = "`" + fallback + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", f.Tag.Get("env"), fallback, strings.ReplaceAll(f.Tag.Get("doc"), "|", `\|`))
	}
	return b.String()
}
