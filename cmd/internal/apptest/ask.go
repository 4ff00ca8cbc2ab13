package apptest

import (
	"testing"

	"echoppe.dev/tenant"
)

// Count asks the shop's own tables for a number.
func (s *Shop) Count(t testing.TB, query string, args ...any) int {
	t.Helper()
	return Ask[int](t, s, query, args...)
}

// Ask reads one value from the shop's own tables.
func Ask[T any](t testing.TB, s *Shop, query string, args ...any) T {
	t.Helper()
	var answer T
	err := s.Read(t.Context(), func(tx tenant.Tx) error { return tx.DB().Raw(query, args...).Scan(&answer).Error })
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return answer
}
