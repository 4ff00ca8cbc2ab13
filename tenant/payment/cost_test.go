package payment_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
)

// PAY-08: what the law says of a fee before anybody has bought anything.
func TestFeeGate(t *testing.T) {
	tests := []struct {
		name       string
		home       string
		countries  []string
		instrument pricing.Instrument
		want       payment.Gate
		law        string
	}{
		{"PAY-08 no instrument has a fee in France", "FR", nil, pricing.OtherInstrument, payment.GateShut, "CMF L112-12"},
		{"PAY-08 a card neither", "FR", nil, pricing.Regulated, payment.GateShut, "CMF L112-12"},
		{"PAY-08 cash to the carrier may cost", "FR", nil, pricing.NoInstrument, payment.GateOpen, ""},
		{"PAY-08 a card in Germany only for businesses", "DE", []string{"DE"}, pricing.Regulated, payment.GatePartly, "(EU) 2015/2366 art. 62(4)"},
		{"PAY-08 a wallet in Germany", "DE", []string{"DE"}, pricing.OtherInstrument, payment.GateOpen, ""},
		{"PAY-08 a wallet in Germany that also sells to France", "DE", nil, pricing.OtherInstrument, payment.GatePartly, "CMF L112-12"},
		{"PAY-08 a card in Switzerland for the Swiss", "CH", []string{"CH"}, pricing.Regulated, payment.GateOpen, ""},
		{"PAY-08 a card in Switzerland for everybody", "CH", nil, pricing.Regulated, payment.GatePartly, ""},
		{"PAY-08 from Switzerland to France only", "CH", []string{"FR"}, pricing.Regulated, payment.GateShut, "CMF L112-12"},
		{"PAY-08 a SEPA transfer in Germany for nobody (BGB § 270a)", "DE", []string{"DE"}, pricing.SEPA, payment.GateShut, "(EU) 2015/2366 art. 62(4)"},
		{"PAY-08 a transfer in Switzerland for the Swiss", "CH", []string{"CH"}, pricing.SEPA, payment.GateOpen, ""},
		{"PAY-08 a transfer in France", "FR", nil, pricing.SEPA, payment.GateShut, "CMF L112-12"},
		{"PAY-08 a card in Britain only for businesses", "GB", []string{"GB"}, pricing.Regulated, payment.GatePartly, "SI 2012/3110 reg. 6A"},
		{"PAY-08 a wallet in Britain likewise", "GB", []string{"GB"}, pricing.OtherInstrument, payment.GatePartly, "SI 2012/3110 reg. 6A"},
		{"PAY-08 cash to the carrier in Britain", "GB", nil, pricing.NoInstrument, payment.GateOpen, ""},
		{"PAY-08 a card in Belgium and Spain only for businesses", "BE", []string{"BE", "ES"}, pricing.Regulated, payment.GatePartly, "(EU) 2015/2366 art. 62(4)"},
		{"PAY-08 a card in the United States", "US", []string{"US"}, pricing.Regulated, payment.GateOpen, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, law := payment.FeeGate(tt.home, tt.countries, tt.instrument)
			if got != tt.want {
				t.Errorf("gate %q, want %q", got, tt.want)
			}
			if tt.law != "" && law.Args["law"] != tt.law {
				t.Errorf("by %v, want %s", law.Args["law"], tt.law)
			}
		})
	}
}

// PAY-08: what the law forbids in every sale cannot be saved, what it allows can.
func TestModes_cost(t *testing.T) {
	d := newDesk(t) // in France
	cash := payment.Draft{Kind: "cash_on_delivery", Names: i18n.Text{"fr": "Contre remboursement"}, Active: true, Locale: "fr"}
	fee := func(draft payment.Draft, fixed string) (payment.Mode, error) {
		draft.Scope.Cost = payment.Cost{Fee: payment.Share{Fixed: decimal.RequireFromString(fixed)}, IncludesTax: true}
		return d.save(draft)
	}
	if _, err := fee(card1, "3"); !refused(err, "scope.fee_fixed", payment.KeyFeeBanned) {
		t.Errorf("PAY-08 a card in France: %v", err)
	}
	saved, err := fee(cash, "3")
	if err != nil || !saved.Scope.Cost.Fee.Fixed.Equal(decimal.NewFromInt(3)) {
		t.Errorf("PAY-08 cash on delivery: %+v, %v", saved.Scope.Cost, err)
	}
	if _, err := fee(cash, "-3"); !refused(err, "scope.fee_fixed", "form.too_small") {
		t.Errorf("PAY-08 a negative fee: %v", err)
	}
	cash.Scope.Cost = payment.Cost{Fee: payment.Share{Percent: decimal.NewFromInt(2)}, Rebate: payment.Share{Percent: decimal.NewFromInt(60)}}
	_, err = d.save(cash)
	if !refused(err, "scope.rebate_percent", "form.too_large") || !refused(err, "scope.rebate_fixed", "payment.fee_and_rebate") {
		t.Errorf("PAY-08 fee and rebate, and too much of it: %v", err)
	}
}

func refused(err error, field, key string) bool {
	for _, f := range fault.FieldsOf(err) {
		if f.Name == field && f.Key == key {
			return true
		}
	}
	return false
}
