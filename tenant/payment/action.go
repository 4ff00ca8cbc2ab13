package payment

// Action is what the buyer does next: Redirect, FormPost or Instructions.
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

// Instructions tell the buyer how to pay without a bank's page.
type Instructions struct {
	Lines []Line
	// QR is the content of a QR code that says the same to a banking app, or "".
	QR string
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
func (Instructions) action() {}

var (
	_ Action = Redirect{}
	_ Action = FormPost{}
	_ Action = Instructions{}
)
