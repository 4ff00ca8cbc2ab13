package main_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/demo"
	"echoppe.dev/platform/kit/form"
)

// cardShape is what a card number may look like: 13 to 19 digits of a card scheme (ISO/IEC 7812-1), in groups or not.
var cardShape = regexp.MustCompile(`\b[3-6][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{1,7}\b`)

// cards are the numbers in a text whose check digit is right.
func cards(text string) []string {
	var found []string
	for _, number := range cardShape.FindAllString(text, -1) {
		if luhn(number) {
			found = append(found, number)
		}
	}
	return found
}

// luhn tells whether the check digit is right (ISO/IEC 7812-1, annex B).
func luhn(number string) bool {
	sum, double := 0, false
	for i := len(number) - 1; i >= 0; i-- {
		if number[i] < '0' || number[i] > '9' {
			continue
		}
		digit := int(number[i] - '0')
		if double {
			if digit *= 2; digit > 9 {
				digit -= 9
			}
		}
		sum, double = sum+digit, !double
	}
	return sum%10 == 0
}

func TestCards(t *testing.T) {
	for text, want := range map[string]int{
		"4111111111111111": 1, "card 5424 0000 0000 0015.": 1, "370000000000002": 1,
		"4111111111111112": 0, "411111XXXXXX1111": 0, "2026112303350012": 0, "ref 41111111111111110000000": 0,
	} {
		if got := cards(text); len(got) != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// wantClean fails when a secret of a contract or a card number stands in the database, whatever the table, or in the log (PGW-03).
func wantClean(t *testing.T, m *apptest.Machine) {
	t.Helper()
	var secrets []string
	for _, b := range m.App.Rooms.Gateways.Brands() {
		gateway, err := m.App.Rooms.Gateways.Find(b.Key)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range gateway.Config().Fields {
			if typed := demo.Contracts()[b.Family].Get(f.Name); f.Kind == form.Secret && typed != "" {
				secrets = append(secrets, typed)
			}
		}
	}
	if len(secrets) == 0 {
		t.Fatal("no secret to look for")
	}
	look := func(where, text string) {
		for _, s := range secrets {
			if strings.Contains(text, s) {
				t.Errorf("%s holds a secret", where)
				return
			}
		}
		if numbers := cards(text); numbers != nil {
			t.Errorf("%s holds a card number: %s", where, numbers[0])
		}
	}
	for table, rows := range everything(t, &m.Place) {
		look(table, rows)
	}
	look("the log", strings.Join(m.Log.Since(0, ""), "\n"))
}

// everything is every table of the database as text.
func everything(t *testing.T, m *apptest.Place) map[string]string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), m.App.Out.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	rows, err := conn.Query(t.Context(), `select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, table := range tables {
		var text string
		if err := conn.QueryRow(t.Context(), "select coalesce(string_agg(t::text, E'\\n'), '') from "+table+" t").Scan(&text); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		all[table] = text
	}
	return all
}
