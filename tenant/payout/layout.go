package payout

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Column is what a column of a file tells.
type Column string

// The columns. The words are stored.
const (
	Day       Column = "date"
	Reference Column = "reference" // by which the payment is known; several columns may tell one
	Type      Column = "type"
	Gross     Column = "gross"
	Fee       Column = "fee"
	Net       Column = "net"
	Currency  Column = "currency"
	PayoutRef Column = "payout"  // the bank's name for the payout
	PaidOn    Column = "paid_on" // when it was paid out
	Number    Column = "number"  // the bank's own name for the line
	side      Column = "side"    // "CR" or "DR", where amounts have no sign
	feeSide   Column = "fee_side"
	status    Column = "status"
)

// Columns lists those a merchant can name.
func Columns() []Column {
	return []Column{Day, Reference, Type, Gross, Fee, Net, Currency, PayoutRef, PaidOn, Number}
}

// Layout is a way to write a file.
type Layout string

// The layouts. The words are stored and have a message each: "payout.layout.<word>".
const (
	Recognise Layout = "" // by its headings
	Stripe    Layout = "stripe"
	PayPal    Layout = "paypal"   // the settlement report
	Activity  Layout = "activity" // PayPal's activity download
	Common    Layout = "common"
	Own       Layout = "own" // headings the merchant has told
)

// Layouts lists those a merchant can choose.
func Layouts() []Layout { return []Layout{Recognise, Stripe, PayPal, Activity, Common, Own} }

// Key is the message that names the layout.
func (l Layout) Key() string {
	if l == Recognise {
		return "payout.layout.recognise"
	}
	return "payout.layout." + string(l)
}

// shape is how a layout is read.
type shape struct {
	columns map[Column][]string // headings as bare makes them, the best first
	needs   []Column            // without which it is not this layout
	minor   bool                // amounts are in minor units, without a sign
}

// own are the headings a merchant has told.
func (s Setup) own() shape {
	columns := map[Column][]string{}
	for col, heading := range s.Columns {
		if name := bare(heading); name != "" {
			columns[col] = []string{name}
		}
	}
	return shape{columns: columns, needs: []Column{Gross}}
}

// shapes are the layouts that are ready made, the most particular first. Those of Stripe and PayPal are written from
// their published lists of columns: Stripe's itemised reports of payouts and of the balance, and its balance history;
// PayPal's settlement report (version 9) and activity download, in English and French.
var shapes = []struct {
	layout Layout
	shape
}{
	{PayPal, shape{needs: []Column{Number, side, Gross}, minor: true, columns: map[Column][]string{
		Day: {"transactioncompletiondate"}, Type: {"transactioneventcode"}, Number: {"transactionid"},
		Reference: {"customfield", "invoiceid", "paypalreferenceid", "transactionid"},
		Gross:     {"grosstransactionamount"}, side: {"transactiondebitorcredit"}, Fee: {"feeamount"}, feeSide: {"feedebitorcredit"},
		Currency: {"grosstransactioncurrency"},
	}}},
	{Stripe, shape{needs: []Column{Number, Reference, Gross, Net}, columns: map[Column][]string{
		Number:    {"balancetransactionid", "id"},
		Reference: {"paymentmetadataechopperef", "echopperefmetadata", "paymentintentid", "chargeid", "sourceid", "source"},
		Day:       {"createdutc", "created"}, Type: {"reportingcategory", "type"}, Gross: {"gross", "amount"}, Fee: {"fee"}, Net: {"net"}, Currency: {"currency"},
		PayoutRef: {"automaticpayoutid", "transfer"},
		PaidOn:    {"automaticpayouteffectiveatutc", "automaticpayouteffectiveat", "transferdateutc"},
	}}},
	{Activity, shape{needs: []Column{Number, Gross}, columns: map[Column][]string{
		Day: {"date"}, Type: {"type"}, status: {"status", "etat", "statut"}, Currency: {"currency", "devise"}, Gross: {"gross", "avantcommission", "brut"},
		Fee: {"fee", "commission", "fees"}, Net: {"net"}, Number: {"transactionid", "numerodetransaction"},
		Reference: {"customnumber", "numeropersonnalise", "invoicenumber", "numerodefacture", "referencetxnid", "numerodetransactiondereference", "transactionid", "numerodetransaction"},
	}}},
	{Common, shape{needs: []Column{Day, Gross}, columns: map[Column][]string{
		Day:       {"date", "jour", "datum", "fecha", "dateoperation", "dateventes"},
		Reference: {"reference", "ref", "referencia", "referenz", "commande", "order", "pedido", "bestellung", "orderid", "paymentid"},
		Type:      {"type", "nature", "operation", "art", "typ", "tipo", "kind"},
		Gross:     {"gross", "brut", "brutto", "bruto", "amount", "montant", "betrag", "importe", "montantbrut", "grossamount"},
		Fee:       {"fee", "fees", "frais", "commission", "gebuhr", "gebuhren", "comision", "comisiones", "tasa"},
		Net:       {"net", "netto", "neto", "montantnet", "netamount"},
		Currency:  {"currency", "devise", "wahrung", "moneda", "divisa"},
		PayoutRef: {"payoutid", "payout", "versement", "remise", "virement", "auszahlung", "liquidacion", "abono", "reglement", "settlement"},
		PaidOn:    {"payoutdate", "datedeversement", "datederemise", "datedereglement", "auszahlungsdatum", "fechadeabono"},
		Number:    {"lineid", "transactionid", "numero", "id"},
	}}},
}

// places finds where the columns of a shape are among the headings; nil when something it needs is not there.
func (s shape) places(headings []string) map[Column][]int {
	at := map[Column][]int{}
	for col, names := range s.columns {
		for _, name := range names {
			if i := slices.Index(headings, name); i >= 0 {
				at[col] = append(at[col], i)
			}
		}
	}
	for _, col := range s.needs {
		if at[col] == nil {
			return nil
		}
	}
	return at
}

// bare is a heading by its letters and digits alone, small and without accents.
func bare(heading string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) && r < unicode.MaxASCII || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(heading))
}
