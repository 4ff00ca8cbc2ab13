package fianet

import (
	"encoding/xml"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/fraud"
)

// control is an order as the scorer is told of it.
type control struct {
	XMLName xml.Name `xml:"control"`
	Parts   []part
	Order   info    `xml:"infocommande"`
	Payment payment `xml:"paiement"`
}

// part is one of the two people, or one of the two addresses: they follow each other in pairs.
type part struct {
	Person *person
	Place  *place
}

type person struct {
	XMLName xml.Name `xml:"utilisateur"`
	Type    string   `xml:"type,attr"`
	Quality int      `xml:"qualite,attr"` // 1 a company, 2 a person
	Name    string   `xml:"nom"`
	First   string   `xml:"prenom,omitempty"`
	Company string   `xml:"societe,omitempty"`
	Phone   string   `xml:"telhome,omitempty"`
	Mail    string   `xml:"email,omitempty"`
}

type place struct {
	XMLName xml.Name `xml:"adresse"`
	Type    string   `xml:"type,attr"`
	Format  int      `xml:"format,attr"`
	Line1   string   `xml:"rue1"`
	Line2   string   `xml:"rue2,omitempty"`
	Code    string   `xml:"cpostal"`
	City    string   `xml:"ville"`
	Country string   `xml:"pays"`
}

type info struct {
	Site    string  `xml:"siteid"`
	Ref     string  `xml:"refid"`
	Amount  amount  `xml:"montant"`
	Client  *client `xml:"ip"`
	Carrier carrier `xml:"transport"`
	List    list    `xml:"list"`
}

type amount struct {
	Currency string `xml:"devise,attr"`
	Value    string `xml:",chardata"`
}

type client struct {
	At      string `xml:"timestamp,attr"`
	Address string `xml:",chardata"`
}

type carrier struct {
	Type int    `xml:"type"` // 4 a carrier, 5 downloaded or nothing carried
	Name string `xml:"nom"`
	Pace int    `xml:"rapidite"` // 1 express, 2 standard
}

type list struct {
	Count int     `xml:"nbproduit,attr"`
	Items []piece `xml:"produit"`
}

type piece struct {
	Type int    `xml:"type,attr"`
	Ref  string `xml:"ref,attr"`
	Qty  int    `xml:"nb,attr"`
	Unit string `xml:"prixunit,attr"`
	Name string `xml:",chardata"`
}

type payment struct {
	Type string `xml:"type"`
}

// timeFormat is how times are written.
const timeFormat = "2006-01-02 15:04:05"

// document describes a case for a site.
func document(site string, c fraud.Case) ([]byte, error) {
	d := control{
		Order: info{Site: site, Ref: c.Number, Amount: amount{c.Amount.Currency().Code(), c.Amount.Decimal().StringFixed(2)},
			Carrier: carrier{Type: 4, Name: c.Carrier, Pace: 2}},
		Payment: payment{"carte"},
	}
	d.add("facturation", c.Billing, c.Phone, c.Mail)
	if c.Delivery.IsZero() {
		d.Order.Carrier = carrier{Type: 5, Name: "-", Pace: 1}
	} else {
		d.add("livraison", c.Delivery, c.Delivery.Phone, "")
	}
	if c.Client.IsValid() {
		d.Order.Client = &client{c.At.UTC().Format(timeFormat), c.Client.String()}
	}
	for _, p := range c.Pieces {
		d.Order.List.Count += p.Qty
		d.Order.List.Items = append(d.Order.List.Items, piece{Type: 1, Ref: p.SKU, Qty: p.Qty, Unit: p.Unit.Decimal().StringFixed(2), Name: p.Name})
	}
	text, err := xml.MarshalIndent(d, "", " ")
	return append([]byte(xml.Header), text...), err
}

func (d *control) add(role string, a address.Address, phone, mail string) {
	who := &person{Type: role, Quality: 2, Phone: phone, Mail: mail, Company: a.Company}
	if a.Company != "" {
		who.Quality = 1
	}
	// One field holds the whole name; what stands first is taken for the first name.
	if first, last, ok := strings.Cut(a.Name, " "); ok {
		who.First, who.Name = first, last
	} else {
		who.Name = a.Name
	}
	d.Parts = append(d.Parts, part{Person: who}, part{Place: &place{Type: role, Format: 1, Line1: a.Line1, Line2: a.Line2, Code: a.Postcode, City: a.City,
		Country: address.CountryName(i18n.French, a.Country)}})
}

// MarshalXML writes the person or the place alone.
func (p part) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	if p.Person != nil {
		return e.Encode(p.Person)
	}
	return e.Encode(p.Place)
}

// notJudged is an eval that says nothing.
const notJudged = -1

// readEval finds the <eval> of an answer, wherever it stands; false where there is none, or it is no number from -1 to
// 100.
func readEval(body []byte) (int, bool) {
	d := xml.NewDecoder(strings.NewReader(string(body)))
	d.CharsetReader = asIs
	for {
		token, err := d.Token()
		if err != nil {
			return 0, false
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "eval" {
			continue
		}
		var text string
		if d.DecodeElement(&text, &start) != nil {
			return 0, false
		}
		n, err := strconv.Atoi(strings.TrimSpace(text))
		return n, err == nil && n >= notJudged && n <= 100
	}
}
