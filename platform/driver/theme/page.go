package theme

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

// fileName is what a template may be called: nothing outside the theme can be meant.
var fileName = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)

// pageTemplate is templates/<name>: a Liquid file, or a list of sections.
type pageTemplate struct {
	layout   string
	file     *file
	sections []section
	err      error
}

// section is one block of a page with what the name section means in it.
type section struct {
	file  *file
	value value.Value
}

// sectionValue is what the name section means in the section's file.
func sectionValue(id, kind string, settings value.Value) value.Value {
	d := value.NewDictionary(3)
	d.Set("id", value.OfText(id))
	d.Set("type", value.OfText(kind))
	d.Set("settings", settings)
	return value.OfDict(d)
}

// draw renders the page: its own markup, or its sections in order.
func (t *pageTemplate) draw(run *liquid.Run) error {
	if t.file != nil {
		return run.Draw(t.file.template)
	}
	for _, s := range t.sections {
		if err := run.Draw(s.file.template, liquid.Arg{Name: "section", Value: s.value}); err != nil {
			return err
		}
	}
	return nil
}

// jsonTemplate is templates/<name>.json as Shopify writes it.
type jsonTemplate struct {
	Layout   string `json:"layout"`
	Sections map[string]struct {
		Type     string         `json:"type"`
		Disabled bool           `json:"disabled"`
		Settings map[string]any `json:"settings"`
	} `json:"sections"`
	Order []string `json:"order"`
}

// pageTemplate finds a page by name; it is read once. A JSON template wins over a
// Liquid one, as it is what an editor of pages writes.
func (s *set) pageTemplate(name string) (*pageTemplate, error) {
	if !fileName.MatchString(name) {
		return nil, fmt.Errorf("template %q: %w", name, ErrNoTemplate)
	}
	s.mu.RLock()
	t, ok := s.pages[name]
	s.mu.RUnlock()
	if !ok {
		t = s.loadPage(name)
		s.mu.Lock()
		s.pages[name] = t
		s.mu.Unlock()
	}
	return t, t.err
}

func (s *set) loadPage(name string) *pageTemplate {
	t := &pageTemplate{layout: "theme"}
	path := "templates/" + name + ".json"
	data, err := s.read(path)
	if errors.Is(err, ErrNoTemplate) {
		t.file, t.err = s.parsed("templates/" + name + ".liquid")
		return t
	}
	if err != nil {
		t.err = err
		return t
	}
	var spec jsonTemplate
	if err := json.Unmarshal(data, &spec); err != nil {
		t.err = &Error{Template: path, cause: err}
		return t
	}
	if spec.Layout != "" {
		t.layout = spec.Layout
	}
	for _, id := range spec.Order {
		sec, ok := spec.Sections[id]
		if !ok || !fileName.MatchString(sec.Type) {
			t.err = &Error{Template: path, cause: fmt.Errorf("section %q has no valid type", id)}
			return t
		}
		if sec.Disabled {
			continue
		}
		f, err := s.parsed("sections/" + sec.Type + ".liquid")
		if err != nil {
			t.err = err
			return t
		}
		t.sections = append(t.sections, section{f, sectionValue(id, sec.Type, s.sectionSettings(sec.Type, sec.Settings))})
	}
	return t
}
