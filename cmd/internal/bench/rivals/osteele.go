package rivals

import (
	"bytes"

	"github.com/osteele/liquid"
	"github.com/osteele/liquid/render"
)

// sources answers for the file of a card.
type sources struct{}

func (sources) ReadTemplate(string) ([]byte, error) { return []byte(card), nil }

// osteele is drawn by its own render tag, which parses the file of a card once.
func osteele() (Rival, error) {
	c := Rival{Name: "osteele/liquid"}
	engine := liquid.NewEngine()
	engine.SetAutoEscapeReplacer(render.HtmlEscaper)
	engine.RegisterTemplateStore(sources{})
	if _, err := engine.ParseTemplateAndCache([]byte(card), "card", 1); err != nil {
		return c, err
	}
	outer, err := engine.ParseTemplateAndCache([]byte(page), "page", 1)
	if err != nil {
		return c, err
	}
	c.Draw = func(out *bytes.Buffer, p *Page) error {
		err := outer.FRender(out, liquid.Bindings{"title": p.Title, "lead": p.Lead, "trail": p.Trail, "facets": p.Facets, "cards": p.Cards, "pages": p.Pages})
		if err != nil {
			return err
		}
		return nil
	}
	return c, nil
}
