package payout

import (
	"testing"
	"time"
)

// PGW-23: amounts are read as French and other banks write them, and what could be two amounts is refused.
func TestNumber(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ mark, text, want string }{
		{"", "1 234,56", "1234.56"}, {"", "1\u202f234,56", "1234.56"}, {"", "1.234,56", "1234.56"}, {"", "1,234.56", "1234.56"},
		{"", "12,5", "12.5"}, {"", "−12,00 €", "-12"}, {"", "(12.00)", "-12"}, {"", "12,00-", "-12"}, {"", "+7", "7"}, {"", "0,125", "0.125"},
		{"", "1.234.567", "1234567"}, {"", "1,234", ""}, {",", "1,234", "1.234"}, {".", "1,234", "1234"}, {",", "1.234", "1234"},
		{",", "12.50", ""}, {".", "12,50", ""}, {"", "", ""}, {"", "n/a", ""}, {"", "1e5", ""}, {"", "1,2,3", ""}, {",", "12.34,5", ""},
		{"", "123456789012345678901", ""}, {"", "--5", ""},
	} {
		n, ok := style{mark: tt.mark}.number(tt.text)
		if got := n.String(); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%q with %q: %s %v, want %q", tt.text, tt.mark, got, ok, tt.want)
		}
	}
}

func TestLearn(t *testing.T) {
	t.Parallel()
	if s := learn("", []string{"1,234", "5,20"}, nil); s.mark != "," {
		t.Errorf("a comma that is proven elsewhere: %q", s.mark)
	}
	if s := learn("", []string{"1,234"}, nil); s.mark != "" {
		t.Errorf("nothing is proven, but %q was learnt", s.mark)
	}
	if s := learn(".", []string{"5,20"}, nil); s.mark != "." {
		t.Errorf("what was told is overruled by %q", s.mark)
	}
}

func TestDay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		american bool
		text     string
		want     string
	}{
		{false, "2026-03-05", "2026-03-05"}, {false, "2026/03/05 23:10:00 +0100", "2026-03-05"}, {false, "2026-03-05T10:00:00Z", "2026-03-05"},
		{false, "05/03/2026", "2026-03-05"}, {true, "03/05/2026 10:11", "2026-03-05"}, {false, "5.3.2026", "2026-03-05"}, {false, "31/02/2026", ""}, {false, "yesterday", ""},
	} {
		day, ok := style{american: tt.american}.day(tt.text)
		if got := day.Format(time.DateOnly); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%q: %s %v, want %q", tt.text, got, ok, tt.want)
		}
	}
	if s := learn("", nil, []string{"03/04/2026", "03/25/2026"}); !s.american {
		t.Error("a month of 25 is none")
	}
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Kind{
		"charge": Charge, "payment": Charge, "Vente": Charge, "refund": Refund, "Remboursement": Refund, "payment_refund": Refund, "refund_failure": Refund,
		"dispute": Dispute, "dispute_reversal": Dispute, "Impayé": Dispute, "stripe_fee": Cost, "Frais mensuels": Cost, "payout": moved, "payout_reversal": moved,
		"Virement": moved, "T0006": Charge, "T1107": Refund, "T1201": Dispute, "T0400": moved, "T0101": Cost, "T0200": Other, "anything": Other, "Rückbuchung": Dispute, "Gebühr": Cost,
	} {
		if got := kindOf(text, false); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	if kindOf("", true) != Refund || kindOf("", false) != Charge {
		t.Error("without a word the sign says it")
	}
}
