package ui

import (
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
)

// Money writes an amount as readers of the page do.
func (v View) Money(a money.Amount) string { return i18n.FormatMoney(v.Locale, a) }

// Number writes a whole number.
func (v View) Number(n int) string {
	return i18n.FormatNumber(v.Locale, decimal.NewFromInt(int64(n)))
}

// Decimal writes any number.
func (v View) Decimal(n decimal.Decimal) string { return i18n.FormatNumber(v.Locale, n) }

// Quoted puts a text between the quotation marks of v's language.
func (v View) Quoted(text string) string { return v.T("ui.quoted", Args{"text": text}) }

// Percent writes 20 as "20 %".
func (v View) Percent(n decimal.Decimal) string { return i18n.FormatPercent(v.Locale, n) }

// Day writes the day of an instant in the zone of the view.
func (v View) Day(t time.Time) string { return i18n.FormatDate(v.Locale, v.local(t), i18n.Medium) }

// DayTime writes day and minute of an instant in the zone of the view.
func (v View) DayTime(t time.Time) string {
	return i18n.FormatDateTime(v.Locale, v.local(t), i18n.Medium)
}

func (v View) local(t time.Time) time.Time {
	if v.Zone == nil {
		return t.UTC()
	}
	return t.In(v.Zone)
}
