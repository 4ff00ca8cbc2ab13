package main_test

import (
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
)

// tablet is the width between a phone, where rows are cards, and a desk.
const tablet = 768

// tables holds that the office's tables of many figures are no wider than the window, in the language that says it
// longest too (LAW-07 STK-02 SHP-01 PGW-38).
func tables(t *testing.T, s *apptest.Shop, merchant *browsertest.Browser) {
	for _, path := range []string{"/stock", "/orders/carriage", "/orders/payments"} {
		for _, language := range []string{"fr", "es", "de", "en"} {
			for _, width := range []int{phone, tablet} {
				merchant.Resize(width).Go(s.Office() + path + "?lang=" + language).Wait(".table").WantNoSidewaysScroll()
			}
		}
	}
	merchant.Resize(desktop)
}
