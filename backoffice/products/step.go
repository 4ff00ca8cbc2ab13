package products

import (
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/tenant/catalog"
)

// step changes the sheet as its button says and reports whether there was something to do other
// than saving. The words are "picture.up.2", "panel.drop.0", "node.find", "link.find",
// "photos.add", "prices.add"; "publish" and "withdraw" save as well.
func (s *sheet) step() bool {
	thing, rest, _ := strings.Cut(s.Do, ".")
	deed, number, _ := strings.Cut(rest, ".")
	at, err := strconv.Atoi(number)
	switch thing {
	case "publish":
		s.State = string(catalog.Published)
		return false
	case "withdraw":
		s.State = string(catalog.Draft)
		return false
	case "picture":
		s.Pictures = arrange(s.Pictures, deed, at, err == nil)
		return true
	case "panel":
		s.Panels = arrange(s.Panels, deed, at, err == nil)
		return true
	case "prices":
		if len(s.Prices) < maxPriceRows {
			s.Prices = append(s.Prices, priceRow{})
		}
		return true
	case "node", "link", "photos":
		return true
	}
	return false
}

// arrange moves or drops the element at a place; a place that is not there changes nothing.
func arrange[T any](list []T, deed string, at int, named bool) []T {
	if !named || at < 0 || at >= len(list) {
		return list
	}
	switch {
	case deed == "up" && at > 0:
		list[at-1], list[at] = list[at], list[at-1]
	case deed == "down" && at < len(list)-1:
		list[at+1], list[at] = list[at], list[at+1]
	case deed == "drop":
		return slices.Delete(list, at, at+1)
	}
	return list
}
