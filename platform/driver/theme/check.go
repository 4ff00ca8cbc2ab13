package theme

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"strings"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/lint"
	"echoppe.dev/platform/driver/liquid/syntax"
	"echoppe.dev/platform/kit/i18n"
)

// CheckOptions is what is known of a theme that is to be checked.
type CheckOptions struct {
	Files fs.FS // the theme
	Base  fs.FS // the complete theme below it; nil: Files is complete itself
	// Pages are the data of the templates by their names: a struct each, or a pointer to one.
	Pages map[string]any
}

// deprecated are filters of other platforms and of before, with what is to be used here.
var deprecated = map[string]string{
	"h": "escape", "safe": "escape", "img_tag": "image_tag", "img_url": "image_url", "asset_img_url": "asset_url", "product_img_url": "image_url", "file_url": "asset_url",
	"translate": "t", "money_with_currency": "money", "money_without_currency": "money", "money_without_trailing_zeros": "money", "handleize": "downcase", "handle": "downcase",
}

// Check finds what is probably wrong in a theme's templates, translations and settings, in the order of the files. Errors: those of
// reading Files and Base.
func Check(o CheckOptions) ([]lint.Finding, error) {
	layers := []fs.FS{o.Files}
	stock := map[string]string{}
	if o.Base != nil {
		layers = append(layers, o.Base)
		var err error
		if stock, err = templates(o.Base); err != nil {
			return nil, fmt.Errorf("read base theme: %w", err)
		}
	}
	own, err := templates(o.Files)
	if err != nil {
		return nil, fmt.Errorf("read theme: %w", err)
	}
	p := &lint.Project{Files: own, Stock: stock, DataOf: dataOf(o.Pages), Options: lint.Options{
		Engine: newLanguage(), Variables: map[string]*lint.Shape{"settings": nil, "content_for_layout": nil}, Deprecated: deprecated,
		HasFile: func(folder, name string) bool {
			file := folder + "/" + name + ".liquid"
			return has(own, file) || has(stock, file)
		},
	}}
	words, err := loadWords(layers)
	if err == nil {
		p.Untranslated = func(key string) []string { return untranslated(words, key) }
	}
	found := p.Check()
	if err != nil {
		found = append(found, asFinding("locales", err))
	}
	return append(found, o.loads(found)...), nil
}

func has(files map[string]string, name string) bool { _, ok := files[name]; return ok }

// newLanguage is the language of themes.
func newLanguage() *liquid.Engine {
	return liquid.New(liquid.Options{Filters: filters(), Globals: []string{"content_for_layout", "settings"}, Squeeze: true})
}

// templates are the Liquid files of a theme, by their paths.
func templates(files fs.FS) (map[string]string, error) {
	found := map[string]string{}
	for _, dir := range []string{"layout", "templates", "sections", "snippets"} {
		names, err := fs.Glob(files, dir+"/*.liquid")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			data, err := fs.ReadFile(files, name)
			if err != nil {
				return nil, err
			}
			found[name] = string(data)
		}
	}
	return found, nil
}

// dataOf gives templates the data of their page, and all other files what any page has.
func dataOf(pages map[string]any) func(file string) *lint.Shape {
	any := map[string]*lint.Shape{}
	shapes := map[string]*lint.Shape{}
	for name, page := range pages {
		s := lint.ShapeOf(reflect.TypeOf(page))
		shapes[name] = s
		s.Merge(any)
	}
	all := lint.ObjectOf(any)
	return func(file string) *lint.Shape {
		switch {
		case len(pages) == 0:
			return nil
		case path.Dir(file) == "templates":
			return shapes[strings.TrimSuffix(path.Base(file), ".liquid")]
		}
		return all
	}
}

// untranslated are the languages that lack a key.
func untranslated(words *i18n.Catalog, key string) (lacking []string) {
	for _, l := range words.Locales() {
		if !words.Has(l, key) {
			lacking = append(lacking, string(l))
		}
	}
	return lacking
}

// loads finds what stands in no template: settings, lists of sections, assets. It asks nothing where something is wrong already.
func (o CheckOptions) loads(found []lint.Finding) []lint.Finding {
	for _, f := range found {
		if f.Error {
			return nil
		}
	}
	if _, err := fs.Stat(o.Files, "theme.json"); errors.Is(err, fs.ErrNotExist) {
		missing := asFinding("theme.json", err)
		missing.Rule, missing.Args = lint.MissingFile, []any{"theme.json"}
		return []lint.Finding{missing}
	}
	all := Options{Base: o.Files}
	if o.Base != nil {
		all = Options{Base: o.Base, Themes: map[string]fs.FS{"checked": o.Files}}
	}
	if _, err := New(all); err != nil {
		return []lint.Finding{asFinding("theme", err)}
	}
	return nil
}

// asFinding is the finding of what is wrong with a theme as a whole, or in a file that is no template.
func asFinding(name string, err error) lint.Finding {
	f := lint.Finding{Rule: lint.Syntax, Error: true, Template: name, Place: syntax.Place{Line: 1, Column: 1}, Args: []any{err.Error()}}
	if e := (*Error)(nil); errors.As(err, &e) && e.Template != "" {
		f.Template = e.Template
	}
	return f
}
