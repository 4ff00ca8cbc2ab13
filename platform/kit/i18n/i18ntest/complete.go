// Package i18ntest checks catalogues of messages, for the tests of the packages
// that own one.
package i18ntest

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/i18n"
)

// Complete fails t for everything that is missing or uneven in the catalogue in
// dir: a shipped language without a file, a key without words in one of them, a
// key only some of them have, placeholders that differ, a plural without its
// other form, a singular that also stands for none and does not show the number.
// It returns the catalogue for further checks.
func Complete(t testing.TB, fsys fs.FS, dir string) *i18n.Catalog {
	t.Helper()
	c, err := i18n.Load(fsys, dir)
	if err != nil {
		t.Fatalf("catalogue %s: %v", dir, err)
	}
	for _, problem := range Problems(c) {
		t.Errorf("catalogue %s: %s", dir, problem)
	}
	return c
}

// Used fails t for each of the keys that a shipped language does not have.
func Used(t testing.TB, c *i18n.Catalog, keys ...string) {
	t.Helper()
	for _, l := range i18n.Shipped {
		for _, key := range keys {
			if !c.Has(l, key) {
				t.Errorf("%s: no message for %q", l, key)
			}
		}
	}
}

// Problems lists what Complete complains about.
func Problems(c *i18n.Catalog) []string {
	var problems []string
	all := map[string]bool{}
	for _, l := range i18n.Shipped {
		for _, key := range c.Keys(l) {
			all[key] = true
		}
	}
	for key := range all {
		for _, l := range i18n.Shipped {
			problems = append(problems, examine(c, l, key)...)
		}
	}
	slices.Sort(problems)
	return problems
}

// examine compares one key of l with the same key in the first shipped language
// that has it.
func examine(c *i18n.Catalog, l i18n.Locale, key string) []string {
	var problems []string
	complain := func(what string) { problems = append(problems, string(l)+": "+key+": "+what) }
	if !slices.Contains(c.Keys(l), key) {
		complain("missing")
		return problems
	}
	if strings.TrimSpace(c.T(l, key, nil)) == "" {
		complain("empty")
	}
	reference := l
	for _, other := range i18n.Shipped {
		if slices.Contains(c.Keys(other), key) {
			reference = other
			break
		}
	}
	// A singular may say "one article" and leave n out.
	stem, form, plural := i18n.PluralStem(key)
	without := func(names []string) []string {
		return slices.DeleteFunc(names, func(n string) bool { return plural && form != "other" && n == "n" })
	}
	got, want := without(c.Placeholders(l, key)), without(c.Placeholders(reference, key))
	if !slices.Equal(got, want) {
		complain("placeholders [" + strings.Join(got, " ") + "], in " + string(reference) + " [" + strings.Join(want, " ") + "]")
	}
	if plural && slices.Contains(c.Keys(l), stem) {
		complain("never said: " + stem + " is a message of its own")
	}
	if !plural || form != "one" {
		return problems
	}
	if !slices.Contains(c.Keys(l), stem+".other") {
		complain("plural without " + stem + ".other")
	}
	// French counts "0 article" in the singular: "one article" would be said of
	// none. A word that stands beside its number has no number in either form.
	if l.Language() == i18n.French && counts(c, l, stem+".other") && !counts(c, l, key) {
		complain("stands for 0 too and does not show {n}")
	}
	return problems
}

// counts reports whether a message shows the number that chooses its form.
func counts(c *i18n.Catalog, l i18n.Locale, key string) bool {
	return slices.Contains(c.Placeholders(l, key), "n")
}
