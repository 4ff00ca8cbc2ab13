package liquid_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/standard"
	"echoppe.dev/platform/driver/liquid/value"
)

// goldenCase is a case of the golden suite: a template with its data, and what it prints, or that it is a mistake.
type goldenCase struct {
	Name      string            `json:"name"`
	Template  string            `json:"template"`
	Templates map[string]string `json:"templates"`
	Data      json.RawMessage   `json:"data"`
	Result    *string           `json:"result"`
	Results   []string          `json:"results"`
	Invalid   bool              `json:"invalid"`
}

// different are cases that are meant to come out otherwise, by the beginning of their names, with the reason.
var different = map[string]string{
	"tags, include,":                    "there is no include: see package syntax",
	"tags, case, unexpected when token": "only the strict grammar is read: 'and' between the values of a when is a mistake",
}

// TestGolden draws every case of the independent golden suite (github.com/jg-rp/golden-liquid), or of the file GOLDEN_LIQUID names,
// and counts those that come out as written. Cases print without escaping, as the suite expects.
func TestGolden(t *testing.T) {
	path := "testdata/golden_liquid.json"
	if other := os.Getenv("GOLDEN_LIQUID"); other != "" {
		path = other
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var suite struct {
		Tests []goldenCase `json:"tests"`
	}
	if err := json.Unmarshal(data, &suite); err != nil {
		t.Fatal(err)
	}
	passed, failed, apart := 0, 0, 0
	for _, c := range suite.Tests {
		got, err := c.draw(t)
		switch {
		case c.fits(got, err):
			passed++
		case meant(c.Name):
			apart++
		default:
			failed++
			t.Errorf("%s\n%s\n%s\ngot  %q, %v\nwant %s", c.Name, c.Template, c.Data, got, err, c.wanted())
		}
	}
	t.Logf("%d cases: %d passed, %d failed, %d meant to differ", len(suite.Tests), passed, failed, apart)
}

func meant(name string) bool {
	for prefix := range different {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

func (c goldenCase) fits(got string, err error) bool {
	switch {
	case c.Invalid:
		return err != nil
	case err != nil:
		return false
	case c.Result != nil:
		return got == *c.Result
	}
	return slices.Contains(c.Results, got)
}

func (c goldenCase) wanted() string {
	switch {
	case c.Invalid:
		return "a mistake"
	case c.Result != nil:
		return fmt.Sprintf("%q", *c.Result)
	}
	return fmt.Sprintf("%q", c.Results)
}

// partials are the files of a case.
type partials struct {
	engine *liquid.Engine
	files  map[string]string
}

func (p partials) Snippet(name string) (*liquid.Template, error) {
	source, ok := p.files[name]
	if !ok {
		return nil, errors.New("no file " + name)
	}
	return p.engine.Parse(name, source)
}

func (p partials) Section(string) (*liquid.Template, value.Value, error) {
	return nil, value.None, errors.New("no sections")
}

func (c goldenCase) draw(t *testing.T) (string, error) {
	e := liquid.New(liquid.Options{Filters: standard.Filters()})
	tpl, err := e.Parse(c.Name, c.Template)
	if err != nil {
		return "", err
	}
	run := liquid.Begin(t.Context(), &liquid.Env{Data: ordered(t, c.Data), Files: partials{e, c.Templates}, Plain: true})
	defer run.End()
	if err := run.Draw(tpl); err != nil {
		return "", err
	}
	return string(run.Bytes()), nil
}

// ordered reads JSON, keeping the order of names.
func ordered(t *testing.T, text []byte) value.Value {
	t.Helper()
	if len(text) == 0 {
		return value.OfDict(value.NewDictionary(0))
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	v, err := orderedValue(d)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func orderedValue(d *json.Decoder) (value.Value, error) {
	token, err := d.Token()
	if err != nil {
		return value.None, err
	}
	switch x := token.(type) {
	case json.Delim:
		if x == '[' {
			var list []value.Value
			for d.More() {
				v, err := orderedValue(d)
				if err != nil {
					return value.None, err
				}
				list = append(list, v)
			}
			_, err = d.Token()
			return value.OfList(list), err
		}
		dict := value.NewDictionary(0)
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return value.None, err
			}
			v, err := orderedValue(d)
			if err != nil {
				return value.None, err
			}
			dict.Set(name.(string), v)
		}
		_, err = d.Token()
		return value.OfDict(dict), err
	case json.Number:
		if i, err := x.Int64(); err == nil {
			return value.OfInt64(i), nil
		}
		f, err := x.Float64()
		return value.OfFloat(f), err
	}
	return value.Of(token), nil
}
