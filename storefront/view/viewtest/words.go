package viewtest

import (
	"strconv"
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
)

// maker makes the pages of one language.
type maker struct{ l i18n.Locale }

// say picks the words of the language.
func (m maker) say(fr, en, es, de string) string {
	switch m.l {
	case i18n.French:
		return fr
	case i18n.Spanish:
		return es
	case i18n.German:
		return de
	default:
		return en
	}
}

// now is the day on which everything here happens.
var now = time.Date(2026, time.March, 12, 9, 41, 0, 0, time.UTC)

func day(offset int) *time.Time {
	t := now.AddDate(0, 0, offset)
	return &t
}

func (m maker) url(path string) string { return "/" + string(m.l) + path }

func (m maker) money(amount string) view.Money {
	a, err := money.Parse(amount, money.EUR)
	if err != nil {
		panic(err) // a mistake in this file
	}
	return view.Money{Text: i18n.FormatMoney(m.l, a), Amount: amount, Currency: "EUR"}
}

func (m maker) moneyPtr(amount string) *view.Money {
	v := m.money(amount)
	return &v
}

func (m maker) price(now string) *view.Price { return &view.Price{Now: m.money(now), Tax: "gross"} }

func (m maker) reduced(now, was string, percent int) *view.Price {
	p := m.price(now)
	p.Was, p.Percent, p.Lowest = m.moneyPtr(was), percent, m.moneyPtr(was)
	return p
}

// picture is an image of the demo with the widths the shop makes.
func picture(name, alt string, width, height int) *view.Image {
	base := "/media/" + name
	img := &view.Image{URL: base + "-800.webp", Width: width, Height: height, Alt: alt, Zoom: base + "-1600.webp"}
	for _, w := range []int{320, 640, 800, 1600} {
		img.Srcset = append(img.Srcset, view.Source{URL: base + "-" + strconv.Itoa(w) + ".webp", Width: w})
	}
	return img
}

func post(url string, hidden ...string) view.Action {
	a := view.Action{URL: url}
	for i := 0; i+1 < len(hidden); i += 2 {
		a.Hidden = append(a.Hidden, view.Hidden{Name: hidden[i], Value: hidden[i+1]})
	}
	return a
}
