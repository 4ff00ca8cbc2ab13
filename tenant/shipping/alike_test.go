package shipping_test

import (
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/shipping"
)

// SHP-01: what buyers cannot tell from another mode, and what they can.
func TestAlike(t *testing.T) {
	t.Parallel()
	flat := func(fee string, zones ...shipping.Zone) shipping.Mode {
		return shipping.Mode{ID: fee, Name: i18n.Text{"en": "Post", "fr": "Poste"}, Calculator: "flat", Values: values("fee", fee), Zones: zones}
	}
	fr, eu := shipping.Zone{Country: "FR"}, shipping.Zone{Country: shipping.Union}
	corsica := shipping.Zone{Country: "FR", Postcodes: []string{"20*"}}
	named := func(m shipping.Mode, name i18n.Text) shipping.Mode {
		m.Name = name
		return m
	}
	insured := flat("5", fr)
	insured.Insurance.Compulsory = true
	for _, tt := range []struct {
		name            string
		a, b            shipping.Mode
		alike, namesake bool
	}{
		{"SHP-01 the same twice", flat("5", fr), flat("5", fr), true, true},
		{"SHP-01 by another name", flat("5", fr), named(flat("5", fr), i18n.Text{"en": "Courier"}), true, false},
		{"SHP-01 everywhere is everywhere", flat("5"), flat("5", shipping.Zone{Country: shipping.Everywhere}), true, true},
		{"SHP-01 zones in another order", flat("5", fr, shipping.Zone{Country: "CH"}), flat("5", shipping.Zone{Country: "CH"}, fr), true, true},
		{"SHP-01 one is dearer", flat("5", fr), flat("9", fr), false, true},
		{"SHP-01 one is dearer, by another name", flat("5", fr), named(flat("9", fr), i18n.Text{"en": "Express"}), false, false},
		{"SHP-01 one goes further", flat("5", fr), flat("5", eu), false, true},
		{"SHP-01 one goes everywhere", flat("5", fr), flat("5"), false, true},
		{"SHP-01 a part of the other", flat("5", fr), flat("5", corsica), false, true},
		{"SHP-01 other places", flat("5", fr), flat("5", shipping.Zone{Country: "CH"}), false, false},
		{"SHP-09 one is insured", flat("5", fr), insured, false, true},
		{"SHP-01 names in other languages", flat("5", fr), named(flat("6", fr), i18n.Text{"de": "Post"}), false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, pair := range [][2]shipping.Mode{{tt.a, tt.b}, {tt.b, tt.a}} {
				if got := shipping.Alike(pair[0], pair[1]); got != tt.alike {
					t.Errorf("alike: %t", got)
				}
				if got := shipping.Namesakes(pair[0], pair[1]); got != tt.namesake {
					t.Errorf("namesakes: %t", got)
				}
			}
		})
	}
}
