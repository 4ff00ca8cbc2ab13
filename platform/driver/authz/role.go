package authz

// Role is a role's stored word.
type Role string

// The roles of a shop's staff.
const (
	Owner      Role = "owner"      // everything, including closing the shop and the team
	Manager    Role = "manager"    // everything of the daily work
	Catalogue  Role = "catalogue"  // articles, families, stock, texts
	Orders     Role = "orders"     // orders, parcels, quotes, customers
	Accountant Role = "accountant" // invoices, exports, reports
	Simple     Role = "simple"     // the simplified back office
	ReadOnly   Role = "readonly"   // looks at all of it, changes nothing
)

// The roles of the platform's operators.
const (
	Operator Role = "operator" // everything in the console
	Support  Role = "support"  // helps merchants: modes, domains, jobs
	Auditor  Role = "auditor"  // looks, changes nothing
)

// Kind says which set of permissions and roles a domain has.
type Kind string

// The kinds of domain.
const (
	KindShop    Kind = "shop"
	KindConsole Kind = "console"
)

// Domain is where a role is held: one shop, or the console. Its zero value is
// nowhere.
type Domain struct {
	kind Kind
	id   string
}

// Console is the operators' domain.
var Console = Domain{kind: KindConsole}

// Shop is the domain of one shop; an empty id is nowhere.
func Shop(id string) Domain {
	if id == "" {
		return Domain{}
	}
	return Domain{KindShop, id}
}

// Grant is one role held in one domain.
type Grant struct {
	Role   Role
	Domain Domain
}

// assignable are the roles a person can be given, in the order shown. The
// table has one more, "member", which only other roles include.
var assignable = map[Kind][]Role{
	KindShop:    {Owner, Manager, Catalogue, Orders, Accountant, Simple, ReadOnly},
	KindConsole: {Operator, Support, Auditor},
}

// Roles lists the roles that can be given in a kind of domain.
func Roles(k Kind) []Role { return append([]Role(nil), assignable[k]...) }

// ParseRole reads a stored or typed role; ok is false when the kind has none
// of that name.
func ParseRole(k Kind, text string) (role Role, ok bool) {
	for _, role := range assignable[k] {
		if string(role) == text {
			return role, true
		}
	}
	return "", false
}
