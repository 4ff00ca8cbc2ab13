package main

import (
	"encoding/json"
	"fmt"
	"os"

	"echoppe.dev/platform/fleet/audit"
)

// byCommand is who acts when an operator types a command.
var byCommand = audit.Actor{Name: "command line"}

// report writes v as one JSON document, or the text for people.
func report(asJSON bool, v any, text func() string) error {
	if !asJSON {
		_, err := fmt.Println(text())
		return err
	}
	e := json.NewEncoder(os.Stdout)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
