package rivals

import (
	"bytes"
	"html/template"
)

const (
	goPage = `<!doctype html><html lang="fr"><head><title>{{.Title}}</title></head><body><nav><ol>{{range .Trail}}<li>{{if .Here}}<span aria-current="page">{{.Name}}</span>{{else}}<a href="{{.URL}}">{{.Name}}</a>{{end}}</li>{{end}}</ol></nav><main><h1>{{.Title}}</h1>{{if .Lead}}<p class="lead">{{.Lead}}</p>{{end}}<ul class="facets">{{range .Facets}}<li{{if .Here}} class="on"{{end}}><a href="{{.URL}}">{{.Name}} <small>{{.Count}}</small></a></li>{{end}}</ul><p class="count">{{len .Cards}}</p><ul class="grid">{{range $i, $c := .Cards}}{{template "card" (turn $c $i)}}{{end}}</ul><nav><ul>{{range .Pages}}<li>{{if .Here}}<b aria-current="page">{{.Name}}</b>{{else}}<a href="{{.URL}}">{{.Name}}</a>{{end}}</li>{{end}}</ul></nav></main></body></html>`
	goCard = `<li class="card{{if .Out}} out{{end}}"><a href="{{.URL}}">{{with .Image}}<img src="{{.Src}}" srcset="{{.Small}} 300w, {{.Src}} 900w" width="{{.Width}}" height="{{.Height}}" alt=""{{if $.Eager}} loading="eager"{{else}} loading="lazy"{{end}}>{{else}}<span class="blank"></span>{{end}}{{range .Badges}}<em class="badge {{.}}">{{if eq . "new"}}Nouveau{{else if eq . "sale"}}-{{$.Price.Percent}} %{{end}}</em>{{end}}<span class="name">{{.Name}}</span></a>{{if .Brand}}<span class="by">{{.Brand}}</span>{{end}}<span class="cost">{{if .Price.Was}}<ins>{{.Price.Now}}</ins> <del>{{.Price.Was}}</del>{{else}}{{.Price.Now}}{{end}}</span></li>`
)

// turn is a card in its place: the first four are seen at once.
type turn struct {
	Card
	Eager bool
}

func standard() (Rival, error) {
	c := Rival{Name: "html/template"}
	t, err := template.New("page").Funcs(template.FuncMap{"turn": func(c Card, i int) turn { return turn{c, i < 4} }}).Parse(goPage)
	if err != nil {
		return c, err
	}
	if _, err := t.New("card").Parse(goCard); err != nil {
		return c, err
	}
	c.Draw = func(out *bytes.Buffer, p *Page) error { return t.ExecuteTemplate(out, "page", p) }
	return c, nil
}
