package view

import (
	"echoppe.dev/platform/driver/theme"
)

// HTML is sanitised markup; the engine prints it as it is.
type HTML = theme.HTML

// Money is an amount as the page shows it. Text is the finished, localised text
// ("12,40 €"); when it is empty the money filter makes it from Amount and Currency.
type Money struct {
	Text     string `liquid:"text" json:"text,omitempty"`
	Amount   string `liquid:"amount" json:"amount"`     // plain decimal, "12.40"
	Currency string `liquid:"currency" json:"currency"` // ISO 4217
}

// String is the text, so that {{ price.now }} prints what {{ price.now | money }} prints.
func (m Money) String() string { return m.Text }

// MoneyText, MoneyAmount and MoneyCurrency let the engine's money filter read an
// amount without knowing this package.
func (m Money) MoneyText() string { return m.Text }

// MoneyAmount is the plain decimal.
func (m Money) MoneyAmount() string { return m.Amount }

// MoneyCurrency is the ISO 4217 code.
func (m Money) MoneyCurrency() string { return m.Currency }

// Image is a picture with its smaller versions. Width and Height are those of URL
// and are always set, so that a page does not move while its pictures arrive.
type Image struct {
	URL    string   `liquid:"url"`
	Width  int      `liquid:"width"`
	Height int      `liquid:"height"`
	Alt    string   `liquid:"alt"` // "" for decoration
	Srcset []Source `liquid:"srcset"`
	Zoom   string   `liquid:"zoom"`   // address of the largest version; "" when there is none larger
	Choice string   `liquid:"choice"` // of a product: the field and value it shows, "o_colour=red"; "" for any
}

// Source is one width of an image.
type Source struct {
	URL   string `liquid:"url"`
	Width int    `liquid:"width"`
}

// Link is a text with an address, possibly with links below it.
type Link struct {
	Label    string  `liquid:"label"`
	URL      string  `liquid:"url"`
	Current  bool    `liquid:"current"`
	Count    int     `liquid:"count"` // how many articles are behind it; 0 = not said
	Children []*Link `liquid:"children"`
}

// Pair is a name and its value, as in "Size: L" or "IBAN: FR76 …".
type Pair struct {
	Name  string `liquid:"name"`
	Value string `liquid:"value"`
	Code  bool   `liquid:"code"` // to be copied exactly (IBAN, reference)
}

// Choice is one of several values of a form control.
type Choice struct {
	Value    string `liquid:"value"`
	Label    string `liquid:"label"`
	Selected bool   `liquid:"selected"`
	Disabled bool   `liquid:"disabled"`
}

// Hidden is a hidden field a form must send back unchanged.
type Hidden struct {
	Name  string `liquid:"name"`
	Value string `liquid:"value"`
}

// Action is something one button does: a POST to URL with the hidden fields.
type Action struct {
	URL    string   `liquid:"url"`
	Hidden []Hidden `liquid:"hidden"`
}

// FormURL and FormField let the form tag open it.
func (a *Action) FormURL() string { return a.URL }

// FormField is its n-th hidden field.
func (a *Action) FormField(n int) (name, value string, ok bool) {
	if n >= len(a.Hidden) {
		return "", "", false
	}
	return a.Hidden[n].Name, a.Hidden[n].Value, true
}

// ImageAttributes and ImageSource let the engine's image filters draw a picture
// without knowing this package.
func (i *Image) ImageAttributes() (src, alt string, width, height int) {
	return i.URL, i.Alt, i.Width, i.Height
}

// ImageSource is its n-th smaller version.
func (i *Image) ImageSource(n int) (url string, width int, ok bool) {
	if n >= len(i.Srcset) {
		return "", 0, false
	}
	return i.Srcset[n].URL, i.Srcset[n].Width, true
}

var (
	_ theme.Money   = Money{}
	_ theme.Picture = (*Image)(nil)
)
