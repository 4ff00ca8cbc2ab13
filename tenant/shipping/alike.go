package shipping

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Alike tells that two modes go to the same places and charge the same for everything: a buyer who is offered
// one is offered the other, and only their names differ. One that costs more is another matter: it may be faster.
func Alike(a, b Mode) bool { return sameZones(a.Zones, b.Zones) && sameTable(a, b) }

// Namesakes tells that buyers would be offered two modes by the same name: they share a place, and in a language in
// which both have a name it is the same.
func Namesakes(a, b Mode) bool {
	if len(a.Zones) > 0 && len(b.Zones) > 0 && !slices.ContainsFunc(a.Zones, func(z Zone) bool { return slices.ContainsFunc(b.Zones, z.touches) }) {
		return false
	}
	for l, name := range a.Name {
		if name != "" && name == b.Name[l] {
			return true
		}
	}
	return false
}

// touches tells that one of two zones holds the other: what two zones share otherwise is not told.
func (z Zone) touches(other Zone) bool { return z.covers(other) || other.covers(z) }

// sameZones tells that each place of one mode is one of the other.
func sameZones(a, b []Zone) bool {
	within := func(some, all []Zone) bool {
		return len(all) == 0 || len(some) > 0 && !slices.ContainsFunc(some, func(z Zone) bool {
			return !slices.ContainsFunc(all, func(wide Zone) bool { return wide.covers(z) })
		})
	}
	everywhere := []Zone{{Country: Everywhere}}
	if len(a) == 0 {
		a = everywhere
	}
	if len(b) == 0 {
		b = everywhere
	}
	return within(a, b) && within(b, a)
}

// sameTable compares all that a cost depends on, as it is stored.
func sameTable(a, b Mode) bool {
	for _, m := range []*Mode{&a, &b} {
		m.ID, m.Name, m.Zones = "", nil, nil
	}
	one, err := json.Marshal(a)
	other, fails := json.Marshal(b)
	return err == nil && fails == nil && bytes.Equal(one, other)
}
