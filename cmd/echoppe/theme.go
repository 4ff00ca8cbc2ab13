package main

import (
	"os"

	"echoppe.dev/themes"
)

// themeCommands are for authors of themes.
type themeCommands struct {
	Check   themeCheckCommand   `cmd:"" help:"Find what is probably wrong in a theme, without drawing it."`
	Objects themeObjectsCommand `cmd:"" help:"Print what templates can read, in Markdown."`
}

type themeObjectsCommand struct{}

// Run prints the document of the view.
func (themeObjectsCommand) Run() error {
	_, err := os.Stdout.WriteString(themes.Objects)
	return err
}
