package payment

// Action is what the buyer does next: Redirect, FormPost, Embedded, Instructions, Sealed or Concluded.
type Action interface{ action() }

// Redirect sends the browser to the bank's page with a GET.
type Redirect struct {
	URL string
	// BankRef is the bank's name for the payment when it is known already; hand it to Started.
	BankRef string
}

// FormPost makes the browser post a form to the bank's page: a page with one button, which a few
// lines of script press. The fields keep their order, since some banks sign them in it.
type FormPost struct {
	URL    string
	Fields []FormField
}

// FormField is one hidden field.
type FormField struct{ Name, Value string }

// Embedded keeps the buyer on a page of the shop: fields that are the bank's, in frames of the bank's origin, put
// there by the bank's script (PGW-18, PGW-19). What is typed into them never passes through our page or servers.
// Nothing in it is secret: a public key, and a token that is good for this one payment.
type Embedded struct {
	// Driver names the script of ours that puts the fields there: the family's name.
	Driver string
	// Button tells that the bank's script puts no fields there but leads away.
	Button bool
	// Script is the address of the bank's own script, which must come from the bank.
	Script string
	// Data is what the driver has to know, in its order: names are lower-case words joined by hyphens.
	Data []FormField
	// Origins are what this one page may load from and talk to besides the shop itself.
	Origins Origins
	// BankRef is as in Redirect.
	BankRef string
}

// Origins are scheme, host and port by what a page uses them for.
//
// Payment are those whose frames may open the wallets of the browser, Google Pay and Apple Pay.
type Origins struct{ Script, Frame, Connect, Image, Style, Font, Payment []string }

// Sealed keeps the buyer on a page of the shop that seals his card in his browser, for the merchant's own terminal (PAY-03).
// The page knows what it needs from package terminal.
type Sealed struct{}

// Concluded leaves the buyer nothing to do: his saved card was charged, and how the payment stands, tells what came of it.
// No family gives it; it is how a caller of Saver.Charge passes on that there is no other action.
type Concluded struct{ Payment ID }

// BankRefOf is the bank's name for the payment, where the action brought one.
func BankRefOf(a Action) string {
	switch a := a.(type) {
	case Redirect:
		return a.BankRef
	case Embedded:
		return a.BankRef
	}
	return ""
}

// Instructions tell the buyer how to pay without a bank's page.
type Instructions struct {
	Lines []Line
	// QR is the content of a QR code that says the same to a banking app, or "".
	QR string
	// Seal tells that the buyer has yet to seal his card on the shop's page.
	Seal bool
}

// Line is one line of instructions. Key and Args are a message of Words. With a Value the message
// is its label, and the value is to be shown so that it is easily copied.
type Line struct {
	Key   string
	Args  map[string]any
	Value string
}

func (Redirect) action()     {}
func (FormPost) action()     {}
func (Embedded) action()     {}
func (Instructions) action() {}
func (Sealed) action()       {}
func (Concluded) action()    {}

var (
	_ Action = Redirect{}
	_ Action = FormPost{}
	_ Action = Embedded{}
	_ Action = Instructions{}
	_ Action = Sealed{}
	_ Action = Concluded{}
)
