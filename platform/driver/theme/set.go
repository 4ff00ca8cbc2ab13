package theme

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
	"echoppe.dev/platform/kit/i18n"
)

const baseName = "base"

// set is one stack of files: a stock theme with its parents, or a shop's own files
// on top of one.
type set struct {
	name     string
	layers   []fs.FS // nearest first
	stock    *set    // what to fall back to; nil for a stock theme
	liquid   *liquid.Engine
	words    *i18n.Catalog
	settings value.Value               // the theme's
	sections map[string]map[string]any // settings of the sections called by name
	assets   map[string]*asset

	mu    sync.RWMutex
	files map[string]*file
	pages map[string]*pageTemplate
	snips map[string]*file    // snippets by the name they are called by
	named map[string]*section // sections likewise
}

// file is a parsed template file, or the reason why it is not.
type file struct {
	path     string
	template *liquid.Template
	err      error
}

// manifest is theme.json.
type manifest struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Parent  string `json:"parent"`
}

// loadStock stacks a theme on its parents and parses all of it.
func (e *Engine) loadStock(name string, themes map[string]fs.FS) (*set, error) {
	var layers []fs.FS
	for at, seen := name, map[string]bool{}; ; {
		files, ok := themes[at]
		if !ok || seen[at] {
			return nil, fmt.Errorf("parent %q is unknown or its own ancestor", at)
		}
		seen[at] = true
		layers = append(layers, files)
		if at == baseName {
			break
		}
		m, err := readManifest(files)
		if err != nil {
			return nil, err
		}
		if at = m.Parent; at == "" {
			at = baseName
		}
	}
	s, err := e.newSet(name, layers)
	if err != nil {
		return nil, err
	}
	return s, s.parseAll()
}

// loadShop stacks a shop's files on a stock theme. What is broken in them is found
// when it is used, and answered with the stock page.
func (e *Engine) loadShop(stock *set, files fs.FS) *set {
	s, err := e.newSet(stock.name, append([]fs.FS{files}, stock.layers...))
	if err != nil { // its settings or words cannot be read: templates still can
		s, _ = e.newSet(stock.name, stock.layers)
		s.layers = append([]fs.FS{files}, stock.layers...)
	}
	s.stock = stock
	return s
}

func (e *Engine) newSet(name string, layers []fs.FS) (*set, error) {
	s := &set{
		name: name, layers: layers, liquid: e.liquid,
		files: map[string]*file{}, pages: map[string]*pageTemplate{}, snips: map[string]*file{}, named: map[string]*section{},
	}
	var err error
	if s.words, err = loadWords(layers); err != nil {
		return s, err
	}
	if err := s.loadSettings(); err != nil {
		return s, err
	}
	return s, s.loadAssets(e.opts.AssetBase)
}

func readManifest(files fs.FS) (m manifest, err error) {
	data, err := fs.ReadFile(files, "theme.json")
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("theme.json: %w", err)
	}
	return m, nil
}

// loadWords merges the words of all layers, the nearest winning.
func loadWords(layers []fs.FS) (*i18n.Catalog, error) {
	var all *i18n.Catalog
	for i := len(layers) - 1; i >= 0; i-- {
		if names, _ := fs.Glob(layers[i], "locales/*.json"); len(names) == 0 {
			continue
		}
		words, err := i18n.Load(layers[i], "locales")
		if err != nil {
			return nil, err
		}
		if all == nil {
			all = words
		} else {
			all.Merge(words)
		}
	}
	if all == nil {
		return nil, errors.New("no locales")
	}
	return all, nil
}

// read finds a file in the nearest layer that has it.
func (s *set) read(path string) ([]byte, error) {
	for _, layer := range s.layers {
		data, err := fs.ReadFile(layer, path)
		if err == nil {
			return data, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil, fmt.Errorf("%s: %w", path, ErrNoTemplate)
}

// parsed returns a template file, parsed once.
func (s *set) parsed(path string) (*file, error) {
	s.mu.RLock()
	f, ok := s.files[path]
	s.mu.RUnlock()
	if !ok {
		f = s.parse(path)
		s.mu.Lock()
		s.files[path] = f
		s.mu.Unlock()
	}
	return f, f.err
}

func (s *set) parse(path string) *file {
	f := &file{path: path}
	data, err := s.read(path)
	if err != nil {
		f.err = err
		return f
	}
	if f.template, err = s.liquid.Parse(path, string(data)); err != nil {
		f.err = asError(path, err)
	}
	return f
}

// Snippet is the file of a {% render %}.
func (s *set) Snippet(name string) (*liquid.Template, error) {
	s.mu.RLock()
	f, ok := s.snips[name]
	s.mu.RUnlock()
	if !ok {
		f, _ = s.parsed("snippets/" + name + ".liquid")
		s.mu.Lock()
		s.snips[name] = f
		s.mu.Unlock()
	}
	return f.template, f.err
}

// Section is the file of a {% section %}, with its settings.
func (s *set) Section(name string) (*liquid.Template, value.Value, error) {
	s.mu.RLock()
	known, ok := s.named[name]
	s.mu.RUnlock()
	if !ok {
		f, err := s.parsed("sections/" + name + ".liquid")
		if err != nil {
			return nil, value.None, err
		}
		known = &section{f, sectionValue(name, name, s.sectionSettings(name, nil))}
		s.mu.Lock()
		s.named[name] = known
		s.mu.Unlock()
	}
	return known.file.template, known.value, nil
}

// parseAll parses every template of a stock theme and reports all mistakes.
func (s *set) parseAll() error {
	var problems []error
	for _, layer := range s.layers {
		for _, dir := range []string{"layout", "templates", "sections", "snippets"} {
			names, err := fs.Glob(layer, dir+"/*.liquid")
			if err != nil {
				return err
			}
			for _, name := range names {
				if _, err := s.parsed(name); err != nil {
					problems = append(problems, err)
				}
			}
		}
		names, _ := fs.Glob(layer, "templates/*.json")
		for _, name := range names {
			if _, err := s.pageTemplate(strings.TrimSuffix(strings.TrimPrefix(name, "templates/"), ".json")); err != nil {
				problems = append(problems, err)
			}
		}
	}
	return errors.Join(problems...)
}
