package rivals

import (
	"bytes"
	"fmt"
)

// Page is what is drawn.
type Page struct {
	Title  string `liquid:"title"`
	Lead   string `liquid:"lead"`
	Trail  []Link `liquid:"trail"`
	Facets []Link `liquid:"facets"`
	Cards  []Card `liquid:"cards"`
	Pages  []Link `liquid:"pages"`
}

// Link is a link with how many things are behind it.
type Link struct {
	Name  string `liquid:"name"`
	URL   string `liquid:"url"`
	Count int    `liquid:"count"`
	Here  bool   `liquid:"here"`
}

// Card is an article of the list.
type Card struct {
	Name   string   `liquid:"name"`
	URL    string   `liquid:"url"`
	Brand  string   `liquid:"brand"`
	Image  *Image   `liquid:"image"`
	Badges []string `liquid:"badges"`
	Price  Price    `liquid:"price"`
	Out    bool     `liquid:"out"`
}

// Image is a picture.
type Image struct {
	Src    string `liquid:"src"`
	Small  string `liquid:"small"`
	Width  int    `liquid:"width"`
	Height int    `liquid:"height"`
}

// Price is what it costs.
type Price struct {
	Now     string `liquid:"now"`
	Was     string `liquid:"was"`
	Percent int    `liquid:"percent"`
}

// cards is how many articles the page has.
const cards = 24

// Sample is the page they draw.
func Sample() *Page {
	p := &Page{Title: "Tasses & bols", Lead: "Grès émaillé, cuit à 1 280 °C : chaque pièce est <unique>.",
		Trail: []Link{{Name: "Accueil", URL: "/"}, {Name: "Maison", URL: "/maison"}, {Name: "Tasses & bols", URL: "/maison/tasses", Here: true}}}
	for i, name := range []string{"Blanc", "Bleu nuit", "Vert d’eau", "Grès brut", "Sable", "Noir"} {
		p.Facets = append(p.Facets, Link{Name: name, URL: fmt.Sprintf("/maison/tasses/couleur-%d", i), Count: 3 + i*2, Here: i == 2})
	}
	for i := range cards {
		c := Card{Name: fmt.Sprintf(`Tasse "matin" n° %d, l’été`, i+1), URL: fmt.Sprintf("/p/tasse-%d", i+1), Price: Price{Now: fmt.Sprintf("%d,50 €", 12+i)}, Out: i%11 == 10}
		if i%4 != 3 {
			c.Image = &Image{Src: fmt.Sprintf("/media/%d/900.jpg", i), Small: fmt.Sprintf("/media/%d/300.jpg", i), Width: 900, Height: 675}
		}
		if i%3 == 0 {
			c.Price.Was, c.Price.Percent, c.Badges = fmt.Sprintf("%d,50 €", 15+i), 20, []string{"sale"}
		}
		if i%5 == 0 {
			c.Badges = append(c.Badges, "new")
		}
		if i%2 == 0 {
			c.Brand = "Atelier Lune & fils"
		}
		p.Cards = append(p.Cards, c)
	}
	for i := range 5 {
		p.Pages = append(p.Pages, Link{Name: fmt.Sprint(i + 1), URL: fmt.Sprintf("/maison/tasses/page-%d", i+1), Here: i == 0})
	}
	return p
}

// Rival draws the page into a buffer that was emptied.
type Rival struct {
	Name string
	Draw func(out *bytes.Buffer, p *Page) error
}

// All are all of them, ours first.
func All() ([]Rival, error) {
	var all []Rival
	for _, open := range []func() (Rival, error){ours, osteele, standard, templs} {
		c, err := open()
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", c.Name, err)
		}
		all = append(all, c)
	}
	return all, nil
}
