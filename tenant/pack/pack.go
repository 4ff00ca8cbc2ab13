package pack

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// Pack is what a country means for a shop.
type Pack struct {
	Country  string         `json:"country"`
	Currency money.Currency `json:"currency"`
	// Sources are the laws and other grounds of the numbers below.
	Sources  []Source     `json:"sources"`
	Tax      settings.Tax `json:"tax"`
	Shipping []Mode       `json:"shipping"`
}

// Source is a ground of the numbers: what it is about, "prices", and the law as its country cites it, "PAngV § 3".
// Whoever shows it says what On is in his reader's language.
type Source struct {
	On  string `json:"on"`
	Law string `json:"law,omitempty"` // none where the words about On cite it
}

// Mode is a way to deliver of a pack, known by its code within it.
type Mode struct {
	Code string `json:"code"`
	shipping.Mode
}

//go:embed data/*.json
var data embed.FS

var all = sync.OnceValue(func() []Pack {
	packs, err := read()
	if err != nil {
		panic(fmt.Sprintf("pack: %v", err)) // built into the program, read by its tests
	}
	return packs
})

func read() ([]Pack, error) {
	files, err := data.ReadDir("data")
	if err != nil {
		return nil, err
	}
	packs := make([]Pack, len(files))
	for i, f := range files {
		text, err := data.ReadFile("data/" + f.Name())
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, &packs[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
	}
	slices.SortFunc(packs, func(a, b Pack) int { return strings.Compare(a.Country, b.Country) })
	return packs, nil
}

// All lists the packs by country.
func All() []Pack { return slices.Clone(all()) }

// Find is the pack of a country; false where there is none.
func Find(country string) (Pack, bool) {
	for _, p := range all() {
		if p.Country == country {
			return p, true
		}
	}
	return Pack{}, false
}
