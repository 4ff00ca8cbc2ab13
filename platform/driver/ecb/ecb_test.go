package ecb_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/ecb"
	"echoppe.dev/platform/driver/fetch"
	"echoppe.dev/platform/kit/clock"
)

// file is in the form the bank publishes.
const file = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
	<gesmes:subject>Reference rates</gesmes:subject>
	<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
	<Cube><Cube time='2026-03-12'>
		<Cube currency='USD' rate='1.0800'/><Cube currency='JPY' rate='162.00'/><Cube currency='CHF' rate='0.9600'/>
	</Cube></Cube>
</gesmes:Envelope>`

func TestParse(t *testing.T) {
	table, err := ecb.Parse([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	if !table.Day.Equal(time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("day %v", table.Day)
	}
	for _, tt := range []struct{ from, to, want string }{
		{"EUR", "USD", "1.08"}, {"EUR", "EUR", "1"}, {"CHF", "EUR", "1.041666666667"}, {"CHF", "USD", "1.125"}, {"EUR", "XAU", ""}, {"XAU", "EUR", ""},
	} {
		got, ok := table.Rate(tt.from, tt.to)
		if ok != (tt.want != "") || ok && !got.Equal(decimal.RequireFromString(tt.want)) {
			t.Errorf("CUR-02 %s to %s: %s, %v, want %q", tt.from, tt.to, got, ok, tt.want)
		}
	}
}

func TestParse_refuses(t *testing.T) {
	for name, data := range map[string]string{
		"no XML":          "<html>",
		"another form":    "<a><b/></a>",
		"no rates":        `<e><Cube><Cube time="2026-03-12"></Cube></Cube></e>`,
		"no day":          `<e><Cube><Cube time="soon"><Cube currency="USD" rate="1"/></Cube></Cube></e>`,
		"a negative rate": `<e><Cube><Cube time="2026-03-12"><Cube currency="USD" rate="-1"/></Cube></Cube></e>`,
		"a rate of words": `<e><Cube><Cube time="2026-03-12"><Cube currency="USD" rate="N/A"/></Cube></Cube></e>`,
	} {
		if _, err := ecb.Parse([]byte(data)); !errors.Is(err, ecb.ErrFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// bank answers what it is told to.
type bank struct {
	answers []string // "" does not answer
	asked   int
}

func (b *bank) Get(context.Context, fetch.Request) ([]byte, error) {
	answer := b.answers[min(b.asked, len(b.answers)-1)]
	b.asked++
	if answer == "" {
		return nil, fetch.ErrUnreachable
	}
	return []byte(answer), nil
}

func TestFeed(t *testing.T) {
	now := clock.New(time.Date(2026, 3, 12, 17, 0, 0, 0, time.UTC))
	b := &bank{answers: []string{"", "<html>", file}}
	f := ecb.New(b, now, ecb.Address)
	for range 3 {
		if _, err := f.Latest(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if b.asked != 3 {
		t.Errorf("asked %d times, want until it answered and no more", b.asked)
	}
	now.Advance(61 * time.Minute)
	b.answers = []string{""}
	if _, err := f.Latest(t.Context()); !errors.Is(err, fetch.ErrUnreachable) {
		t.Errorf("got %v", err)
	}
}
