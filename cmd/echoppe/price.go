package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"echoppe.dev/tenant/pricefile"
)

// priceCommand is the price kernel by itself, for tests, simulators and checkers outside.
type priceCommand struct {
	File   string `arg:"" optional:"" help:"A price file, see --schema; - is standard input."`
	Schema bool   `help:"Print the JSON Schema of a price file instead." xor:"schema"`
	Answer bool   `name:"answer-schema" help:"Print the JSON Schema of what is printed instead." xor:"schema"`
	JSON   bool   `help:"Refuse in JSON as well; what is priced always is."`
}

// Validate asks for a file: to wait for typing at a terminal would look like hanging.
func (p *priceCommand) Validate() error {
	if p.File == "" && !p.Schema && !p.Answer {
		return errors.New(`expected "<file>"`)
	}
	return nil
}

// Run prints lines, adjustments, totals and trace.
func (p *priceCommand) Run() error {
	if p.Schema {
		_, err := os.Stdout.Write(pricefile.Schema)
		return err
	}
	if p.Answer {
		_, err := os.Stdout.Write(pricefile.AnswerSchema)
		return err
	}
	f, err := p.read()
	if err != nil {
		return err
	}
	answer, err := f.Price()
	if err != nil {
		return err
	}
	e := json.NewEncoder(os.Stdout)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(answer)
}

func (p *priceCommand) read() (*pricefile.File, error) {
	var from io.Reader = os.Stdin
	if p.File != "-" {
		file, err := os.Open(p.File)
		if err != nil {
			return nil, told{codeNoFile, fmt.Sprintf("The file cannot be opened: %v.", err)}
		}
		defer file.Close()
		from = file
	}
	return pricefile.Read(from)
}
