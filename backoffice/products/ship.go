package products

import (
	"maps"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/shipping"
)

// measure is a shipping mode that counts in something else than weight: articles and variants have a
// value for it (ART-13).
type measure struct {
	mode string
	name string // of the mode, in the reader's language
	unit string
}

// label names the field: "Colissimo (points)".
func (m measure) label() string { return m.name + " (" + m.unit + ")" }

func (m *editor) readMeasures(tx tenant.Tx) error {
	modes, err := shipping.ListModes(tx)
	for _, mode := range modes {
		if mode.Measure != "" {
			m.Measures = append(m.Measures, measure{mode.ID, mode.Name.In(m.visit.View.Locale, m.Settings.Languages.Default), mode.Measure})
		}
	}
	return err
}

// shipField is the value of the only variant for a mode.
func (m *editor) shipField(one measure) ui.Field {
	f := m.field("ship."+one.mode, "weight", m.Sheet.Ship[one.mode])
	f.Label, f.Suffix, f.Help = one.label(), one.unit, m.visit.T("products.field.ship.help")
	return f
}

// typedShip are the values of a variant as its form shows them.
func typedShip(values map[string]decimal.Decimal, l i18n.Locale) map[string]string {
	typed := make(map[string]string, len(values))
	for mode, value := range values {
		typed[mode] = i18n.FormatInput(l, value, 0)
	}
	return typed
}

const (
	shipPlaces = 3
	maxShip    = 100 // values of one variant
)

// ship puts what was typed over the values a variant has; an empty field is no value. at is what the
// names of the fields begin with.
func (r *reader) ship(at string, stored map[string]decimal.Decimal, typed map[string]string) map[string]decimal.Decimal {
	values := maps.Clone(stored)
	if values == nil {
		values = map[string]decimal.Decimal{}
	}
	for mode, text := range typed {
		if _, err := id.Parse[shipping.Mode](mode); err != nil {
			continue
		}
		delete(values, mode)
		if text == "" {
			continue
		}
		n := r.Decimal(at+mode, r.locale, text, shipPlaces)
		if n.IsNegative() {
			r.Refuse(at+mode, form.KeyTooSmall, map[string]any{"min": 0})
		}
		if len(values) < maxShip {
			values[mode] = n
		}
	}
	if len(values) == 0 {
		return nil
	}
	return values
}
