package rivals

import (
	"bytes"
	"context"
)

func templs() (Rival, error) {
	return Rival{Name: "templ", Draw: func(out *bytes.Buffer, p *Page) error { return listPage(p).Render(context.Background(), out) }}, nil
}

func cardClass(c *Card) string {
	if c.Out {
		return "card out"
	}
	return "card"
}
