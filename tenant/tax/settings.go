package tax

// Distance says where a sale to a consumer in another member state is taxed.
type Distance string

const (
	// AtDestination taxes where the goods arrive (one-stop shop).
	AtDestination Distance = "destination"
	// AtHome taxes where the shop is. A shop established in one state may do so
	// while its sales at a distance stay below Threshold, unless it chose
	// otherwise: Directive 2006/112/EC art. 59c.
	AtHome Distance = "home"
)

// Threshold is the yearly net value in euros of sales at a distance, over all
// other member states, up to which AtHome is allowed (art. 59c(1)(c)).
const Threshold = 10_000

// Keep says which side of a price entered with tax stays when a consumer abroad
// is taxed at another rate.
type Keep string

const (
	// KeepGross: the shown price is what everybody in the Union pays; the
	// merchant's part varies with the rate.
	KeepGross Keep = "gross"
	// KeepNet: the merchant's part is fixed; the tax at home comes off and that of
	// the destination goes on.
	KeepNet Keep = "net"
)

// Verify says whether VAT numbers are looked up in VIES, and what holds while it
// cannot be asked.
type Verify string

const (
	// VerifyNever takes a well-formed number for a number that exists.
	VerifyNever Verify = ""
	// VerifyTrust takes it so while the register is away; the number is looked up
	// later, and the merchant warned when it turns out wrong.
	VerifyTrust Verify = "trust"
	// VerifyCharge charges the tax while the register is away.
	VerifyCharge Verify = "charge"
)

// Place is where a shop is, as far as tax law cares.
type Place struct {
	Country  string `json:"country"`
	Postcode string `json:"postcode,omitempty"`
}

// Settings are the shop's answers to the questions of tax law. The zero value of
// each choice is the usual one, but for Registered.
type Settings struct {
	Home Place `json:"home"`
	// Registered is false for a small business that charges no tax at all
	// (Directive 2006/112/EC art. 284; in France CGI art. 293 B).
	Registered bool     `json:"registered"`
	Distance   Distance `json:"distance"` // AtDestination when empty
	Keep       Keep     `json:"keep"`     // KeepGross when empty
	// Verify asks the register of VAT numbers (VIES) before a business abroad is not taxed.
	Verify Verify `json:"verify,omitempty"`
	// NoReverseCharge taxes businesses abroad like consumers.
	NoReverseCharge bool `json:"no_reverse_charge,omitempty"`
	// Own are the merchant's rates, from their first day on instead of the built-in ones of the same
	// territory and class.
	Own []Row `json:"own,omitempty"`
}
