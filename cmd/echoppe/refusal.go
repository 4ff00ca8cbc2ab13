package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"echoppe.dev/cmd/internal/demo"
	"echoppe.dev/cmd/internal/doctor"
	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/config"
	"echoppe.dev/platform/driver/pg/pglocal"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
)

// refusal is what a command could not do: a code for scripts, which is stable, and sentences for people,
// which are not.
type refusal struct {
	Code    string         `json:"code"`
	Message string         `json:"message"`
	Fields  []refusedField `json:"fields,omitempty"`
}

// refusedField is one thing of several that are wrong: a field of what was given, a variable.
type refusedField struct {
	Name    string `json:"name"`
	Code    string `json:"code,omitempty"`
	Message string `json:"message"`
}

// Codes of refusals that are no fault of a room; those have their message key as code.
const (
	codeUsage       = "usage"
	codeInterrupted = "interrupted"
	codeConfig      = "config"
	codeListen      = "listen"
	codeDatabase    = "database"
	codeNoData      = "no_data"
	codeDoctor      = "doctor"
	codeImport      = "import"
	codeMigrate     = "migrate"
	codeNoFile      = "no_file"
	codeBench       = "bench"
	codePlan        = "plan"
	codeTheme       = "theme"
	codeReady       = "ready"
	codeOther       = "other"
)

// told is an error whose text is already for people.
type told struct{ code, text string }

func (t told) Error() string { return t.text }

// refusalOf says what went wrong in words a person can act on.
func refusalOf(err error) refusal {
	if said, ok := errors.AsType[told](err); ok {
		return refusal{Code: said.code, Message: said.text}
	}
	if all, ok := errors.AsType[config.Problems](err); ok {
		return refusalOfConfig(all)
	}
	if problem, ok := errors.AsType[*pglocal.Problem](err); ok {
		return refusal{Code: codeDatabase, Message: problem.What + "\n" + problem.Remedy}
	}
	if empty, ok := errors.AsType[*demo.EmptyError](err); ok {
		return refusal{Code: codeNoData, Message: fmt.Sprintf("There is no échoppe data in %s.\nStart \"echoppe demo\" there first, name another folder with --data or DATA, or set DATABASE_URL for production.", empty.Folder)}
	}
	if failure, ok := errors.AsType[doctor.Failure](err); ok {
		return refusal{Code: codeDoctor, Message: failure.Error()}
	}
	if lost, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return refusal{Code: codeDatabase, Message: fmt.Sprintf("The database cannot be reached: %s.\nSee whether it runs, and whether DATABASE_URL and DATABASE_OWNER_URL lead to it.", rootOf(lost))}
	}
	return refusalOfFault(err)
}

func refusalOfConfig(all config.Problems) refusal {
	r := refusal{Code: codeConfig, Message: "The configuration is not complete or not safe. \"echoppe serve --help\" explains every variable."}
	for _, p := range all {
		r.Fields = append(r.Fields, refusedField{Name: p.Variable, Message: p.Words})
	}
	return r
}

// refusalOfFault takes the words of the house. What has none was not foreseen, and then the error itself
// is all that helps.
func refusalOfFault(err error) refusal {
	words := wire.Words()
	r := refusal{Code: fault.KeyOf(err), Message: words.Explain(i18n.English, err)}
	switch kind := fault.KindOf(err); kind {
	case fault.Internal:
		r.Code, r.Message = codeOther, fmt.Sprintf("It could not be done: %s.\n\"echoppe doctor\" looks for what may be wrong with this machine.", reason(err))
	case fault.Upstream:
		r.Message += "\nIts answer: " + reason(err)
	}
	for _, f := range fault.FieldsOf(err) {
		r.Fields = append(r.Fields, refusedField{Name: f.Name, Code: f.Key, Message: words.T(i18n.English, f.Key, f.Args)})
	}
	return r
}

// reason is the error without the codes of faults, which say nothing to people.
func reason(err error) string {
	for f := (*fault.Error)(nil); errors.As(err, &f); {
		if f.Unwrap() == nil {
			return f.Key()
		}
		err = f.Unwrap()
	}
	return err.Error()
}

// rootOf is the innermost error, which has the fewest words.
func rootOf(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// write prints the refusal: one line of JSON, or sentences.
func (r refusal) write(w io.Writer, asJSON bool) {
	if asJSON {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		_ = e.Encode(struct { // nobody is left to be told
			Error refusal `json:"error"`
		}{r})
		return
	}
	var b strings.Builder
	b.WriteString(r.Message + "\n")
	for _, f := range r.Fields {
		fmt.Fprintf(&b, "  %s: %s\n", f.Name, f.Message)
	}
	_, _ = io.WriteString(w, b.String()) // as above
}
