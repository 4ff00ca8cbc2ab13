package main

import (
	"fmt"
	"os"
	"strings"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/liquid/lint"
)

// themeCheckCommand is the linter of themes.
type themeCheckCommand struct {
	Folder string `arg:"" help:"The theme's folder, with layout, templates, sections, snippets, locales …"`
	Strict bool   `help:"Fail on warnings, too."`
	JSON   bool   `help:"Print findings in JSON."`
}

// Run prints findings, and fails when there are errors among them.
func (t *themeCheckCommand) Run() error {
	if info, err := os.Stat(t.Folder); err != nil || !info.IsDir() {
		return told{codeNoFile, fmt.Sprintf("There is no folder %q.", t.Folder)}
	}
	found, err := wire.CheckTheme(os.DirFS(t.Folder))
	if err != nil {
		return told{codeNoFile, fmt.Sprintf("The theme cannot be read: %v.", err)}
	}
	if found == nil {
		found = []lint.Finding{}
	}
	if err := report(t.JSON, found, func() string { return findings(found) }); err != nil {
		return err
	}
	mistakes := 0
	for _, f := range found {
		if f.Error || t.Strict {
			mistakes++
		}
	}
	if mistakes > 0 {
		return told{codeTheme, fmt.Sprintf("%d of %d findings are to be mended.", mistakes, len(found))}
	}
	return nil
}

// findings shows each with its line.
func findings(found []lint.Finding) string {
	if len(found) == 0 {
		return "Nothing to mend."
	}
	var b strings.Builder
	for _, f := range found {
		severity := "warning"
		if f.Error {
			severity = "error"
		}
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s [%s]\n", f.Template, f.Place.Line, f.Place.Column, severity, f.Message(), f.Rule)
		if f.Excerpt != "" {
			fmt.Fprintf(&b, "    %s\n", f.Excerpt)
		}
		if f.Hint != "" {
			fmt.Fprintf(&b, "    did you mean %q?\n", f.Hint)
		}
	}
	return strings.TrimRight(b.String(), "\n")
}
