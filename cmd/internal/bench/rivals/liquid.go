package rivals

import (
	"bytes"
	"context"
	"errors"

	"echoppe.dev/platform/driver/liquid"
	filters "echoppe.dev/platform/driver/liquid/standard"
	"echoppe.dev/platform/driver/liquid/value"
)

// page and card are the files of the two engines for Liquid.
const (
	page = `<!doctype html><html lang="fr"><head><title>{{ title }}</title></head><body><nav><ol>{% for l in trail %}<li>{% if l.here %}<span aria-current="page">{{ l.name }}</span>{% else %}<a href="{{ l.url }}">{{ l.name }}</a>{% endif %}</li>{% endfor %}</ol></nav><main><h1>{{ title }}</h1>{% if lead != "" %}<p class="lead">{{ lead }}</p>{% endif %}<ul class="facets">{% for l in facets %}<li{% if l.here %} class="on"{% endif %}><a href="{{ l.url }}">{{ l.name }} <small>{{ l.count }}</small></a></li>{% endfor %}</ul><p class="count">{{ cards.size }}</p><ul class="grid">{% for c in cards %}{% if forloop.index0 < 4 %}{% assign eager = true %}{% else %}{% assign eager = false %}{% endif %}{% render "card", card: c, eager: eager %}{% endfor %}</ul><nav><ul>{% for l in pages %}<li>{% if l.here %}<b aria-current="page">{{ l.name }}</b>{% else %}<a href="{{ l.url }}">{{ l.name }}</a>{% endif %}</li>{% endfor %}</ul></nav></main></body></html>`
	card = `<li class="card{% if card.out %} out{% endif %}"><a href="{{ card.url }}">{% if card.image %}<img src="{{ card.image.src }}" srcset="{{ card.image.small }} 300w, {{ card.image.src }} 900w" width="{{ card.image.width }}" height="{{ card.image.height }}" alt=""{% if eager %} loading="eager"{% else %} loading="lazy"{% endif %}>{% else %}<span class="blank"></span>{% endif %}{% for b in card.badges %}<em class="badge {{ b }}">{% case b %}{% when "new" %}Nouveau{% when "sale" %}-{{ card.price.percent }} %{% endcase %}</em>{% endfor %}<span class="name">{{ card.name }}</span></a>{% if card.brand != "" %}<span class="by">{{ card.brand }}</span>{% endif %}<span class="cost">{% if card.price.was != "" %}<ins>{{ card.price.now }}</ins> <del>{{ card.price.was }}</del>{% else %}{{ card.price.now }}{% endif %}</span></li>`
)

// shelf answers for the file of a card.
type shelf struct{ card *liquid.Template }

func (s *shelf) Snippet(string) (*liquid.Template, error) { return s.card, nil }

func (s *shelf) Section(string) (*liquid.Template, value.Value, error) {
	return nil, value.None, errors.New("no sections")
}

func ours() (Rival, error) {
	c := Rival{Name: "ours"}
	engine := liquid.New(liquid.Options{Filters: filters.Filters()})
	inner, err := engine.Parse("card", card)
	if err != nil {
		return c, err
	}
	outer, err := engine.Parse("page", page)
	if err != nil {
		return c, err
	}
	files := &shelf{inner}
	c.Draw = func(out *bytes.Buffer, p *Page) error {
		run := liquid.Begin(context.Background(), &liquid.Env{Data: value.Of(p), Files: files})
		defer run.End()
		if err := run.Draw(outer); err != nil {
			return err
		}
		out.Write(run.Bytes())
		return nil
	}
	return c, nil
}
