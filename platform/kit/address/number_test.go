package address_test

import (
	"testing"

	"echoppe.dev/platform/kit/address"
)

func TestCountryNumber(t *testing.T) {
	for code, want := range map[string]string{"FR": "250", "DE": "276", "ES": "724", "BE": "056", "GP": "312", "": "", "ZZ": "", "fr": ""} {
		if got := address.CountryNumber(code); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
}
