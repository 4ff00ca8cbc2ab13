package offline_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
)

func values(pairs ...string) form.Values {
	v := form.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v[pairs[i]] = form.TextValue(pairs[i+1])
	}
	return v
}

func start(t *testing.T, g payment.Gateway, config form.Values, amount money.Amount, order string) payment.Instructions {
	t.Helper()
	a := payment.NewAccount(payment.ModeID{}, g.Key(), false, config, nil)
	action, err := g.Start(t.Context(), a, payment.Request{Payment: payment.Payment{Amount: amount}, OrderNumber: order, Locale: i18n.French})
	if err != nil {
		t.Fatal(err)
	}
	return action.(payment.Instructions)
}

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

// text puts instructions into words, as a page would.
func text(l i18n.Locale, in payment.Instructions) string {
	words := payment.Words()
	var b strings.Builder
	for _, line := range in.Lines {
		if said := words.T(l, line.Key, line.Args); line.Value != "" {
			fmt.Fprintf(&b, "%s: %s\n", said, line.Value)
		} else {
			fmt.Fprintln(&b, said)
		}
	}
	return b.String()
}

// TestInstructions: ORD-10, payee, address and the order's number as reference.
func TestInstructions(t *testing.T) {
	account := values("owner", "Zoë Boutique SARL", "iban", "fr76 3000 6000 0112 3456 7890 189", "bic", "agrifrpp", "bank", "Crédit Agricole")
	for _, tt := range []struct {
		name string
		in   payment.Instructions
		want string
	}{
		{"ORD-10 cheque", start(t, offline.Cheque{}, values("payee", "Zoë Boutique", "address", "1 rue X\n75001 Paris"), eur("49.90"), "R-1001"),
			"Veuillez nous envoyer un chèque de 49,90 €.\nÀ l’ordre de: Zoë Boutique\nMontant: 49,90 €\nÀ envoyer à: 1 rue X\n75001 Paris\n" +
				"Référence: R-1001\nNotez R-1001 au dos. Nous expédions dès que le chèque est encaissé.\n"},
		{"ORD-10 transfer", start(t, offline.Transfer{}, account, eur("49.90"), "R-1001"),
			"Veuillez virer 49,90 € sur ce compte.\nTitulaire du compte: Zoë Boutique SARL\nIBAN: FR76 3000 6000 0112 3456 7890 189\n" +
				"BIC: AGRIFRPP\nBanque: Crédit Agricole\nMontant: 49,90 €\nRéférence: R-1001\n" +
				"Indiquez R-1001 en référence pour que nous reconnaissions votre paiement. Nous expédions dès réception de l’argent.\n"},
		{"PAY-01 PAY-03 card by telephone", start(t, offline.Phone{}, values("number", "01 23 45 67 89", "hours", "9 h à 18 h"), eur("49.90"), "R-1001"),
			"Appelez-nous pour payer 49,90 € par carte : pendant l’appel, nous vous envoyons un lien.\nTéléphone: 01 23 45 67 89\nHoraires: 9 h à 18 h\n" +
				"Référence: R-1001\nVous saisissez votre carte vous-même, chez la banque. Ne donnez votre numéro de carte à personne au téléphone ni par e-mail.\n"},
		{"PAY-01 trusted third party", start(t, offline.Escrow{}, values("party", "Notaire Dupont", "site", "https://depot.example/", "account", "V-77"), eur("49.90"), "R-1001"),
			"Veuillez déposer 49,90 € chez Notaire Dupont.\nAdresse: https://depot.example/\nVendeur: V-77\nMontant: 49,90 €\nRéférence: R-1001\n" +
				"Dès que Notaire Dupont nous confirme votre dépôt, nous expédions. Nous ne sommes payés qu’après la réception du colis.\n"},
		{"ORD-10 cash on delivery", start(t, offline.Cash{}, values("note", "Pas de billets de 500."), eur("49.90"), "R-1001"),
			"Veuillez préparer 49,90 € pour l’arrivée du colis ; vous payez le livreur.\nMontant: 49,90 €\nRéférence: R-1001\nÀ noter: Pas de billets de 500.\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ")
			if diff := cmp.Diff(plain.Replace(tt.want), plain.Replace(text(i18n.French, tt.in))); diff != "" {
				t.Error(diff)
			}
			for _, l := range i18n.Shipped {
				if said := text(l, tt.in); strings.Contains(said, "payment.c") || strings.Contains(said, "payment.t") || strings.Contains(said, "payment.e") || strings.Contains(said, "payment.p") || strings.ContainsAny(said, "{}") {
					t.Errorf("%s: %s", l, said)
				}
			}
		})
	}
}

// TestCapabilities: STK-12, when the goods leave unless the merchant says otherwise.
func TestCapabilities(t *testing.T) {
	want := map[string]payment.Moment{"cheque": payment.MomentPaid, "transfer": payment.MomentPaid, "cash_on_delivery": payment.MomentPlaced,
		"escrow": payment.MomentShipped, "phone": payment.MomentPaid, "terminal": payment.MomentPaid}
	for _, g := range offline.All() {
		c := g.Capabilities()
		if c.Moment != want[g.Key()] || !c.Offline || c.Patience < 7*24*time.Hour {
			t.Errorf("%s: %+v", g.Key(), c)
		}
		if err := g.Config().Valid(); err != nil {
			t.Errorf("%s: %v", g.Key(), err)
		}
		_, err := g.ReadNotice(t.Context(), payment.Account{}, payment.RawNotice{Body: []byte("paid, honestly")})
		if reply := g.Acknowledge(payment.Notice{}, err); !errors.Is(err, payment.ErrNoNotices) || reply.Status != 404 {
			t.Errorf("%s: a notice was heard: %v, answered %d", g.Key(), err, reply.Status)
		}
	}
	if len(want) != len(offline.All()) {
		t.Errorf("%d kinds", len(offline.All()))
	}
}

func TestValidIBAN(t *testing.T) {
	for iban, want := range map[string]bool{
		"FR1420041010050500013M02606": true, "DE89370400440532013000": true, "ES9121000418450200051332": true,
		"GB82 WEST 1234 5698 7654 32": true, "MT84MALT011000012345MTLCAST001S": true, "NO9386011117947": true,
		"be68 5390 0754 7034": true, "CH9300762011623852957": true,
		"FR1420041010050500013M02607": false, // last digit
		"FR4120041010050500013M02606": false, // check digits turned round
		"DE8937040044053201300":       false, // one short
		"DE893704004405320130000":     false, // one long
		"89DE370400440532013000":      false, "": false, "DE": false, "DE89-3704-0044-0532-0130-00": false,
		"ＤＥ89370400440532013000": false, // full-width letters
	} {
		if offline.ValidIBAN(iban) != want {
			t.Errorf("%q: want %v", iban, want)
		}
	}
	// Any one digit changed is found: 97 is a prime larger than 10.
	good := "DE89370400440532013000"
	for i := 2; i < len(good); i++ {
		for d := byte('0'); d <= '9'; d++ {
			bad := good[:i] + string(d) + good[i+1:]
			if bad != good && offline.ValidIBAN(bad) {
				t.Errorf("%q passes", bad)
			}
		}
	}
}

func TestTransfer_CheckConfig(t *testing.T) {
	for _, tt := range []struct{ iban, bic, field string }{
		{"DE89370400440532013000", "", ""}, {"DE89370400440532013000", "cobadeff", ""}, {"DE89370400440532013000", "COBADEFFXXX", ""},
		{"DE89370400440532013001", "", "iban"}, {"DE89370400440532013000", "COBADEFFX", "bic"}, {"DE89370400440532013000", "COBA12FF", "bic"},
	} {
		fields := fault.FieldsOf(offline.Transfer{}.CheckConfig(values("iban", tt.iban, "bic", tt.bic)))
		if tt.field == "" && len(fields) > 0 || tt.field != "" && (len(fields) != 1 || fields[0].Name != tt.field) {
			t.Errorf("%q %q: %v", tt.iban, tt.bic, fields)
		}
	}
}

// TestTransfer_QR: the code of EPC069-12, line by line.
func TestTransfer_QR(t *testing.T) {
	config := values("owner", "Zoë Boutique", "iban", "FR76 3000 6000 0112 3456 7890 189")
	got := start(t, offline.Transfer{}, config, eur("1234.5"), "R-1001").QR
	if want := "BCD\n002\n1\nSCT\n\nZoë Boutique\nFR7630006000011234567890189\nEUR1234.50\n\n\nR-1001"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for name, amount := range map[string]money.Amount{
		"another currency": money.Must(money.Parse("10", money.CHF)), "nothing": eur("0"), "a billion": eur("1000000000"),
	} {
		if got := start(t, offline.Transfer{}, config, amount, "R").QR; got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
	long := start(t, offline.Transfer{}, config, eur("1"), strings.Repeat("x", 200)+"\nforged line").QR
	if lines := strings.Split(long, "\n"); len(lines) != 11 || len(lines[10]) != 140 {
		t.Errorf("a long reference: %q", long)
	}
	if got := start(t, offline.Transfer{}, config, eur("1"), strings.Repeat("é", 140)).QR; got != "" {
		t.Errorf("%d bytes, more than a banking app takes", len(got))
	}
}
