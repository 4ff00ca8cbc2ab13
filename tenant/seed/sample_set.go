package seed

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/start"
)

// sampleSet is what Add brings in: a file as the shop's own export would write it.
type sampleSet struct {
	head     []string
	articles [][]string
	pictures []scene
}

// readSamples chooses the samples of a trade, in the languages and the currency of a shop.
func readSamples(trade start.Trade, s *settings.Settings) (set sampleSet, err error) {
	text, err := data.ReadFile("data/" + samplesFile)
	if err != nil {
		return set, fmt.Errorf("read samples: %w", err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return set, fmt.Errorf("read samples: %w", err)
	}
	kind, price := slices.Index(rows[0], "kind"), slices.Index(rows[0], "price")
	keep, head := sampleColumns(rows[0], s.Languages)
	set.head = head
	for _, row := range rows[1:] {
		if !sold(trade, catalog.Kind(row[kind])) {
			continue
		}
		euros, err := decimal.NewFromString(row[price])
		if err != nil {
			return set, fmt.Errorf("read samples: %w", err)
		}
		row[price] = start.Priced(euros, s.Rules().Currency).String()
		article := make([]string, len(keep))
		for i, column := range keep {
			article[i] = row[column]
		}
		set.articles = append(set.articles, article)
	}
	set.pictures, err = readScenes("samples")
	return set, err
}

// drop leaves out what the shop has: an import would undo what was changed in it.
func (set *sampleSet) drop(tx tenant.Tx) error {
	code := slices.Index(set.head, "code")
	codes := make([]string, len(set.articles))
	for i, a := range set.articles {
		codes[i] = a[code]
	}
	have, err := catalog.FindByCodes(tx, codes)
	set.articles = slices.DeleteFunc(set.articles, func(a []string) bool { _, there := have[a[code]]; return there })
	return err
}

// scenes are the pictures of the articles.
func (set *sampleSet) scenes() []scene {
	picture := slices.Index(set.head, "pictures")
	var list []scene
	for _, a := range set.articles {
		for _, s := range set.pictures {
			if s.file == a[picture] {
				list = append(list, s)
			}
		}
	}
	return list
}

// content is the file.
func (set *sampleSet) content() ([]byte, error) {
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(append([][]string{set.head}, set.articles...)); err != nil {
		return nil, fmt.Errorf("write samples: %w", err)
	}
	return b.Bytes(), nil
}

// sampleColumns are the columns of the languages a shop has, and what its import calls them: families
// are named in the shop's first language, other languages translate them.
func sampleColumns(head []string, l settings.Languages) (keep []int, names []string) {
	for i, name := range head {
		dot := strings.LastIndex(name, ".")
		if dot > 0 && !l.Serves(i18n.Locale(name[dot+1:])) {
			continue
		}
		keep, names = append(keep, i), append(names, strings.Replace(name, "families."+string(l.Default), "families", 1))
	}
	return keep, names
}

// sold tells whether a shop of a trade sells articles of a kind.
func sold(t start.Trade, k catalog.Kind) bool {
	switch t {
	case start.Digital:
		return k == catalog.Digital
	case start.Services:
		return k == catalog.Service
	case start.All:
		return true
	case start.Physical:
	}
	return k == catalog.Physical // also of a shop that has not said
}
