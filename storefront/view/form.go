package view

import "net/url"

// Form is where a form goes and what was wrong with it as a whole. Error is a
// finished sentence, "" when there is none.
type Form struct {
	Action Action `liquid:"action"`
	Error  string `liquid:"error"`
}

// Input is one field of a form: its name, what was typed, and what is wrong with it.
type Input struct {
	Name  string `liquid:"name"`
	Value string `liquid:"value"`
	Error string `liquid:"error"`
	Min   int    `liquid:"min"` // of a new password: how many characters it takes; else 0
}

// Filled returns a maker of inputs for a form that comes back: it keeps the typed
// values and puts each message beside its field. Either argument may be nil.
func Filled(typed url.Values, messages map[string]string) func(name string) Input {
	return func(name string) Input {
		return Input{Name: name, Value: typed.Get(name), Error: messages[name]}
	}
}

// AddressForm is the fields of one address, in the order and with the requirements
// of its country.
type AddressForm struct {
	Name    string         `liquid:"name"` // prefix of the element ids: "delivery", "billing"
	Country Input          `liquid:"country"`
	Choices []Choice       `liquid:"countries"`
	Fields  []AddressField `liquid:"fields"`
}

// AddressField is one line of an address form. Key is stable and chooses the words
// of the theme (locales: address.<key>): name, company, line1, line2, postcode,
// zip, city, region, province, state, county, canton, prefecture, phone, vat_number.
type AddressField struct {
	Key          string   `liquid:"key"`
	Label        string   `liquid:"label"` // overrides the theme's word when not ""
	Input        Input    `liquid:"input"`
	Required     bool     `liquid:"required"`
	Half         bool     `liquid:"half"`         // short: may share its row
	Autocomplete string   `liquid:"autocomplete"` // with its section: "shipping postal-code"
	Kind         string   `liquid:"kind"`         // "text", "tel" or "select"
	Choices      []Choice `liquid:"choices"`
	Note         string   `liquid:"note"` // about what stands in it, which is no error
}
