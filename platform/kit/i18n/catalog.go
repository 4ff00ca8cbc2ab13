package i18n

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"

	"echoppe.dev/platform/kit/fault"
)

// Catalog holds the messages of the program, by language and key. Load and Merge
// it at start; after that it may be read from many goroutines.
type Catalog struct{ books map[Locale]book }

// book is one language.
type book struct {
	plain   map[string]message
	plurals map[string]map[plural.Form]message
}

// Load reads every <locale>.json in dir. It returns an error that names file and
// key for a malformed file, a malformed message, or a folder without languages.
func Load(fsys fs.FS, dir string) (*Catalog, error) {
	files, err := fs.Glob(fsys, path.Join(dir, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("load messages: %w", err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("load messages: no language in %q", dir)
	}
	c := &Catalog{books: map[Locale]book{}}
	for _, file := range files {
		locale, err := ParseLocale(strings.TrimSuffix(path.Base(file), ".json"))
		if err != nil {
			return nil, fmt.Errorf("load messages: %s: %w", file, err)
		}
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("load messages: %w", err)
		}
		var texts map[string]string
		if err := json.Unmarshal(data, &texts); err != nil {
			return nil, fmt.Errorf("load messages: %s: %w", file, err)
		}
		if c.books[locale], err = bind(texts); err != nil {
			return nil, fmt.Errorf("load messages: %s: %w", file, err)
		}
	}
	return c, nil
}

// bind compiles the texts of one language and finds the plurals among them.
func bind(texts map[string]string) (book, error) {
	b := book{
		plain:   make(map[string]message, len(texts)),
		plurals: map[string]map[plural.Form]message{},
	}
	var problems []error
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		m, err := compile(texts[key])
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", key, err))
			continue
		}
		b.plain[key] = m
		stem, form, ok := PluralStem(key)
		if !ok {
			continue
		}
		if b.plurals[stem] == nil {
			b.plurals[stem] = map[plural.Form]message{}
		}
		b.plurals[stem][forms[form]] = m
	}
	return b, errors.Join(problems...)
}

// T is the message in l, with args in its placeholders. A message that is not in
// l is looked for in the language of l, then in English; an unknown key is its
// own message.
func (c *Catalog) T(l Locale, key string, args map[string]any) string {
	if m, ok := c.books[l].find(l, key, args); ok {
		return m.write(c, l, args)
	}
	for _, try := range [...]Locale{l.Language(), fallback} {
		if m, ok := c.books[try].find(try, key, args); ok {
			return m.write(c, l, args)
		}
	}
	return key
}

func (b book) find(l Locale, key string, args map[string]any) (message, bool) {
	if m, ok := b.plain[key]; ok {
		return m, true
	}
	byForm, ok := b.plurals[key]
	if !ok {
		return message{}, false
	}
	if m, ok := byForm[form(l, args[countArg])]; ok {
		return m, true
	}
	m, ok := byForm[plural.Other]
	return m, ok
}

// Explain is what to tell a reader about an error: the message of its fault, or
// the general one of its kind when the catalogue has no better words.
func (c *Catalog) Explain(l Locale, err error) string {
	key := fault.KeyOf(err)
	if !c.Has(l, key) && !c.Has(fallback, key) {
		key = fault.KindOf(err).Key()
	}
	return c.T(l, key, fault.ArgsOf(err))
}

// Has reports whether l itself (not a language it falls back to) has the key, or
// a plural of that name.
func (c *Catalog) Has(l Locale, key string) bool {
	_, ok := c.books[l].find(l, key, nil)
	return ok
}

// Keys lists the keys of l as they are written in its file, in order.
func (c *Catalog) Keys(l Locale) []string {
	return slices.Sorted(maps.Keys(c.books[l].plain))
}

// Locales lists the languages that have messages, in order.
func (c *Catalog) Locales() []Locale { return slices.Sorted(maps.Keys(c.books)) }

// Placeholders lists the distinct placeholders of a message as it is written in
// the file of l, in order.
func (c *Catalog) Placeholders(l Locale, key string) []string {
	names := slices.Clone(c.books[l].plain[key].names)
	slices.Sort(names)
	return slices.Compact(names)
}

// Merge adds the messages of other, which win over those already there, and
// returns c.
func (c *Catalog) Merge(other *Catalog) *Catalog {
	for l, from := range other.books {
		to, ok := c.books[l]
		if !ok {
			to = book{map[string]message{}, map[string]map[plural.Form]message{}}
			c.books[l] = to
		}
		maps.Copy(to.plain, from.plain)
		for stem, byForm := range from.plurals {
			to.plurals[stem] = maps.Clone(byForm)
		}
	}
	return c
}
