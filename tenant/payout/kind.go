package payout

import "strings"

// Kind is what a line is about.
type Kind string

// The kinds. The words are stored and have a message each: "payout.kind.<word>".
const (
	Charge  Kind = "charge"
	Refund  Kind = "refund"
	Dispute Kind = "dispute" // taken back for a buyer, or given back once it was won
	Cost    Kind = "fee"     // of the bank, for no payment in particular
	Other   Kind = "other"
	moved   Kind = "payout" // on to the merchant's bank account
)

// Key is the message that names the kind.
func (k Kind) Key() string { return "payout.kind." + string(k) }

// speaks tells whether a line of the kind is about a payment.
func (k Kind) speaks() bool { return k == Charge || k == Refund || k == Dispute }

// kindWords are parts of what banks call things, in the order they are looked for, as bare makes them.
var kindWords = []struct {
	kind  Kind
	parts []string
}{
	{Dispute, []string{"dispute", "chargeback", "litige", "contest", "impay", "ruckbuch", "rucklast", "contracargo", "disputa", "retroces"}},
	{moved, []string{"payout", "transfer", "virement", "versement", "auszahl", "uberweis", "withdraw", "retrait", "abhebung", "retirada"}},
	{Refund, []string{"refund", "rembours", "avoir", "erstatt", "gutschrift", "reembols", "devoluc", "storno", "reversal"}},
	{Charge, []string{"charge", "payment", "sale", "capture", "paiement", "encaiss", "vente", "achat", "zahlung", "verkauf", "pago", "cobro", "venta", "checkout"}},
	{Cost, []string{"fee", "frais", "commission", "abonnement", "gebuhr", "comision", "tarifa", "subscription"}},
}

// kindOf is what a line is about by what its bank calls it; without a word, by its sign.
func kindOf(text string, negative bool) Kind {
	text = bare(text)
	switch {
	case text == "" && negative:
		return Refund
	case text == "":
		return Charge
	case len(text) == 5 && text[0] == 't' && strings.Trim(text[1:], "0123456789") == "":
		return eventKind(text)
	case strings.HasSuffix(text, "fee") || strings.HasSuffix(text, "fees") || strings.HasPrefix(text, "frais"):
		return Cost
	}
	for _, w := range kindWords {
		for _, part := range w.parts {
			if strings.Contains(text, part) {
				return w.kind
			}
		}
	}
	return Other
}

// eventKind is what one of PayPal's event codes is about.
func eventKind(code string) Kind {
	switch code[:3] {
	case "t00":
		return Charge
	case "t01":
		return Cost
	case "t04":
		return moved
	case "t12":
		return Dispute
	case "t11":
		if code == "t1107" {
			return Refund
		}
		return Dispute
	}
	return Other
}

// comesBack tells of a word for something that is undone: a refund that failed, a dispute that was won.
func comesBack(text string) bool {
	text = bare(text)
	return strings.Contains(text, "failure") || strings.Contains(text, "reversal") || strings.Contains(text, "won") || strings.Contains(text, "cancel")
}
