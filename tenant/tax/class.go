package tax

import "echoppe.dev/tenant/pricing"

// The classes every shop has. Rates differ from country to country, and so does
// what they apply to: a class says how favoured the goods are, not which rate.
const (
	Standard     pricing.Class = "standard"
	Intermediate pricing.Class = "intermediate"  // the upper of two reduced rates (FR 10 %, BE 12 %)
	Reduced      pricing.Class = "reduced"       // the reduced rate, the lower of two
	SuperReduced pricing.Class = "super_reduced" // below 5 %, Directive 2006/112/EC art. 98(2) and 110
	// Zero and Exempt are taxed at nothing, wherever the goods go: the merchant
	// says so of the goods. Goods that are zero-rated at home only need a class of
	// their own with a row for it.
	Zero   pricing.Class = "zero"
	Exempt pricing.Class = "exempt"
)

// Classes lists the built-in classes, the dearest first.
func Classes() []pricing.Class {
	return []pricing.Class{Standard, Intermediate, Reduced, SuperReduced, Zero, Exempt}
}

// dearer is the next class up, for a territory that does not know this one: too
// much tax can be paid back, too little is the merchant's loss. A class of the
// merchant's own goes to the standard rate. It is "" above the standard rate.
func dearer(c pricing.Class) pricing.Class {
	switch c {
	case SuperReduced:
		return Reduced
	case Reduced:
		return Intermediate
	case Standard:
		return ""
	default:
		return Standard
	}
}
